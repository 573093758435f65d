#include "import/convert.h"

#include <fmt/format.h>

#include "import/row_condition.h"
#include "import/sql_text.h"
#include "rules/nearest_name.h"

namespace assay::imports {
namespace {

using rules::CheckDefinition;

std::string LabelOf(const SourceItem& item) {
  if (!item.label.empty()) return item.label;
  return item.column.empty() ? item.type : fmt::format("{}({})", item.type, item.column);
}

std::optional<std::string> JoinFilters(const std::optional<std::string>& a,
                                       const std::optional<std::string>& b) {
  if (!a) return b;
  if (!b) return a;
  return SqlJoin({*a, *b}, "AND");
}

/// Rows whose values count when a share is one of values: nulls pass every rule here, and would
/// raise the share.
std::optional<std::string> OnlyValues(const SourceItem& item, const Draft& draft,
                                      double coverage) {
  if (coverage == 1 || item.share_of == ShareOf::kRows || draft.is_about_nulls ||
      item.column.empty()) {
    return std::nullopt;
  }
  return SqlName(item.column) + " IS NOT NULL";
}

/// The checks as one condition.
Result<std::string> JoinChecks(const std::vector<DraftCheck>& checks) {
  std::vector<std::string> conditions;
  for (const DraftCheck& check : checks) {
    std::optional<std::string> condition = RowConditionOf(check.definition);
    if (!condition) {
      return Fail(ErrorKind::kUnsupported,
                  fmt::format("a number or share of rows cannot be asked of {} here",
                              check.definition.rule));
    }
    conditions.push_back(*std::move(condition));
  }
  return SqlJoin(conditions, "AND");
}

/// Checks of which a share or number of rows may fail, as one.
Status JoinForShare(Draft& draft, double coverage) {
  const bool needs_count = draft.max_failing_rows.has_value();
  if (!needs_count && (coverage == 1 || draft.checks.size() < 2)) return {};
  ASSAY_TRY(const std::string condition, JoinChecks(draft.checks));
  draft.checks.clear();
  if (!needs_count) {
    draft.AddCondition(condition);
    return {};
  }
  draft.Add("aggregateBetween", SqlFields(condition),
            {{"expression", fmt::format("count_if(NOT ({}))", condition)},
             {"max", *draft.max_failing_rows}});
  return {};
}

/// The fields that a condition uses: they tell apart checks of the same rule.
void NameFields(CheckDefinition& definition) {
  if (definition.rule != "satisfiesExpression" || !definition.fields.empty()) return;
  definition.fields = SqlFields(definition.properties.at("expression").get<std::string>());
}

/// The check that this version can run: the definition, its alternative, or its condition.
Result<CheckDefinition> Choose(const DraftCheck& check, const Verifier& verifier,
                               ImportedItem& result) {
  const Status runs = verifier(check.definition);
  if (runs) return check.definition;
  if (check.otherwise && verifier(*check.otherwise)) return *check.otherwise;
  const std::optional<std::string> condition = RowConditionOf(check.definition);
  if (runs.error().kind != ErrorKind::kNotFound || !condition) {
    return std::unexpected(runs.error());
  }
  CheckDefinition written = {.rule = "satisfiesExpression",
                             .filter = check.definition.filter,
                             .coverage = check.definition.coverage,
                             .properties = {{"expression", *condition}}};
  NameFields(written);
  ASSAY_RETURN_IF_ERROR(verifier(written));
  result.notes.push_back(fmt::format("no rule {} in this version, so as satisfiesExpression",
                                     check.definition.rule));
  return written;
}

void AddCheck(const SourceItem& item, const DraftCheck& check, const Verifier& verifier,
              ImportedItem& result) {
  Result<CheckDefinition> definition = Choose(check, verifier, result);
  if (!definition) {
    result.losses.push_back(definition.error().message);
    return;
  }
  definition->description = item.description.empty() ? result.name : item.description;
  result.checks.push_back({.definition = *std::move(definition),
                           .container = item.container,
                           .tags = item.tags,
                           .status = item.status,
                           .additional_metadata = item.metadata});
}

}  // namespace

Status SourceItem::TakeFilter(std::string_view name) {
  ASSAY_TRY(const std::optional<std::string> text, parameters.OptionalText(name));
  if (!text) return {};
  const Result<std::string> condition = SqlCondition(*text);
  if (!condition) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("{}: no filter of ours, {}", name, condition.error().message));
  }
  filter = JoinFilters(filter, *condition);
  return {};
}

void SourceItem::NoteIgnored(std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    if (parameters.Find(name) != nullptr) notes.push_back(fmt::format("{}: ignored", name));
  }
}

Result<Draft> Map(SourceItem& item, std::span<const Mapping> table) {
  const Mapping* mapping = FindMapping(table, item.type);
  if (mapping == nullptr) {
    std::vector<std::string> known;
    for (const Mapping& other : table) known.emplace_back(other.name);
    return Fail(ErrorKind::kUnsupported, "not known" + rules::DidYouMean(item.type, known));
  }
  if (mapping->map == nullptr) {
    return Fail(ErrorKind::kUnsupported, fmt::format("no counterpart: {}", mapping->becomes));
  }
  Draft draft = {.column = item.column};
  ASSAY_RETURN_IF_ERROR(mapping->map(item.parameters, draft));
  for (const std::string& name : item.parameters.Unread()) {
    draft.Lose(fmt::format("{}: not supported", name));
  }
  return draft;
}

ImportedItem Finish(SourceItem item, Draft draft, const Verifier& verifier) {
  ImportedItem result = {.line = item.line,
                         .name = LabelOf(item),
                         .losses = std::move(item.losses),
                         .notes = std::move(item.notes)};
  result.losses.insert(result.losses.end(), draft.losses.begin(), draft.losses.end());
  result.notes.insert(result.notes.end(), draft.notes.begin(), draft.notes.end());
  const double coverage = draft.coverage == 1 ? item.coverage : draft.coverage;
  const std::optional<std::string> filter =
      JoinFilters(JoinFilters(OnlyValues(item, draft, coverage), item.filter), draft.filter);
  if (!draft.max_failing_rows) draft.max_failing_rows = item.max_failing_rows;
  if (draft.checks.empty()) {
    result.losses.push_back("asserts nothing that has a counterpart");
    return result;
  }
  if (const Status joined = JoinForShare(draft, coverage); !joined) {
    result.losses.push_back(joined.error().message);
    return result;
  }
  for (DraftCheck& check : draft.checks) {
    NameFields(check.definition);
    check.definition.coverage = coverage;
    check.definition.filter = filter;
    if (check.otherwise) {
      check.otherwise->coverage = coverage;
      check.otherwise->filter = filter;
    }
    AddCheck(item, check, verifier, result);
  }
  return result;
}

ImportedItem NotTaken(SourceItem item, std::string why) {
  ImportedItem result = {.line = item.line,
                         .name = LabelOf(item),
                         .losses = std::move(item.losses),
                         .notes = std::move(item.notes)};
  result.losses.push_back(std::move(why));
  return result;
}

ImportedItem Convert(SourceItem item, std::span<const Mapping> table,
                     const Verifier& verifier) {
  Result<Draft> draft = Map(item, table);
  if (!draft) return NotTaken(std::move(item), draft.error().message);
  return Finish(std::move(item), *std::move(draft), verifier);
}

}  // namespace assay::imports
