#include "import/soda.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "import/soda_check_text.h"
#include "import/soda_threshold.h"
#include "import/sql_text.h"
#include "import/yaml_access.h"

namespace assay::imports {
namespace {

using rules::YamlNode;

/// Keys of a check about what is kept of its results.
constexpr auto kIgnored = std::to_array<std::string_view>(
    {"samples_limit", "samples_columns", "collect_failed_rows", "identity", "title"});

std::string WithUnderscores(std::string key) {
  std::ranges::replace(key, ' ', '_');
  return key;
}

/// What follows a beginning such as "checks for "; empty when the key begins otherwise.
std::string Behind(std::string_view key, std::string_view beginning) {
  if (!key.starts_with(beginning)) return "";
  return std::string(key.substr(beginning.size()));
}

/// "orders" of "orders [daily]".
std::string DatasetOf(const std::string& header) {
  std::string name = header.substr(0, header.find(" ["));
  while (name.ends_with(' ')) name.pop_back();
  if (name.size() > 2 && (name.front() == '"' || name.front() == '`')) {
    name = name.substr(1, name.size() - 2);
  }
  return name;
}

class SodaReader {
 public:
  explicit SodaReader(const Verifier& verifier) : verifier_(verifier) {}

  /// What checks refer to, wherever in the file it stands.
  void Prepare(const YamlNode& document) {
    for (const YamlNode& section : document.children) {
      if (const std::string header = Behind(section.key, "filter "); !header.empty()) {
        filters_[header] = TextOf(section, "where");
      }
      const std::string dataset = Behind(section.key, "configurations for ");
      if (!dataset.empty()) configurations_[dataset] = &section;
    }
  }

  void Read(const YamlNode& document) {
    for (const YamlNode& section : document.children) {
      if (const std::string header = Behind(section.key, "checks for "); !header.empty()) {
        ReadChecks(section, header);
      } else if (section.key.starts_with("for each dataset ") ||
                 section.key.starts_with("for each table ")) {
        ReadForEach(section);
      } else if (!section.key.starts_with("filter ") &&
                 !section.key.starts_with("configurations for ")) {
        items_.push_back({.line = section.line,
                          .name = section.key,
                          .losses = {"no check; what it does is not taken over"}});
      }
    }
  }

  std::vector<ImportedItem> Take() { return std::move(items_); }

 private:
  void ReadForEach(const YamlNode& section) {
    const YamlNode* checks = ChildOf(section, "checks");
    const YamlNode* datasets = ChildOf(section, "datasets");
    if (datasets == nullptr) datasets = ChildOf(section, "tables");
    if (checks == nullptr || datasets == nullptr) return;
    for (const YamlNode& dataset : datasets->children) {
      const bool is_name =
          dataset.IsScalar() && dataset.text.find_first_of("% *") == std::string::npos;
      if (is_name) {
        ReadChecks(*checks, dataset.text);
      } else {
        items_.push_back({.line = dataset.line,
                          .name = fmt::format("{}: {}", section.key, dataset.text),
                          .losses = {"only plain names of datasets can be taken over"}});
      }
    }
  }

  void ReadChecks(const YamlNode& checks, const std::string& header) {
    for (const YamlNode& check : checks.children) {
      if (checks.kind == YamlNode::Kind::kMapping) {
        items_.push_back(ReadCheck(check, check.key, &check, header));
      } else if (check.IsScalar()) {
        items_.push_back(ReadCheck(check, check.text, nullptr, header));
      } else if (check.kind == YamlNode::Kind::kMapping && !check.children.empty()) {
        const YamlNode& body = check.children.front();
        items_.push_back(ReadCheck(check, body.key, &body, header));
        for (size_t i = 1; i < check.children.size(); ++i) {
          items_.back().losses.push_back(
              fmt::format("{}: stands beside the check, not below it", check.children[i].key));
        }
      } else {
        items_.push_back({.line = check.line, .name = "check", .losses = {"not understood"}});
      }
    }
  }

  ImportedItem ReadCheck(const YamlNode& place, const std::string& text, const YamlNode* body,
                         const std::string& header) {
    SourceItem item = {.line = place.line, .container = DatasetOf(header)};
    Status read = ReadSodaCheckText(text, item);
    if (read && body != nullptr) read = ReadBody(*body, item);
    if (read) read = AddFilter(header, item);
    if (read) AddConfigurations(item);
    if (!read) return NotTaken(std::move(item), read.error().message);
    item.NoteIgnored(kIgnored);
    return Convert(std::move(item), SodaTable(), verifier_);
  }

  Status ReadBody(const YamlNode& body, SourceItem& item) {
    for (const YamlNode& child : body.children) {
      const bool defines_metric =
          child.key.ends_with(" expression") || child.key.ends_with(" query");
      if (defines_metric && item.type != "failed rows") item.type = "user-defined metric";
      item.parameters.Add(WithUnderscores(child.key), YamlToJson(child));
    }
    ASSAY_TRY(const std::optional<std::string> name, item.parameters.OptionalText("name"));
    item.description = name.value_or("");
    if (const Json* attributes = item.parameters.Find("attributes")) {
      item.metadata["attributes"] = *attributes;
    }
    ASSAY_RETURN_IF_ERROR(item.TakeFilter("filter"));
    return item.type == "schema" ? Status() : ReadAlerts(item);
  }

  /// {warn: when < 10, fail: when < 5} in place of a threshold.
  static Status ReadAlerts(SourceItem& item) {
    ASSAY_TRY(const auto fail, item.parameters.OptionalText("fail"));
    ASSAY_TRY(const auto warn, item.parameters.OptionalText("warn"));
    if (fail && warn) item.losses.push_back("warn: not supported beside fail");
    if (!fail && warn) item.notes.push_back("warn: it fails here");
    if (!fail && !warn) return {};
    ASSAY_TRY(const Threshold threshold, ReadAlert(fail ? *fail : *warn));
    AddThreshold(threshold, item.parameters);
    return {};
  }

  /// The filter of "checks for orders [daily]".
  Status AddFilter(const std::string& header, SourceItem& item) const {
    if (header.find(" [") == std::string::npos) return {};
    const auto filter = filters_.find(header);
    if (filter == filters_.end()) {
      return Fail(ErrorKind::kInvalidInput, fmt::format("no such filter: '{}'", header));
    }
    item.parameters.Add("dataset filter", filter->second);
    return item.TakeFilter("dataset filter");
  }

  /// "valid values for status: [...]" where the check itself does not say it.
  void AddConfigurations(SourceItem& item) const {
    const auto found = configurations_.find(item.container);
    if (found == configurations_.end() || item.column.empty()) return;
    const bool is_about_validity =
        item.type.starts_with("invalid_") || item.type.starts_with("missing_");
    if (!is_about_validity) return;
    for (const YamlNode& configuration : found->second->children) {
      const size_t split = configuration.key.find(" for ");
      if (split == std::string::npos) continue;
      if (configuration.key.substr(split + 5) != item.column) continue;
      const std::string name = WithUnderscores(configuration.key.substr(0, split));
      const bool is_missing = name.starts_with("missing");
      if (item.type.starts_with("missing_") && !is_missing) continue;
      item.parameters.Add(name, YamlToJson(configuration));
    }
  }

  const Verifier& verifier_;
  std::map<std::string, std::string> filters_;
  std::map<std::string, const YamlNode*> configurations_;
  std::vector<ImportedItem> items_;
};

bool HasSections(const YamlNode& document) {
  constexpr std::array kBeginnings = {"checks for ", "for each dataset ", "for each table ",
                                      "filter ", "configurations for "};
  if (document.kind != YamlNode::Kind::kMapping) return false;
  return std::ranges::any_of(document.children, [&](const YamlNode& section) {
    return std::ranges::any_of(
        kBeginnings, [&](const char* beginning) { return section.key.starts_with(beginning); });
  });
}

}  // namespace

bool IsSoda(std::string_view text) {
  const auto documents = rules::ReadYaml(text);
  if (!documents) return false;
  return std::ranges::any_of(*documents, [](const YamlNode& document) {
    return HasSections(document) || IsSodaContract(document);
  });
}

Result<std::vector<ImportedItem>> ReadSoda(std::string_view text, const Verifier& verifier) {
  ASSAY_TRY(const std::vector<YamlNode> documents, rules::ReadYaml(text));
  SodaReader reader(verifier);
  for (const YamlNode& document : documents) reader.Prepare(document);
  std::vector<ImportedItem> items;
  bool is_soda = false;
  for (const YamlNode& document : documents) {
    if (IsSodaContract(document)) {
      is_soda = true;
      std::ranges::move(ReadSodaContract(document, verifier), std::back_inserter(items));
    } else if (document.kind == YamlNode::Kind::kMapping) {
      is_soda = is_soda || HasSections(document);
      reader.Read(document);
    }
  }
  if (!is_soda) {
    return Fail(ErrorKind::kInvalidInput,
                "no 'checks for ...' and no 'dataset' at the top of the file");
  }
  std::ranges::move(reader.Take(), std::back_inserter(items));
  return items;
}

}  // namespace assay::imports
