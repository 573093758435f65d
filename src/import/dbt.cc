#include "import/dbt.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <set>

#include "import/sql_text.h"
#include "import/yaml_access.h"

namespace assay::imports {
namespace {

using rules::YamlNode;

constexpr auto kResources =
    std::to_array<std::string_view>({"models", "sources", "seeds", "snapshots"});

/// Settings of a test about where its results go.
constexpr auto kIgnored = std::to_array<std::string_view>(
    {"store_failures", "store_failures_as", "limit", "alias", "schema", "database", "group"});

/// A check of dbt has a severity and thresholds in numbers of failing rows.
void ReadThresholds(SourceItem& item) {
  for (const std::string_view name : {"error_if", "warn_if"}) {
    const Json* value = item.parameters.Find(name);
    if (value == nullptr) continue;
    const std::string text = value->is_string() ? value->get<std::string>() : PrintJson(*value);
    std::string bare = text;
    std::erase(bare, ' ');
    if (bare == "!=0" || bare == ">0" || bare == ">=1") continue;
    static const RE2 above(R"(>(=?)(\d{1,15}))");
    std::string equal;
    int64_t bound = 0;
    if (name == "error_if" && RE2::FullMatch(bare, above, &equal, &bound)) {
      item.max_failing_rows = equal.empty() ? bound : bound - 1;
    } else {
      item.losses.push_back(fmt::format("{}: not supported: '{}'", name, text));
    }
  }
  if (const Json* severity = item.parameters.Find("severity")) {
    item.metadata["severity"] = *severity;
    item.notes.push_back("severity: kept in additional_metadata");
  }
  if (item.parameters.Find("fail_calc") != nullptr) {
    item.losses.push_back("fail_calc: not supported");
  }
}

/// Where the tests of one table are.
struct Place {
  std::string container;
  std::string column;
};

class DbtReader {
 public:
  explicit DbtReader(const Verifier& verifier) : verifier_(verifier) {}

  void ReadResources(const YamlNode& list, std::string_view kind) {
    for (const YamlNode& resource : list.children) {
      if (kind != "sources") {
        BuildFreshness(resource);
        ReadTable(resource, TextOf(resource, "name"));
        continue;
      }
      const YamlNode* tables = ChildOf(resource, "tables");
      if (tables == nullptr) continue;
      for (const YamlNode& table : tables->children) {
        const std::string identifier = TextOf(table, "identifier");
        const std::string name = identifier.empty() ? TextOf(table, "name") : identifier;
        Freshness(table, resource, name);
        ReadTable(table, name);
      }
    }
  }

  void NotSupported(const YamlNode& node, std::string name, std::string why) {
    items_.push_back({.line = node.line, .name = std::move(name), .losses = {std::move(why)}});
  }

  std::vector<ImportedItem> Take() { return std::move(items_); }

 private:
  void ReadTable(const YamlNode& table, const std::string& name) {
    Constraints(table);
    ReadTests(table, {.container = name, .column = ""});
    const YamlNode* columns = ChildOf(table, "columns");
    if (columns == nullptr) return;
    for (const YamlNode& column : columns->children) {
      Constraints(column);
      ReadTests(column, {.container = name, .column = TextOf(column, "name")});
    }
  }

  /// Of models: it is about when they are built.
  void BuildFreshness(const YamlNode& model) {
    const YamlNode* freshness = SettingOf(model, "freshness");
    if (freshness == nullptr || freshness->kind == YamlNode::Kind::kNull) return;
    NotSupported(*freshness, fmt::format("freshness of {}", TextOf(model, "name")),
                 "no counterpart: it is about builds, not about data");
  }

  /// Of a table of a source, whose settings come before those of the source; null is none.
  void Freshness(const YamlNode& table, const YamlNode& source, const std::string& container) {
    const YamlNode* own = SettingOf(table, "freshness");
    const YamlNode* common = SettingOf(source, "freshness");
    const YamlNode* freshness = own != nullptr ? own : common;
    if (freshness == nullptr || freshness->kind == YamlNode::Kind::kNull) return;
    SourceItem item = {.line = freshness->line,
                       .type = "source freshness",
                       .label = "freshness of " + TextOf(table, "name"),
                       .container = container};
    std::set<std::string> given;
    const auto add = [&](const std::string& key, const YamlNode* value) {
      if (value != nullptr && given.insert(key).second)
        item.parameters.Add(key, YamlToJson(*value));
    };
    for (const YamlNode* settings : {own, common}) {
      if (settings == nullptr) continue;
      for (const YamlNode& setting : settings->children) add(setting.key, &setting);
    }
    for (const YamlNode* node : {&table, &source}) {
      for (const char* key : {"loaded_at_field", "loaded_at_query"})
        add(key, SettingOf(*node, key));
    }
    items_.push_back(Convert(std::move(item), DbtTable(), verifier_));
  }

  /// Beside the name, or below `config`.
  static const YamlNode* SettingOf(const YamlNode& node, std::string_view key) {
    if (const YamlNode* setting = ChildOf(node, key)) return setting;
    const YamlNode* config = ChildOf(node, "config");
    return config == nullptr ? nullptr : ChildOf(*config, key);
  }

  void Constraints(const YamlNode& node) {
    const YamlNode* constraints = ChildOf(node, "constraints");
    if (constraints == nullptr) return;
    for (const YamlNode& constraint : constraints->children) {
      NotSupported(
          constraint,
          fmt::format("constraint {} of {}", TextOf(constraint, "type"), TextOf(node, "name")),
          "constraints are kept by the database; only tests are taken over");
    }
  }

  void ReadTests(const YamlNode& node, const Place& place) {
    for (const std::string_view key : {"tests", "data_tests"}) {
      const YamlNode* tests = ChildOf(node, key);
      if (tests == nullptr) continue;
      for (const YamlNode& test : tests->children) {
        items_.push_back(ReadTest(test, place));
      }
    }
  }

  /// "not_null", {not_null: {...}} or {name: ..., test_name: not_null, ...}.
  ImportedItem ReadTest(const YamlNode& test, const Place& place) {
    SourceItem item = {.line = test.line, .container = place.container, .column = place.column};
    const YamlNode* body = nullptr;
    if (test.IsScalar()) {
      item.type = test.text;
    } else if (const YamlNode* name = ChildOf(test, "test_name")) {
      item.type = name->text;
      body = &test;
    } else if (test.kind == YamlNode::Kind::kMapping && !test.children.empty()) {
      body = &test.children.front();
      item.type = body->key;
      // Some write the settings beside the name instead of below it.
      for (size_t i = 1; i < test.children.size(); ++i) AddParameter(test.children[i], item);
    }
    if (item.type.empty()) return NotTaken(std::move(item), "the test has no name");
    if (item.column.empty()) item.label = fmt::format("{} of {}", item.type, item.container);
    if (body != nullptr && body->kind == YamlNode::Kind::kMapping) {
      for (const YamlNode& parameter : body->children) AddParameter(parameter, item);
    }
    if (const Status read = ReadSettings(item); !read) {
      return NotTaken(std::move(item), read.error().message);
    }
    return Convert(std::move(item), DbtTable(), verifier_);
  }

  /// `arguments` and `config` hold parameters one level deeper.
  static void AddParameter(const YamlNode& node, SourceItem& item) {
    if (node.key == "test_name") return;
    if ((node.key == "arguments" || node.key == "config") &&
        node.kind == YamlNode::Kind::kMapping) {
      for (const YamlNode& child : node.children) AddParameter(child, item);
      return;
    }
    item.parameters.Add(node.key, YamlToJson(node));
  }

  static Status ReadSettings(SourceItem& item) {
    ASSAY_TRY(const std::optional<std::string> name, item.parameters.OptionalText("name"));
    if (name) item.metadata["name"] = *name;
    ASSAY_TRY(const std::optional<std::string> description,
              item.parameters.OptionalText("description"));
    item.description = description.value_or(name.value_or(""));
    if (item.parameters.Find("tags") != nullptr) {
      ASSAY_TRY(item.tags, item.parameters.Texts("tags"));
    }
    if (const Json* meta = item.parameters.Find("meta")) item.metadata["meta"] = *meta;
    ASSAY_TRY(const bool enabled, item.parameters.Flag("enabled", true));
    if (!enabled) {
      item.status = "Draft";
      item.notes.push_back("enabled: false, so its status is Draft");
    }
    ASSAY_TRY(const std::optional<std::string> column,
              item.parameters.OptionalText("column_name"));
    if (column) item.column = *column;
    ReadThresholds(item);
    item.NoteIgnored(kIgnored);
    ASSAY_RETURN_IF_ERROR(item.TakeFilter("where"));
    return item.TakeFilter("row_condition");
  }

  const Verifier& verifier_;
  std::vector<ImportedItem> items_;
};

}  // namespace

bool IsDbt(std::string_view text) {
  const auto documents = rules::ReadYaml(text);
  if (!documents) return false;
  for (const YamlNode& document : *documents) {
    for (const std::string_view key : kResources) {
      if (ChildOf(document, key) != nullptr) return true;
    }
  }
  return false;
}

Result<std::vector<ImportedItem>> ReadDbt(std::string_view text, const Verifier& verifier) {
  ASSAY_TRY(const std::vector<YamlNode> documents, rules::ReadYaml(text));
  DbtReader reader(verifier);
  bool has_resources = false;
  for (const YamlNode& document : documents) {
    for (const std::string_view key : kResources) {
      const YamlNode* list = ChildOf(document, key);
      if (list == nullptr) continue;
      has_resources = true;
      reader.ReadResources(*list, key);
    }
    if (const YamlNode* unit_tests = ChildOf(document, "unit_tests")) {
      for (const YamlNode& test : unit_tests->children) {
        reader.NotSupported(test, fmt::format("unit test {}", TextOf(test, "name")),
                            "unit tests are about code, not about data");
      }
    }
  }
  if (!has_resources) {
    return Fail(ErrorKind::kInvalidInput,
                "no models, sources, seeds or snapshots at the top of the file");
  }
  return reader.Take();
}

}  // namespace assay::imports
