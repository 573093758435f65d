#include "import/dbt_tests.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "import/bounds.h"
#include "import/counterparts.h"
#include "import/sql_text.h"

namespace assay::imports::dbt {
namespace {

/// The table that ref('model'), ref('package', 'model') or source('source', 'table') names.
Result<std::string> TableOf(std::string_view name, const std::string& reference) {
  static const RE2 call(
      R"(\s*(?:\{\{)?\s*(?:ref|source)\s*\((?:[^()]*,)?\s*['"]([^'"]+)['"]\s*)"
      R"((?:,\s*(?:v|version)\s*=\s*\w+\s*)?\)\s*(?:\}\})?\s*)");
  std::string table;
  if (RE2::FullMatch(reference, call, &table)) return table;
  static const RE2 plain(R"([\w.-]+)");
  if (RE2::FullMatch(reference, plain)) return reference;
  return Fail(ErrorKind::kUnsupported,
              fmt::format("{}: only ref(...) and source(...) are understood", name));
}

/// Values are compared as texts unless `quote` is false; lists of ours take numbers as texts.
Result<std::vector<Json>> ReadValues(Parameters& parameters) {
  ASSAY_TRY(const bool quote, parameters.Flag("quote", true));
  if (!quote) return parameters.Values("values");
  ASSAY_TRY(const std::vector<std::string> texts, parameters.Texts("values"));
  return std::vector<Json>(texts.begin(), texts.end());
}

/// A bound may be an expression: "0", "current_date", "other_column".
Result<std::string> BoundText(std::string_view name, const Json& bound) {
  if (!bound.is_string()) return SqlLiteral(bound);
  const auto text = bound.get<std::string>();
  const Result<std::string> condition = SqlCondition(text);
  if (IsNumberText(text)) return text;
  if (!condition) return FailWithin(std::string(name), condition.error());
  return "(" + *condition + ")";
}

bool IsPlainBound(const Json& bound) {
  return bound.is_null() || bound.is_number() ||
         (bound.is_string() && IsNumberText(bound.get<std::string>()));
}

/// An expression of SQL with what a test appends to it.
Status AddSql(Draft& draft, const std::string& sql) {
  const Result<std::string> condition = SqlCondition(sql);
  if (!condition) {
    return Fail(ErrorKind::kUnsupported,
                "expression: no expression of ours, " + condition.error().message);
  }
  draft.AddCondition(*condition);
  return {};
}

/// {count: 12, period: hour} as properties of freshness.
Status AddLimit(const std::string& name, const Json& limit, Json& properties) {
  const Json count = limit.is_object() ? limit.value("count", Json()) : Json();
  const Json period = limit.is_object() ? limit.value("period", Json()) : Json();
  const bool is_period = period == "minute" || period == "hour" || period == "day";
  if (!count.is_number_integer() || !is_period) {
    return Fail(ErrorKind::kInvalidInput,
                name + ": must have a whole count and a period: minute, hour or day");
  }
  properties["value"] = count;
  properties["unit"] = period.get<std::string>() + "s";
  return {};
}

/// A value of the rows compared with one of those of the table `compare_model`.
Status AddComparison(Parameters& parameters, Draft& draft, const std::string& expression,
                     const char* comparison, const std::string& other_expression) {
  ASSAY_TRY(const std::string model, parameters.Text("compare_model"));
  ASSAY_TRY(const std::string table, TableOf("compare_model", model));
  Json properties = Json::object();
  properties["expression"] = expression;
  properties["comparison"] = comparison;
  properties["ref_container_name"] = table;
  properties["ref_expression"] = other_expression;
  ASSAY_TRY(const std::optional<std::string> filter,
            parameters.OptionalText("compare_row_condition"));
  if (filter) {
    const Result<std::string> condition = SqlCondition(*filter);
    if (!condition) {
      return Fail(ErrorKind::kUnsupported,
                  "compare_row_condition: no filter of ours, " + condition.error().message);
    }
    properties["ref_filter"] = *condition;
  }
  draft.Add("aggregationComparison", {}, std::move(properties));
  return {};
}

}  // namespace

Status AcceptedValues(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::vector<Json> values, ReadValues(parameters));
  AddValuesIn(draft, column, values);
  return {};
}

Status NotAcceptedValues(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::vector<Json> values, ReadValues(parameters));
  AddValuesNotIn(draft, column, values);
  return {};
}

Status Relationships(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::string to, parameters.Text("to"));
  ASSAY_TRY(const std::string table, TableOf("to", to));
  ASSAY_TRY(const std::string field, parameters.Text("field"));
  AddReference(draft, "existsIn", column, table, field);
  return {};
}

Status RelationshipsWhere(Parameters& parameters, Draft& draft) {
  ASSAY_RETURN_IF_ERROR(Relationships(parameters, draft));
  ASSAY_TRY(const std::string from, parameters.TextOr("from_condition", "1=1"));
  ASSAY_TRY(const std::string to, parameters.TextOr("to_condition", "1=1"));
  if (to != "1=1") draft.Lose("to_condition: rows of the other table are not filtered");
  if (from == "1=1") return {};
  const Result<std::string> condition = SqlCondition(from);
  if (!condition) {
    return Fail(ErrorKind::kUnsupported,
                "from_condition: no filter of ours, " + condition.error().message);
  }
  draft.filter = *condition;
  return {};
}

Status AcceptedRange(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  if (IsPlainBound(bounds.min) && IsPlainBound(bounds.max)) {
    AddValuesWithin(draft, column, bounds);
    return {};
  }
  std::vector<std::string> conditions;
  if (!bounds.min.is_null()) {
    ASSAY_TRY(const std::string min, BoundText("min_value", bounds.min));
    conditions.push_back(
        fmt::format("{} {} {}", SqlName(column), bounds.includes_min ? ">=" : ">", min));
  }
  if (!bounds.max.is_null()) {
    ASSAY_TRY(const std::string max, BoundText("max_value", bounds.max));
    conditions.push_back(
        fmt::format("{} {} {}", SqlName(column), bounds.includes_max ? "<=" : "<", max));
  }
  draft.AddCondition(SqlJoin(conditions, "AND"));
  return {};
}

Status ExpressionIsTrue(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string expression, parameters.Text("expression"));
  return AddSql(draft,
                draft.column.empty() ? expression : SqlName(draft.column) + " " + expression);
}

Status NotEmptyString(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const bool trim, parameters.Flag("trim_whitespace", true));
  const std::string name = SqlName(column);
  draft.AddCondition(trim ? fmt::format("trim({}) <> ''", name) : name + " <> ''");
  return {};
}

Status NotNullProportion(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  Bounds share;
  if (const Json* least = parameters.Find("at_least")) share.min = *least;
  if (const Json* most = parameters.Find("at_most")) share.max = *most;
  ASSAY_RETURN_IF_ERROR(SetCoverage(draft, share));
  AddNotNull(draft, column);
  return {};
}

Status UniqueCombination(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, parameters.Texts("combination_of_columns"));
  ASSAY_TRY(const bool quote, parameters.Flag("quote_columns", false));
  static_cast<void>(quote);  // how the SQL is written
  draft.Note("rows with any of the values missing are left out here");
  AddUnique(draft, columns);
  return {};
}

Status Equality(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string model, parameters.Text("compare_model"));
  ASSAY_TRY(const std::string table, TableOf("compare_model", model));
  if (parameters.Find("compare_columns") == nullptr) {
    return Fail(ErrorKind::kUnsupported,
                "compare_columns: is needed, because dataDiff names its fields");
  }
  ASSAY_TRY(const std::vector<std::string> columns, parameters.Texts("compare_columns"));
  draft.Add("dataDiff", columns, {{"ref_container_name", table}});
  return {};
}

Status Recency(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::optional<std::string> field, parameters.OptionalText("field"));
  if (field) draft.column = *field;
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::string part, parameters.Text("datepart"));
  ASSAY_TRY(const std::optional<double> interval, parameters.OptionalNumber("interval"));
  const std::optional<int64_t> seconds = SecondsOf(part);
  if (!seconds) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("datepart: no counterpart for '{}'", part));
  }
  if (!interval || !(*interval >= 0 && *interval <= 1e6)) {
    return Fail(ErrorKind::kInvalidInput, "interval: must be a number of dateparts");
  }
  AddAgeWithin(draft, column, {.max = *parameters.Find("interval")}, *seconds);
  return {};
}

Status SourceFreshness(Parameters& parameters, Draft& draft) {
  const Json* error = parameters.Find("error_after");
  const Json* warn = parameters.Find("warn_after");
  if (error == nullptr && warn == nullptr)
    return Fail(ErrorKind::kUnsupported, "neither error_after nor warn_after is given");
  const char* const name = error != nullptr ? "error_after" : "warn_after";
  Json properties = Json::object();
  ASSAY_RETURN_IF_ERROR(AddLimit(name, error != nullptr ? *error : *warn, properties));
  if (error != nullptr && warn != nullptr)
    draft.Lose("warn_after: a check has one limit, that of error_after");
  if (error == nullptr) draft.Note("warn_after: is the limit here");
  if (parameters.Find("filter") != nullptr)
    draft.Lose("filter: no rows are left out of the last update");
  if (parameters.Find("loaded_at_query") != nullptr)
    return Fail(ErrorKind::kUnsupported, "loaded_at_query: no counterpart");
  ASSAY_TRY(const std::optional<std::string> field, parameters.OptionalText("loaded_at_field"));
  static const RE2 name_of_column(R"([\w.-]+)");
  if (!field) {
    draft.Note("without loaded_at_field the last update is the newest modification of a file");
  } else if (RE2::FullMatch(*field, name_of_column)) {
    properties["field_name"] = *field;
  } else {
    return Fail(ErrorKind::kUnsupported, "loaded_at_field: only the name of a column is taken");
  }
  draft.Add("freshness", {}, std::move(properties));
  return {};
}

Status AtLeastOne(Parameters&, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  AddMeasureWithin(draft, {column}, fmt::format("count({})", SqlName(column)), {.min = 1});
  return {};
}

Status NotConstant(Parameters&, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  AddMeasureWithin(draft, {column}, fmt::format("count(DISTINCT {})", SqlName(column)),
                   {.min = 2});
  return {};
}

Status ExpressionTest(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string expression, parameters.Text("expression"));
  ASSAY_TRY(const std::optional<std::string> condition,
            parameters.OptionalText("test_condition"));
  std::string bare = condition.value_or("= true");
  std::erase(bare, ' ');
  if (bare == "=true") return AddSql(draft, expression);
  return AddSql(draft, fmt::format("({}) {}", expression, *condition));
}

Status ExpressionBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string expression, parameters.Text("expression"));
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  std::vector<std::string> conditions;
  if (!bounds.min.is_null()) {
    conditions.push_back(fmt::format("({}) {} {}", expression, bounds.includes_min ? ">=" : ">",
                                     SqlTimeLiteral(bounds.min)));
  }
  if (!bounds.max.is_null()) {
    conditions.push_back(fmt::format("({}) {} {}", expression, bounds.includes_max ? "<=" : "<",
                                     SqlTimeLiteral(bounds.max)));
  }
  return AddSql(draft, SqlJoin(conditions, "AND"));
}

Status EqualRowCount(Parameters& parameters, Draft& draft) {
  return AddComparison(parameters, draft, "count(*)", "eq", "count(*)");
}

Status FewerRows(Parameters& parameters, Draft& draft) {
  return AddComparison(parameters, draft, "count(*)", "lt", "count(*)");
}

Status RowCountTimesFactor(Parameters& parameters, Draft& draft) {
  const Json* factor = parameters.Find("factor");
  if (factor == nullptr || !factor->is_number())
    return Fail(ErrorKind::kInvalidInput, "factor: must be a number");
  return AddComparison(parameters, draft, "count(*)", "eq",
                       fmt::format("count(*) * {}", SqlLiteral(*factor)));
}

Status EqualAggregation(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string expression, parameters.Text("expression"));
  ASSAY_TRY(const std::string other, parameters.TextOr("compare_expression", expression));
  return AddComparison(parameters, draft, expression, "eq", other);
}

}  // namespace assay::imports::dbt
