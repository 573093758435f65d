// The rule type ColumnValues of DQDL. Missing values fail it, but for != and not in.

#include <fmt/format.h>

#include <algorithm>

#include "import/bounds.h"
#include "import/counterparts.h"
#include "import/dqdl_condition.h"
#include "import/dqdl_rules.h"
#include "import/sql_text.h"

namespace assay::imports::dqdl {
namespace {

using Kind = DqdlOperand::Kind;

/// A text of blanks only, as a pattern.
constexpr const char* kBlank = R"(^\s+$)";

/// The values of a list or comparison, sorted by what they need.
struct Values {
  std::vector<Json> plain;
  std::vector<std::string> conditions;  // for what is no plain value
  bool has_null = false;
};

Result<Values> Sort(const std::string& name, const std::vector<DqdlOperand>& operands) {
  Values values;
  for (const DqdlOperand& operand : operands) {
    if (operand.kind == Kind::kNull) {
      values.has_null = true;
    } else if (operand.kind == Kind::kEmpty) {
      values.plain.emplace_back("");
    } else if (operand.kind == Kind::kWhitespace) {
      values.conditions.push_back(fmt::format("{} RLIKE {}", name, SqlLiteral(Json(kBlank))));
    } else if (operand.kind == Kind::kNumber || operand.kind == Kind::kText) {
      ASSAY_TRY(const std::string checked, SqlOf(operand));
      values.plain.push_back(operand.value);
    } else {
      ASSAY_TRY(const std::string sql, SqlOf(operand));
      values.conditions.push_back(fmt::format("{} = {}", name, sql));
    }
  }
  return values;
}

/// value in the list, or equal to the only one
Status AddIn(Draft& draft, const std::string& column, const Values& values) {
  if (values.plain.empty() && values.conditions.empty()) {
    AddNull(draft, column);
    return {};
  }
  if (values.conditions.empty()) {
    AddValuesIn(draft, column, values.plain);
  } else {
    std::vector<std::string> any = values.conditions;
    if (!values.plain.empty()) {
      any.push_back(fmt::format("{} IN ({})", SqlName(column), SqlList(values.plain)));
    }
    draft.AddCondition(SqlJoin(any, "OR"));
  }
  if (!values.has_null) AddNotNull(draft, column);
  return {};
}

Status AddNotIn(Draft& draft, const std::string& column, const Values& values) {
  std::vector<std::string> all;
  if (!values.plain.empty()) {
    all.push_back(fmt::format("{} NOT IN ({})", SqlName(column), SqlList(values.plain)));
  }
  for (const std::string& condition : values.conditions) all.push_back("NOT " + condition);
  if (!all.empty()) draft.AddCondition(SqlJoin(all, "AND"));
  if (values.has_null) AddNotNull(draft, column);
  return {};
}

bool HasMoment(const DqdlCondition& condition) {
  return std::ranges::any_of(condition.operands, [](const DqdlOperand& operand) {
    return operand.kind == Kind::kMoment;
  });
}

Status AddComparison(Draft& draft, const std::string& column, const DqdlCondition& condition) {
  const std::string name = SqlName(column);
  if (condition.operation == "between" && (condition.is_negated || HasMoment(condition))) {
    ASSAY_TRY(const std::string low, SqlOf(condition.operands[0]));
    ASSAY_TRY(const std::string high, SqlOf(condition.operands[1]));
    draft.AddCondition(fmt::format("{} {}BETWEEN {} AND {}", name,
                                   condition.is_negated ? "NOT " : "", low, high));
  } else if (HasMoment(condition)) {
    ASSAY_TRY(const std::string moment, SqlOf(condition.operands.front()));
    draft.AddCondition(fmt::format("{} {} {}", name, condition.operation, moment));
  } else {
    ASSAY_TRY(const Bounds bounds, BoundsOf(condition));
    AddValuesWithin(draft, column, bounds);
  }
  AddNotNull(draft, column);
  return {};
}

}  // namespace

Status ColumnValues(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> names, parameters.Texts("parameters"));
  if (names.size() != 1) return Fail(ErrorKind::kInvalidInput, "names more than one column");
  const std::string& column = names.front();
  const std::optional<DqdlCondition> condition = FindCondition(parameters, "condition");
  if (!condition) return Fail(ErrorKind::kInvalidInput, "has no condition");
  if (const auto threshold = FindCondition(parameters, "threshold")) {
    ASSAY_TRY(const Bounds share, BoundsOf(threshold));
    ASSAY_RETURN_IF_ERROR(SetCoverage(draft, share));
  }
  const std::string& operation = condition->operation;
  if (operation == "matches") {
    AddPatterns(draft, column, {condition->operands.front().value.get<std::string>()},
                condition->is_negated ? Match::kDoesNotMatch : Match::kMatches, Several::kAll);
    AddNotNull(draft, column);
    return {};
  }
  if (operation == "in" || operation == "=" || operation == "!=") {
    ASSAY_TRY(const Values values, Sort(SqlName(column), condition->operands));
    const bool is_not = condition->is_negated || operation == "!=";
    return is_not ? AddNotIn(draft, column, values) : AddIn(draft, column, values);
  }
  return AddComparison(draft, column, *condition);
}

}  // namespace assay::imports::dqdl
