#include "import/soda_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "import/counterparts.h"
#include "import/mapping.h"
#include "import/soda_threshold.h"
#include "import/sql_text.h"

namespace assay::imports::soda {
namespace {

Status AddMissing(Parameters& parameters, Draft& draft, Threshold threshold) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_RETURN_IF_ERROR(SetCoverageOfFailures(draft, threshold));
  std::vector<std::string> conditions = {SqlName(column) + " IS NOT NULL"};
  if (parameters.Find("missing_values") != nullptr) {
    ASSAY_TRY(const std::vector<Json> values, parameters.Values("missing_values"));
    conditions.push_back(fmt::format("{} NOT IN ({})", SqlName(column), SqlList(values)));
  }
  const Json* regex = parameters.FindAny({"missing_regex", "missing_sql_regex"});
  if (const Json* format = parameters.Find("missing_format")) {
    if (!format->is_object() || !format->contains("regex")) {
      return Fail(ErrorKind::kUnsupported, "missing_format: only a pattern can be taken over");
    }
    regex = &format->at("regex");
  }
  if (regex != nullptr) {
    conditions.push_back(fmt::format("NOT {} RLIKE {}", SqlName(column), SqlLiteral(*regex)));
  }
  if (conditions.size() == 1) {
    AddNotNull(draft, column);
  } else {
    draft.AddCondition(SqlJoin(conditions, "AND"));
  }
  return {};
}

/// Whether the bounds say that there is none.
bool AllowsNone(const Threshold& threshold) {
  const Json& max = threshold.bounds.max;
  if (max.is_null()) return threshold.bounds.min.is_null();
  return max == 0 || (!threshold.is_percent && max == 1 && !threshold.bounds.includes_max);
}

Result<Bounds> TakeBounds(Parameters& parameters) {
  const Threshold threshold = TakeThreshold(parameters);
  if (threshold.bounds.min.is_null() && threshold.bounds.max.is_null()) {
    return Fail(ErrorKind::kInvalidInput, "the threshold is missing");
  }
  return threshold.bounds;
}

/// The age of the newest value, in a unit of so many seconds.
Status AddAge(Parameters& parameters, Draft& draft, int64_t unit_seconds) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, TakeBounds(parameters));
  for (const Json* bound : {&bounds.min, &bounds.max}) {
    if (!bound->is_null() && std::abs(bound->get<double>()) > 1e9) {
      return Fail(ErrorKind::kInvalidInput, "the age is too large");
    }
  }
  AddAgeWithin(draft, column, bounds, unit_seconds);
  return {};
}

/// `measure` holds {} for the column.
Status AddMeasure(Parameters& parameters, Draft& draft, const std::string& measure) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, TakeBounds(parameters));
  AddMeasureWithin(draft, {column}, fmt::format(fmt::runtime(measure), SqlName(column)),
                   bounds);
  return {};
}

}  // namespace

Status RowCount(Parameters& parameters, Draft& draft) {
  const Threshold threshold = TakeThreshold(parameters);
  if (threshold.bounds.min.is_null() && threshold.bounds.max.is_null()) {
    return AddRowCountWithin(draft, {.min = 1});
  }
  return AddRowCountWithin(draft, threshold.bounds);
}

Status RowsExist(Parameters&, Draft& draft) {
  return AddRowCountWithin(draft, {.min = 1});
}

Status Missing(Parameters& parameters, Draft& draft) {
  return AddMissing(parameters, draft, TakeThreshold(parameters));
}

Status MissingPercent(Parameters& parameters, Draft& draft) {
  Threshold threshold = TakeThreshold(parameters);
  threshold.is_percent = true;
  return AddMissing(parameters, draft, threshold);
}

Status NoMissing(Parameters& parameters, Draft& draft) {
  return AddMissing(parameters, draft, {});
}

Status Duplicate(Parameters& parameters, Draft& draft) {
  if (!AllowsNone(TakeThreshold(parameters))) {
    return Fail(ErrorKind::kUnsupported,
                "only a threshold of no duplicates has a counterpart: they are counted in "
                "another way");
  }
  return NoDuplicates(parameters, draft);
}

Status NoDuplicates(Parameters& parameters, Draft& draft) {
  if (parameters.Find("columns") != nullptr) {
    ASSAY_TRY(std::vector<std::string> columns, parameters.Texts("columns"));
    AddUnique(draft, std::move(columns));
    return {};
  }
  ASSAY_TRY(const std::string column, draft.Column());
  AddUnique(draft, {column});
  return {};
}

Status Min(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, TakeBounds(parameters));
  AddMinimumWithin(draft, column, bounds);
  return {};
}

Status Max(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, TakeBounds(parameters));
  AddMaximumWithin(draft, column, bounds);
  return {};
}

Status Sum(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, TakeBounds(parameters));
  AddExactMeasure(draft, "sum", column, fmt::format("sum({})", SqlName(column)), bounds);
  return {};
}

Status Average(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "avg({})");
}

Status AverageLength(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "avg(length({}))");
}

Status MinLength(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "min(length({}))");
}

Status MaxLength(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "max(length({}))");
}

Status Deviation(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "stddev({})");
}

Status PopulationDeviation(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "stddev_pop({})");
}

Status Variance(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "variance({})");
}

Status PopulationVariance(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "var_pop({})");
}

/// percentile(column, 0.95)
Status Percentile(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> arguments, parameters.Texts("columns"));
  if (arguments.size() != 2 || !IsNumberText(arguments[1])) {
    return Fail(ErrorKind::kInvalidInput, "needs a column and a share");
  }
  ASSAY_TRY(const Bounds bounds, TakeBounds(parameters));
  AddMeasureWithin(draft, {arguments[0]},
                   fmt::format("percentile({}, {})", SqlName(arguments[0]), arguments[1]),
                   bounds);
  return {};
}

Status Freshness(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::optional<std::string> column, parameters.OptionalText("column"));
  if (column) draft.column = *column;
  ASSAY_TRY(const std::optional<std::string> unit, parameters.OptionalText("unit"));
  // Minutes are the unit of a contract that names none; SodaCL's threshold is in seconds.
  const bool is_contract = column.has_value();
  const std::optional<int64_t> seconds =
      unit ? SecondsOf(*unit) : std::optional<int64_t>(is_contract ? 60 : 1);
  if (!seconds) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("unit: not known: '{}'", *unit));
  }
  return AddAge(parameters, draft, *seconds);
}

Status FreshnessInDays(Parameters& parameters, Draft& draft) {
  return AddAge(parameters, draft, 86400);
}

Status FreshnessInHours(Parameters& parameters, Draft& draft) {
  return AddAge(parameters, draft, 3600);
}

Status FreshnessInMinutes(Parameters& parameters, Draft& draft) {
  return AddAge(parameters, draft, 60);
}

Status Aggregate(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string function, parameters.Text("function"));
  constexpr auto kFunctions = std::to_array<std::pair<std::string_view, MapFunction>>({
      {"min", Min},
      {"max", Max},
      {"sum", Sum},
      {"avg", Average},
      {"min_length", MinLength},
      {"max_length", MaxLength},
      {"avg_length", AverageLength},
      {"stddev", Deviation},
      {"stddev_pop", PopulationDeviation},
      {"stddev_samp", Deviation},
      {"variance", Variance},
      {"var_pop", PopulationVariance},
      {"var_samp", Variance},
  });
  for (const auto& [name, map] : kFunctions) {
    if (function == name) return map(parameters, draft);
  }
  return Fail(ErrorKind::kUnsupported, fmt::format("function: not known: '{}'", function));
}

Status FailedRows(Parameters& parameters, Draft& draft) {
  ASSAY_RETURN_IF_ERROR(SetCoverageOfFailures(draft, TakeThreshold(parameters)));
  if (const Json* condition = parameters.FindAny({"fail_condition", "expression"})) {
    if (!condition->is_string()) return Fail(ErrorKind::kInvalidInput, "must be a text");
    const Result<std::string> parsed = SqlCondition(condition->get<std::string>());
    if (!parsed) {
      return Fail(ErrorKind::kUnsupported,
                  "the condition is no expression of ours, " + parsed.error().message);
    }
    AddFailCondition(draft, *parsed);
    return {};
  }
  const Json* query = parameters.FindAny({"fail_query", "query"});
  if (query == nullptr || !query->is_string()) {
    return Fail(ErrorKind::kUnsupported, "has no condition and no query");
  }
  ASSAY_TRY(const std::string condition, WhereOfQuery(query->get<std::string>()));
  AddFailCondition(draft, condition);
  return {};
}

Status Reference(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, parameters.Texts("columns"));
  ASSAY_TRY(const std::vector<std::string> others, parameters.Texts("other_columns"));
  ASSAY_TRY(const std::string dataset, parameters.Text("other_dataset"));
  ASSAY_TRY(const bool exists, parameters.Flag("exists", true));
  if (columns.size() != 1 || others.size() != 1) {
    return Fail(ErrorKind::kUnsupported, "only a single column can be taken over");
  }
  if (exists) draft.Note("a missing value passes here");
  AddReference(draft, exists ? "existsIn" : "notExistsIn", columns.front(), dataset,
               others.front());
  return {};
}

Status Schema(Parameters& parameters, Draft& draft) {
  const Json* fail = parameters.Find("fail");
  const Json* warn = parameters.Find("warn");
  if (fail != nullptr && warn != nullptr) draft.Lose("warn: not supported beside fail");
  if (fail == nullptr && warn != nullptr) draft.Note("warn: it fails here");
  Parameters alert(fail != nullptr ? *fail : warn != nullptr ? *warn : Json());
  Json list = Json::array();
  if (alert.Find("when required column missing") != nullptr) {
    ASSAY_TRY(const std::vector<std::string> names,
              alert.Texts("when required column missing"));
    for (const std::string& name : names) list.push_back(name);
  }
  if (const Json* types = alert.Find("when wrong column type")) {
    for (const auto& [name, type] : types->items()) {
      const std::string ours = type.is_string() ? FieldTypeOfName(type.get<std::string>()) : "";
      if (ours.empty()) {
        draft.Lose(fmt::format("no counterpart for the type of {}", name));
      } else {
        list.erase(std::remove(list.begin(), list.end(), Json(name)), list.end());
        list.push_back({{"name", name}, {"type", ours}});
      }
    }
  }
  for (const std::string& name : alert.Unread()) draft.Lose(name + ": not supported");
  if (list.empty()) {
    return Fail(ErrorKind::kUnsupported, draft.losses.empty()
                                             ? "no counterpart for what it looks at"
                                             : draft.losses.back());
  }
  draft.Add("expectedSchema", {}, {{"list", list}});
  return {};
}

Status ContractSchema(Parameters& parameters, Draft& draft) {
  const Json* columns = parameters.Find("contract_columns");
  if (columns == nullptr || columns->empty()) {
    return Fail(ErrorKind::kInvalidInput, "the contract names no columns");
  }
  ASSAY_TRY(const bool allows_extra, parameters.Flag("allow_extra_columns", false));
  ASSAY_TRY(const bool allows_order, parameters.Flag("allow_other_column_order", false));
  if (!allows_order) draft.Note("the order of the columns is not looked at here");
  Json list = Json::array();
  for (const auto& [name, type] : columns->items()) {
    const std::string ours = type.is_string() ? FieldTypeOfName(type.get<std::string>()) : "";
    if (type.is_string() && ours.empty()) {
      draft.Lose(fmt::format("no counterpart for the type of {}: '{}'", name,
                             type.get<std::string>()));
    }
    list.push_back(ours.empty() ? Json(name) : Json{{"name", name}, {"type", ours}});
  }
  Json properties = {{"list", list}};
  if (!allows_extra) properties["allow_other_fields"] = false;
  draft.Add("expectedSchema", {}, std::move(properties));
  return {};
}

}  // namespace assay::imports::soda
