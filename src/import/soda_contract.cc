// Soda's data contracts.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "import/soda.h"
#include "import/soda_threshold.h"
#include "import/yaml_access.h"

namespace assay::imports {
namespace {

using rules::YamlNode;

constexpr auto kIgnored =
    std::to_array<std::string_view>({"qualifier", "store_failed_rows", "samples_limit"});

/// Keys of a contract that assert nothing by themselves.
constexpr auto kContractKeys = std::to_array<std::string_view>(
    {"dataset", "columns", "checks", "filter", "filter_sql", "name", "owner", "description",
     "variables", "check_attributes"});

class ContractReader {
 public:
  ContractReader(const YamlNode& contract, const Verifier& verifier)
      : contract_(contract), verifier_(verifier) {
    const std::string dataset = TextOf(contract, "dataset");
    container_ = dataset.substr(dataset.find_last_of('/') + 1);
    for (const std::string_view key : {"filter", "filter_sql"}) {
      if (filter_.empty()) filter_ = TextOf(contract, key);
    }
  }

  std::vector<ImportedItem> Read() {
    for (const YamlNode& section : contract_.children) {
      if (std::ranges::find(kContractKeys, section.key) == kContractKeys.end()) {
        items_.push_back({.line = section.line,
                          .name = section.key,
                          .losses = {"not a part of a contract that is taken over"}});
      }
    }
    if (const YamlNode* checks = ChildOf(contract_, "checks")) ReadChecks(*checks, "");
    const YamlNode* columns = ChildOf(contract_, "columns");
    if (columns == nullptr) return std::move(items_);
    for (const YamlNode& column : columns->children) {
      const YamlNode* checks = ChildOf(column, "checks");
      if (checks != nullptr) ReadChecks(*checks, TextOf(column, "name"));
    }
    return std::move(items_);
  }

 private:
  void ReadChecks(const YamlNode& checks, const std::string& column) {
    for (const YamlNode& check : checks.children) items_.push_back(ReadCheck(check, column));
  }

  /// {missing: {...}}, or {type: missing_count, ...} of version 3.
  ImportedItem ReadCheck(const YamlNode& check, const std::string& column) {
    SourceItem item = {.line = check.line, .container = container_, .column = column};
    if (const YamlNode* type = ChildOf(check, "type")) {
      item.type = type->text;
      item.parameters = ParametersOf(check);
      static_cast<void>(item.parameters.Find("type"));
    } else if (check.kind == YamlNode::Kind::kMapping && !check.children.empty()) {
      item.type = check.children.front().key;
      item.parameters = ParametersOf(check.children.front());
      for (size_t i = 1; i < check.children.size(); ++i) {
        item.losses.push_back(check.children[i].key +
                              ": stands beside the check, not below it");
      }
    } else if (check.IsScalar()) {
      item.type = check.text;
    }
    if (item.type == "schema") {
      item.type = "contract schema";
      item.label = "schema";
      item.parameters.Add("contract_columns", Columns());
    }
    if (const Status read = ReadSettings(item); !read) {
      return NotTaken(std::move(item), read.error().message);
    }
    return Convert(std::move(item), SodaTable(), verifier_);
  }

  Status ReadSettings(SourceItem& item) {
    Parameters& parameters = item.parameters;
    ASSAY_TRY(const std::optional<std::string> name, parameters.OptionalText("name"));
    item.description = name.value_or("");
    if (const Json* attributes = parameters.Find("attributes")) {
      item.metadata["attributes"] = *attributes;
    }
    item.NoteIgnored(kIgnored);
    ASSAY_RETURN_IF_ERROR(item.TakeFilter("filter"));
    if (!filter_.empty() && item.type != "contract schema") {
      parameters.Add("filter of the contract", filter_);
      ASSAY_RETURN_IF_ERROR(item.TakeFilter("filter of the contract"));
    }
    return ReadThreshold(item);
  }

  static Status ReadThreshold(SourceItem& item) {
    const Json* nested = item.parameters.Find("threshold");
    if (nested == nullptr) {
      ASSAY_TRY(const Threshold threshold, ReadContractThreshold(item.parameters));
      AddThreshold(threshold, item.parameters);
      return {};
    }
    Parameters parts(*nested);
    ASSAY_TRY(const Threshold threshold, ReadContractThreshold(parts));
    ASSAY_TRY(const auto level, parts.OptionalText("level"));
    if (level == "warn") item.notes.push_back("level: warn, but it fails here");
    if (const Json* unit = parts.Find("unit")) item.parameters.Add("unit", *unit);
    for (const std::string& unread : parts.Unread()) {
      item.losses.push_back(fmt::format("threshold: {}: not supported", unread));
    }
    AddThreshold(threshold, item.parameters);
    return {};
  }

  /// Names of the columns with the names of their types, or null.
  Json Columns() const {
    Json columns = Json::object();
    const YamlNode* list = ChildOf(contract_, "columns");
    if (list == nullptr) return columns;
    for (const YamlNode& column : list->children) {
      const std::string type = TextOf(column, "data_type");
      columns[TextOf(column, "name")] = type.empty() ? Json() : Json(type);
    }
    return columns;
  }

  const YamlNode& contract_;
  const Verifier& verifier_;
  std::string container_;
  std::string filter_;
  std::vector<ImportedItem> items_;
};

}  // namespace

bool IsSodaContract(const YamlNode& document) {
  const YamlNode* dataset = ChildOf(document, "dataset");
  return dataset != nullptr && dataset->IsScalar() &&
         (ChildOf(document, "columns") != nullptr || ChildOf(document, "checks") != nullptr);
}

std::vector<ImportedItem> ReadSodaContract(const YamlNode& contract, const Verifier& verifier) {
  return ContractReader(contract, verifier).Read();
}

}  // namespace assay::imports
