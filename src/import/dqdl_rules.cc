#include "import/dqdl_rules.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "import/bounds.h"
#include "import/counterparts.h"
#include "import/dqdl_condition.h"
#include "import/sql_text.h"

namespace assay::imports::dqdl {
namespace {

Result<std::string> OneColumn(Parameters& parameters) {
  ASSAY_TRY(const std::vector<std::string> names, parameters.Texts("parameters"));
  if (names.size() != 1) return Fail(ErrorKind::kInvalidInput, "names more than one column");
  return names.front();
}

/// Shares of rows: coverage. Without a condition every row must pass.
Status SetShare(Parameters& parameters, Draft& draft, std::string_view name) {
  const std::optional<DqdlCondition> condition = FindCondition(parameters, name);
  if (!condition) return {};
  ASSAY_TRY(const Bounds share, BoundsOf(condition));
  return SetCoverage(draft, share);
}

Status OnlyWhole(Parameters& parameters, std::string_view what) {
  ASSAY_TRY(const Bounds share, BoundsOf(FindCondition(parameters, "condition")));
  if (share.min.is_number() && share.min.get<double>() >= 1) return {};
  return Fail(ErrorKind::kUnsupported, fmt::format("only a {} of 1 has a counterpart", what));
}

/// `measure` holds {} for the column.
Status AddMeasure(Parameters& parameters, Draft& draft, const std::string& measure) {
  ASSAY_TRY(const std::string column, OneColumn(parameters));
  ASSAY_TRY(const Bounds bounds, BoundsOf(FindCondition(parameters, "condition")));
  AddMeasureWithin(draft, {column}, fmt::format(fmt::runtime(measure), SqlName(column)),
                   bounds);
  return {};
}

}  // namespace

Status IsComplete(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, OneColumn(parameters));
  AddNotNull(draft, column);
  return {};
}

Status Completeness(Parameters& parameters, Draft& draft) {
  ASSAY_RETURN_IF_ERROR(SetShare(parameters, draft, "condition"));
  return IsComplete(parameters, draft);
}

Status IsUnique(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(std::vector<std::string> columns, parameters.Texts("parameters"));
  AddUnique(draft, std::move(columns));
  return {};
}

Status Uniqueness(Parameters& parameters, Draft& draft) {
  ASSAY_RETURN_IF_ERROR(SetShare(parameters, draft, "condition"));
  if (draft.coverage != 1) {
    draft.Lose("values that repeat count each time there, and from the second time on here");
  }
  return IsUnique(parameters, draft);
}

Status UniqueValueRatio(Parameters& parameters, Draft& draft) {
  ASSAY_RETURN_IF_ERROR(OnlyWhole(parameters, "ratio"));
  return IsUnique(parameters, draft);
}

Status IsPrimaryKey(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, parameters.Texts("parameters"));
  AddUnique(draft, columns);
  draft.Add("notNull", columns);
  return {};
}

Status RowCount(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, BoundsOf(FindCondition(parameters, "condition")));
  return AddRowCountWithin(draft, bounds);
}

Status ColumnCount(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, BoundsOf(FindCondition(parameters, "condition")));
  return AddFieldCountWithin(draft, bounds);
}

Status ColumnExists(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, OneColumn(parameters));
  AddFields(draft, {column}, OtherFields::kAllowed);
  return {};
}

Status ColumnDataType(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, OneColumn(parameters));
  ASSAY_RETURN_IF_ERROR(SetShare(parameters, draft, "threshold"));
  const std::optional<DqdlCondition> condition = FindCondition(parameters, "condition");
  const bool is_single = condition && !condition->is_negated &&
                         (condition->operation == "=" || condition->operation == "in") &&
                         condition->operands.size() == 1 &&
                         condition->operands.front().value.is_string();
  if (!is_single) {
    return Fail(ErrorKind::kUnsupported, "only a single type can be taken over");
  }
  const auto name = condition->operands.front().value.get<std::string>();
  const std::string type = FieldTypeOfName(name);
  if (type.empty()) {
    return Fail(ErrorKind::kUnsupported, fmt::format("no counterpart for the type '{}'", name));
  }
  draft.Add("isType", {column}, {{"field_type", type}});
  return {};
}

Status ColumnLength(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, OneColumn(parameters));
  const std::optional<DqdlCondition> condition = FindCondition(parameters, "condition");
  const bool is_list = condition && (condition->operation == "in" ||
                                     condition->operation == "!=" || condition->is_negated);
  if (is_list && condition->operation != "between") {
    std::vector<Json> lengths;
    for (const DqdlOperand& operand : condition->operands) lengths.push_back(operand.value);
    const bool is_not = condition->is_negated || condition->operation == "!=";
    draft.AddCondition(fmt::format("length({}) {}IN ({})", SqlName(column),
                                   is_not ? "NOT " : "", SqlList(lengths)));
    draft.Note("a missing value has no length here, and length 0 there");
    return {};
  }
  ASSAY_TRY(const Bounds bounds, BoundsOf(condition));
  ASSAY_RETURN_IF_ERROR(AddLengthsWithin(draft, column, bounds));
  // A missing value has length 0 there.
  const bool forbids_empty =
      bounds.min.is_number() && (bounds.min.get<double>() > 0 || !bounds.includes_min);
  if (forbids_empty) AddNotNull(draft, column);
  return {};
}

Status Sum(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, OneColumn(parameters));
  ASSAY_TRY(const Bounds bounds, BoundsOf(FindCondition(parameters, "condition")));
  AddExactMeasure(draft, "sum", column, fmt::format("sum({})", SqlName(column)), bounds);
  return {};
}

Status DistinctValuesCount(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, OneColumn(parameters));
  ASSAY_TRY(const Bounds bounds, BoundsOf(FindCondition(parameters, "condition")));
  AddExactMeasure(draft, "distinctCount", column,
                  fmt::format("count(DISTINCT {})", SqlName(column)), bounds);
  return {};
}

Status Mean(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "avg({})");
}

Status StandardDeviation(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "stddev_pop({})");
}

Status Variance(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "var_pop({})");
}

/// The age of each value: <= 3 days is value >= now - 3 days.
Status DataFreshness(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, OneColumn(parameters));
  const std::optional<DqdlCondition> condition = FindCondition(parameters, "condition");
  if (!condition || condition->is_negated) {
    return Fail(ErrorKind::kUnsupported, "no counterpart for its condition");
  }
  std::vector<std::string> moments;
  for (const DqdlOperand& operand : condition->operands) {
    if (operand.kind != DqdlOperand::Kind::kDuration) {
      return Fail(ErrorKind::kUnsupported, "its condition must be about a duration");
    }
    moments.push_back("current_timestamp - INTERVAL " + operand.value.get<std::string>());
  }
  const std::string name = SqlName(column);
  const std::string& operation = condition->operation;
  if (operation == "between") {
    draft.AddCondition(fmt::format("{0} <= {1} AND {0} >= {2}", name, moments[0], moments[1]));
  } else if (operation.starts_with('<')) {
    draft.AddCondition(
        fmt::format("{} {} {}", name, operation == "<=" ? ">=" : ">", moments[0]));
  } else if (operation.starts_with('>')) {
    draft.AddCondition(
        fmt::format("{} {} {}", name, operation == ">=" ? "<=" : "<", moments[0]));
  } else {
    return Fail(ErrorKind::kUnsupported, "no counterpart for its condition");
  }
  return {};
}

/// "order_id" "reference.id", also with {} around the columns of the other.
Status ReferentialIntegrity(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> names, parameters.Texts("parameters"));
  static const RE2 target(R"(\s*([^.{}]+)\.\s*\{?\s*([^{}]+?)\s*\}?\s*)");
  std::string dataset, column;
  if (names.size() != 2 || !RE2::FullMatch(names[1], target, &dataset, &column)) {
    return Fail(ErrorKind::kInvalidInput, "names no columns of two datasets");
  }
  const bool is_single =
      names[0].find(',') == std::string::npos && column.find(',') == std::string::npos;
  if (!is_single) {
    return Fail(ErrorKind::kUnsupported, "only a single column can be taken over");
  }
  ASSAY_RETURN_IF_ERROR(SetShare(parameters, draft, "condition"));
  AddReference(draft, "existsIn", names[0], dataset, column);
  return {};
}

Status DatasetMatch(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> names, parameters.Texts("parameters"));
  ASSAY_RETURN_IF_ERROR(OnlyWhole(parameters, "share"));
  const bool is_mapped =
      names.size() == 3 && (names[1] + names[2]).find("->") == std::string::npos;
  if (!is_mapped) {
    return Fail(ErrorKind::kUnsupported,
                "needs the columns to compare, with the same names on both sides");
  }
  std::vector<std::string> fields;
  std::string_view rest;
  const std::string all = names[1] + "," + names[2];
  rest = all;
  while (!rest.empty()) {
    const size_t comma = rest.find(',');
    std::string_view name = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (!name.empty()) fields.emplace_back(name);
  }
  draft.Note("rows of the other dataset that are missing here count as well");
  draft.Add("dataDiff", std::move(fields), {{"ref_container_name", names[0]}});
  return {};
}

/// A count of rows that must be 0, or the rows that pass.
Status CustomSql(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string query, OneColumn(parameters));
  static const RE2 counts(R"((?is)\s*select\s+count\s*\(.*)");
  const std::optional<DqdlCondition> condition = FindCondition(parameters, "condition");
  if (condition && !RE2::FullMatch(query, counts)) {
    return Fail(ErrorKind::kUnsupported, "only the result of count(*) can be taken over");
  }
  ASSAY_TRY(const std::string where, WhereOfQuery(query));
  if (condition) {
    ASSAY_TRY(const Bounds bounds, BoundsOf(condition));
    const bool is_zero = bounds.max == 0 || (bounds.max == 1 && !bounds.includes_max);
    if (is_zero) {
      AddFailCondition(draft, where);
    } else {
      AddMeasureWithin(draft, SqlFields(where), fmt::format("count_if({})", where), bounds);
    }
    return {};
  }
  if (RE2::FullMatch(query, counts)) {
    return Fail(ErrorKind::kInvalidInput, "a count needs a condition");
  }
  ASSAY_RETURN_IF_ERROR(SetShare(parameters, draft, "threshold"));
  draft.AddCondition(fmt::format("coalesce({}, FALSE)", where));
  return {};
}

}  // namespace assay::imports::dqdl
