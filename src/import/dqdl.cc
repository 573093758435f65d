#include "import/dqdl.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "import/dqdl_condition.h"
#include "import/dqdl_parser.h"
#include "import/row_condition.h"
#include "import/sql_text.h"

namespace assay::imports {
namespace {

SourceItem ItemOf(const DqdlRule& rule, const DqdlEntry& entry) {
  SourceItem item = {.line = rule.line, .type = rule.type, .label = entry.text};
  if (!rule.parameters.empty()) item.parameters.Add("parameters", rule.parameters);
  if (rule.condition) AddCondition("condition", *rule.condition, item.parameters);
  for (const auto& [name, condition] : rule.tags) {
    AddCondition(name == "threshold" ? name : "with " + name, condition, item.parameters);
  }
  if (rule.where) item.parameters.Add("where", *rule.where);
  if (!rule.labels.empty()) item.metadata["labels"] = rule.labels;
  return item;
}

class DqdlReader {
 public:
  DqdlReader(const DqdlRuleset& ruleset, const Verifier& verifier)
      : ruleset_(ruleset), verifier_(verifier) {}

  ImportedItem Read(const DqdlEntry& entry) {
    SourceItem whole = {.line = entry.line, .label = entry.text};
    if (!entry.error.empty()) return NotTaken(std::move(whole), entry.error);
    if (entry.is_analyzer) {
      return NotTaken(std::move(whole), "an analyzer asserts nothing");
    }
    return ReadNode(entry.node, entry);
  }

 private:
  ImportedItem ReadNode(const DqdlNode& node, const DqdlEntry& entry) {
    switch (node.kind) {
      case DqdlNode::Kind::kRule: return ReadRule(node.rule, entry);
      case DqdlNode::Kind::kAnd: return ReadAnd(node, entry);
      case DqdlNode::Kind::kOr: return ReadOr(node, entry);
    }
    return {};
  }

  ImportedItem ReadRule(const DqdlRule& rule, const DqdlEntry& entry) {
    SourceItem item = ItemOf(rule, entry);
    AddDefaultLabels(item);
    if (const Status read = item.TakeFilter("where"); !read) {
      return NotTaken(std::move(item), read.error().message);
    }
    return Convert(std::move(item), DqdlTable(), verifier_);
  }

  /// All must hold: the checks of each.
  ImportedItem ReadAnd(const DqdlNode& node, const DqdlEntry& entry) {
    ImportedItem all = {.line = entry.line, .name = entry.text};
    for (const DqdlNode& part : node.parts) {
      ImportedItem item = ReadNode(part, entry);
      std::ranges::move(item.checks, std::back_inserter(all.checks));
      std::ranges::move(item.losses, std::back_inserter(all.losses));
      std::ranges::move(item.notes, std::back_inserter(all.notes));
    }
    return all;
  }

  /// One of the rules must hold for the whole dataset; what can be said here is that for each
  /// row one of the conditions holds.
  ImportedItem ReadOr(const DqdlNode& node, const DqdlEntry& entry) {
    SourceItem item = {.line = entry.line, .label = entry.text};
    AddDefaultLabels(item);
    const Result<std::string> condition = ConditionOf(node, entry);
    if (!condition) {
      return NotTaken(std::move(item), fmt::format("or: {}", condition.error().message));
    }
    Draft draft;
    draft.AddCondition(*condition);
    draft.Lose(
        "or: holds row by row here, which is weaker than for one of the rules as a whole");
    return Finish(std::move(item), std::move(draft), verifier_);
  }

  Result<std::string> ConditionOf(const DqdlNode& node, const DqdlEntry& entry) {
    if (node.kind == DqdlNode::Kind::kRule) return ConditionOfRule(node.rule, entry);
    std::vector<std::string> parts;
    for (const DqdlNode& part : node.parts) {
      ASSAY_TRY(std::string condition, ConditionOf(part, entry));
      parts.push_back(std::move(condition));
    }
    return SqlJoin(parts, node.kind == DqdlNode::Kind::kAnd ? "AND" : "OR");
  }

  Result<std::string> ConditionOfRule(const DqdlRule& rule, const DqdlEntry& entry) {
    SourceItem item = ItemOf(rule, entry);
    ASSAY_TRY(const Draft draft, Map(item, DqdlTable()));
    if (draft.coverage != 1 || !draft.losses.empty()) {
      return Fail(ErrorKind::kUnsupported,
                  "a rule with a where or a threshold cannot be joined");
    }
    std::vector<std::string> conditions;
    for (const DraftCheck& check : draft.checks) {
      const std::optional<std::string> condition = RowConditionOf(check.definition);
      if (!condition) {
        return Fail(ErrorKind::kUnsupported,
                    fmt::format("{} is not about single rows", rule.type));
      }
      conditions.push_back(*condition);
    }
    return SqlJoin(conditions, "AND");
  }

  void AddDefaultLabels(SourceItem& item) const {
    for (const auto& [key, value] : ruleset_.labels.items()) {
      if (!item.metadata["labels"].contains(key)) item.metadata["labels"][key] = value;
    }
  }

  const DqdlRuleset& ruleset_;
  const Verifier& verifier_;
};

}  // namespace

bool IsDqdl(std::string_view text) {
  static const RE2 list(R"((?m)(^|[\s\]}])(Rules|Analyzers)\s*=\s*\[)");
  return RE2::PartialMatch(text, list);
}

Result<std::vector<ImportedItem>> ReadDqdl(std::string_view text, const Verifier& verifier) {
  ASSAY_TRY(const DqdlRuleset ruleset, ParseDqdl(text));
  std::vector<ImportedItem> items;
  for (const DqdlSection& section : ruleset.sections) {
    items.push_back({.line = section.line,
                     .name = section.name,
                     .losses = {"names of datasets are not taken over; give --container"}});
  }
  DqdlReader reader(ruleset, verifier);
  for (const DqdlEntry& entry : ruleset.entries) items.push_back(reader.Read(entry));
  return items;
}

}  // namespace assay::imports
