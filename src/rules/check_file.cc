#include "rules/check_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "rules/nearest_name.h"
#include "rules/yaml_document.h"

namespace assay::rules {
namespace {

std::unexpected<Error> FailAt(const YamlNode& node, const std::string& message) {
  return Fail(ErrorKind::kInvalidInput, fmt::format("line {}: {}", node.line, message));
}

Result<std::string> ReadText(const YamlNode& node) {
  if (!node.IsScalar()) return FailAt(node, node.key + ": must be a text");
  return node.text;
}

Result<std::optional<std::string>> ReadOptionalText(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::kNull) return std::optional<std::string>();
  ASSAY_TRY(std::string text, ReadText(node));
  return std::optional<std::string>(std::move(text));
}

/// A list of texts; a single text is a list of one.
Result<std::vector<std::string>> ReadTexts(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::kNull) return std::vector<std::string>();
  if (node.IsScalar()) return std::vector<std::string>{node.text};
  std::vector<std::string> texts;
  for (const YamlNode& child : node.children) {
    if (node.kind != YamlNode::Kind::kSequence || !child.IsScalar()) {
      return FailAt(child, node.key + ": must be a list of texts");
    }
    texts.push_back(child.text);
  }
  return texts;
}

Result<Json> ReadObject(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::kNull) return Json::object();
  if (node.kind != YamlNode::Kind::kMapping)
    return FailAt(node, node.key + ": must be a mapping");
  return YamlToJson(node);
}

Status ReadRule(const YamlNode& node, FileCheck& check) {
  if (!check.definition.rule.empty()) return FailAt(node, "rule_type: is given twice");
  ASSAY_TRY(const std::string name, ReadText(node));
  const RuleType* rule = FindRuleType(name);
  if (rule == nullptr) return FailAt(node, UnknownRuleMessage(name));
  check.definition.rule = rule->name;
  return {};
}

Status ReadCoverage(const YamlNode& node, FileCheck& check) {
  const Json value = YamlToJson(node);
  if (value.is_null()) return {};
  if (!value.is_number() || value < 0 || value > 1) {
    return FailAt(node, "coverage: must be a number from 0 to 1");
  }
  check.definition.coverage = value.get<double>();
  return {};
}

Status ReadStatus(const YamlNode& node, FileCheck& check) {
  constexpr std::array<std::string_view, 4> kStatuses = {"Active", "Draft", "Invalid",
                                                         "Discarded"};
  if (!node.IsScalar() || std::ranges::find(kStatuses, node.text) == kStatuses.end()) {
    return FailAt(node, fmt::format("status: must be one of {}", fmt::join(kStatuses, ", ")));
  }
  check.status = node.text;
  return {};
}

template <class T>
Status Store(T& target, Result<T> value) {
  if (!value) return std::unexpected(std::move(value).error());
  target = *std::move(value);
  return {};
}

/// A key of the format and how it is read. The order is that of the file.
struct Key {
  std::string name;
  Status (*read)(const YamlNode&, FileCheck&);
};

const std::vector<Key>& Keys() {
  static const std::vector<Key> keys = {
      {"rule_type", ReadRule},
      {"rule", ReadRule},
      {"description",
       [](const YamlNode& node, FileCheck& check) -> Status {
         ASSAY_TRY(const auto text, ReadOptionalText(node));
         check.definition.description = text.value_or("");
         return {};
       }},
      {"container",
       [](const YamlNode& node, FileCheck& check) -> Status {
         ASSAY_TRY(const auto text, ReadOptionalText(node));
         check.container = text.value_or("");
         return {};
       }},
      {"fields",
       [](const YamlNode& node, FileCheck& check) {
         return Store(check.definition.fields, ReadTexts(node));
       }},
      {"coverage", ReadCoverage},
      {"filter",
       [](const YamlNode& node, FileCheck& check) {
         return Store(check.definition.filter, ReadOptionalText(node));
       }},
      {"anomaly_message_field",
       [](const YamlNode& node, FileCheck& check) {
         return Store(check.anomaly_message_field, ReadOptionalText(node));
       }},
      {"properties",
       [](const YamlNode& node, FileCheck& check) {
         return Store(check.definition.properties, ReadObject(node));
       }},
      {"tags", [](const YamlNode& node,
                  FileCheck& check) { return Store(check.tags, ReadTexts(node)); }},
      {"status", ReadStatus},
      {"additional_metadata",
       [](const YamlNode& node, FileCheck& check) {
         return Store(check.additional_metadata, ReadObject(node));
       }},
  };
  return keys;
}

Result<FileCheck> ReadCheck(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kMapping) {
    return FailAt(node, "a check is a mapping with a key rule_type");
  }
  FileCheck check;
  check.line = node.line;
  for (const YamlNode& child : node.children) {
    const auto key = std::ranges::find(Keys(), child.key, &Key::name);
    if (key == Keys().end()) {
      std::vector<std::string> known;
      for (const Key& other : Keys()) known.push_back(other.name);
      return FailAt(child, fmt::format("unknown key '{}'{}; known are: {}", child.key,
                                       DidYouMean(child.key, known), fmt::join(known, ", ")));
    }
    ASSAY_RETURN_IF_ERROR(key->read(child, check));
  }
  if (check.definition.rule.empty()) return FailAt(node, "rule_type: is required");
  return check;
}

/// The checks of one document.
Result<std::vector<const YamlNode*>> ChecksOf(const YamlNode& document) {
  const YamlNode* list = &document;
  if (document.kind == YamlNode::Kind::kMapping) {
    if (document.children.empty() || document.children.front().key != "checks") {
      return std::vector<const YamlNode*>{&document};
    }
    if (document.children.size() > 1) {
      return FailAt(document.children[1], "no other key may stand beside checks");
    }
    list = &document.children.front();
  }
  if (list->kind == YamlNode::Kind::kNull) return std::vector<const YamlNode*>();
  if (list->kind != YamlNode::Kind::kSequence) {
    return FailAt(*list, "must be a check, a list of checks, or a mapping {checks: [...]}");
  }
  std::vector<const YamlNode*> checks;
  for (const YamlNode& child : list->children) checks.push_back(&child);
  return checks;
}

std::string Slug(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!slug.empty() && slug.back() != '_') {
      slug += '_';
    }
  }
  if (slug.ends_with('_')) slug.pop_back();
  return slug;
}

std::string PrintOptional(const std::optional<std::string>& text) {
  return PrintYaml(text ? Json(*text) : Json(nullptr));
}

std::string PrintComment(const std::string& comment) {
  if (comment.empty()) return "";
  std::string text = "# ";
  for (const char c : comment) {
    if (c == '\n') {
      text += "\n# ";
    } else {
      text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return text + "\n";
}

std::string PrintCheck(const FileCheck& check) {
  std::string text = PrintComment(check.comment);
  Json metadata = check.additional_metadata;
  if (!metadata.contains(kCheckUidKey)) {
    metadata[std::string(kCheckUidKey)] = CheckUid(check.container, check.definition);
  }
  const CheckDefinition& definition = check.definition;
  const auto line = [&](std::string_view key, const std::string& value) {
    text += fmt::format("  {}: {}\n", key, value);
  };
  text += fmt::format("- rule_type: {}\n", PrintYaml(definition.rule));
  line("description", PrintYaml(definition.description));
  line("container", PrintYaml(check.container));
  line("fields", PrintYaml(definition.fields));
  line("coverage", PrintYaml(definition.coverage));
  line("filter", PrintOptional(definition.filter));
  line("anomaly_message_field", PrintOptional(check.anomaly_message_field));
  line("properties", PrintYaml(definition.properties));
  line("tags", PrintYaml(check.tags));
  line("status", check.status);
  line("additional_metadata", PrintYaml(metadata));
  return text;
}

}  // namespace

Result<std::vector<FileCheck>> ReadCheckFile(std::string_view yaml) {
  ASSAY_TRY(const std::vector<YamlNode> documents, ReadYaml(yaml));
  std::vector<FileCheck> checks;
  for (const YamlNode& document : documents) {
    ASSAY_TRY(const std::vector<const YamlNode*> nodes, ChecksOf(document));
    for (const YamlNode* node : nodes) {
      ASSAY_TRY(FileCheck check, ReadCheck(*node));
      checks.push_back(std::move(check));
    }
  }
  return checks;
}

std::string WriteCheckFile(const std::vector<FileCheck>& checks) {
  std::string text;
  for (const FileCheck& check : checks) {
    if (!text.empty()) text += '\n';
    text += PrintCheck(check);
  }
  return text.empty() ? "[]\n" : text;
}

std::string CheckUid(std::string_view container, const CheckDefinition& definition) {
  std::vector<std::string> fields;
  for (const std::string& field : definition.fields) fields.push_back(Slug(field));
  std::ranges::sort(fields);
  return fmt::format("{}__{}__{}", Slug(container), Slug(definition.rule),
                     fmt::join(fields, "_"));
}

}  // namespace assay::rules
