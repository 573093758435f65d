#include "import/bounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

#include "import/sql_text.h"

namespace assay::imports {
namespace {

bool IsTime(const Json& bound) {
  return bound.is_string() && IsTimeText(bound.get<std::string>());
}

bool IsNumber(const Json& bound) {
  return bound.is_number() ||
         (bound.is_string() && !IsTime(bound) && IsNumberText(bound.get<std::string>()));
}

void AddOneSided(Draft& draft, const std::string& column, const Json& bound, bool is_inclusive,
                 bool is_lower) {
  if (IsNumber(bound)) {
    if (is_inclusive) {
      return draft.Add(is_lower ? "minValue" : "maxValue", {column}, {{"value", bound}});
    }
    return draft.Add(is_lower ? "greaterThan" : "lessThan", {column},
                     {{"value", bound}, {"inclusive", false}});
  }
  if (IsTime(bound) && !is_inclusive) {
    return draft.Add(is_lower ? "afterDateTime" : "beforeDateTime", {column},
                     {{"datetime", bound}});
  }
  draft.AddCondition(fmt::format("{} {}{} {}", SqlName(column), is_lower ? ">" : "<",
                                 is_inclusive ? "=" : "", SqlTimeLiteral(bound)));
}

/// The integer bounds that mean the same with both included.
struct WholeBounds {
  Json min, max;
};

Result<Json> WholeBound(const Json& bound, int step_when_excluded, bool is_included) {
  if (bound.is_null()) return bound;
  if (bound.is_number_integer()) {
    const auto value = bound.get<int64_t>();
    if (std::abs(static_cast<double>(value)) > 1e15) {
      return Fail(ErrorKind::kInvalidInput, "the bound is too large");
    }
    return Json(is_included ? value : value + step_when_excluded);
  }
  if (bound.is_number_float()) {
    const double value = bound.get<double>();
    if (std::floor(value) == value && std::abs(value) < 1e15) {
      return WholeBound(Json(static_cast<int64_t>(value)), step_when_excluded, is_included);
    }
  }
  return Fail(ErrorKind::kInvalidInput, "the bound must be an integer");
}

Result<WholeBounds> ReadWhole(const Bounds& bounds) {
  ASSAY_TRY(Json min, WholeBound(bounds.min, 1, bounds.includes_min));
  ASSAY_TRY(Json max, WholeBound(bounds.max, -1, bounds.includes_max));
  return WholeBounds{.min = std::move(min), .max = std::move(max)};
}

Json MeasureProperties(const std::string& measure, const Bounds& bounds) {
  Json properties = {{"expression", measure}};
  if (!bounds.min.is_null()) properties["min"] = bounds.min;
  if (!bounds.max.is_null()) properties["max"] = bounds.max;
  if (!bounds.includes_min) properties["inclusive_min"] = false;
  if (!bounds.includes_max) properties["inclusive_max"] = false;
  return properties;
}

}  // namespace

Result<Bounds> ReadBounds(Parameters& parameters) {
  Bounds bounds;
  if (const Json* min = parameters.Find("min_value")) bounds.min = *min;
  if (const Json* max = parameters.Find("max_value")) bounds.max = *max;
  ASSAY_TRY(const bool strictly, parameters.Flag("strictly", false));
  ASSAY_TRY(const bool inclusive, parameters.Flag("inclusive", !strictly));
  ASSAY_TRY(const bool strict_min, parameters.Flag("strict_min", !inclusive));
  ASSAY_TRY(const bool strict_max, parameters.Flag("strict_max", !inclusive));
  bounds.includes_min = !strict_min;
  bounds.includes_max = !strict_max;
  if (bounds.min.is_null() && bounds.max.is_null()) {
    return Fail(ErrorKind::kInvalidInput, "min_value and max_value: one of them is needed");
  }
  for (const Json* bound : {&bounds.min, &bounds.max}) {
    if (bound->is_null() || bound->is_number() || bound->is_string()) continue;
    return Fail(ErrorKind::kUnsupported,
                "min_value, max_value: only a number or text can be taken over, not what is "
                "worked out when the check runs");
  }
  return bounds;
}

void AddValuesWithin(Draft& draft, const std::string& column, const Bounds& bounds) {
  if (bounds.max.is_null())
    return AddOneSided(draft, column, bounds.min, bounds.includes_min, true);
  if (bounds.min.is_null())
    return AddOneSided(draft, column, bounds.max, bounds.includes_max, false);
  if (IsNumber(bounds.min) && IsNumber(bounds.max)) {
    if (bounds.IsExact()) {
      return draft.AddCondition(fmt::format(
          "{} = {}", SqlName(column),
          bounds.min.is_string() ? bounds.min.get<std::string>() : SqlLiteral(bounds.min)));
    }
    Json properties = {{"min", bounds.min}, {"max", bounds.max}};
    if (!bounds.includes_min) properties["inclusive_min"] = false;
    if (!bounds.includes_max) properties["inclusive_max"] = false;
    return draft.Add("between", {column}, std::move(properties));
  }
  if (IsTime(bounds.min) && IsTime(bounds.max) && bounds.includes_min && bounds.includes_max) {
    return draft.Add("betweenTimes", {column},
                     {{"min_time", bounds.min}, {"max_time", bounds.max}});
  }
  draft.AddCondition(fmt::format("{0} {1} {2} AND {0} {3} {4}", SqlName(column),
                                 bounds.includes_min ? ">=" : ">", SqlTimeLiteral(bounds.min),
                                 bounds.includes_max ? "<=" : "<", SqlTimeLiteral(bounds.max)));
}

Status AddLengthsWithin(Draft& draft, const std::string& column, const Bounds& bounds) {
  ASSAY_TRY(const WholeBounds whole, ReadWhole(bounds));
  if (!whole.min.is_null()) draft.Add("minLength", {column}, {{"value", whole.min}});
  if (!whole.max.is_null()) draft.Add("maxLength", {column}, {{"value", whole.max}});
  return {};
}

Status AddRowCountWithin(Draft& draft, const Bounds& bounds) {
  ASSAY_TRY(const WholeBounds whole, ReadWhole(bounds));
  Json properties = {{"comparison", "Absolute Value"}};
  if (!whole.min.is_null()) properties["min"] = whole.min;
  if (!whole.max.is_null()) properties["max"] = whole.max;
  draft.Add("volumetric", {}, std::move(properties));
  draft.Otherwise("aggregateBetween", {},
                  MeasureProperties("count(*)", {.min = whole.min, .max = whole.max}));
  return {};
}

Status AddFieldCountWithin(Draft& draft, const Bounds& bounds) {
  if (!bounds.IsExact()) {
    return Fail(ErrorKind::kUnsupported,
                "only a single number of fields has a counterpart, not a range");
  }
  draft.Add("fieldCount", {}, {{"value", bounds.min}});
  return {};
}

void AddMeasureWithin(Draft& draft, const std::vector<std::string>& columns,
                      const std::string& measure, const Bounds& bounds) {
  draft.is_about_nulls = true;
  draft.Add("aggregateBetween", columns, MeasureProperties(measure, bounds));
}

void AddExactMeasure(Draft& draft, const std::string& rule, const std::string& column,
                     const std::string& measure, const Bounds& bounds) {
  if (!bounds.IsExact()) return AddMeasureWithin(draft, {column}, measure, bounds);
  draft.Add(rule, {column}, {{"value", bounds.min}});
  draft.Otherwise("aggregateBetween", {column}, MeasureProperties(measure, bounds));
}

void AddMinimumWithin(Draft& draft, const std::string& column, const Bounds& bounds) {
  if (!bounds.min.is_null()) {
    AddOneSided(draft, column, bounds.min, bounds.includes_min, true);
  }
  if (bounds.max.is_null()) return;
  AddMeasureWithin(draft, {column}, fmt::format("min({})", SqlName(column)),
                   {.max = bounds.max, .includes_max = bounds.includes_max});
}

void AddMaximumWithin(Draft& draft, const std::string& column, const Bounds& bounds) {
  if (!bounds.max.is_null()) {
    AddOneSided(draft, column, bounds.max, bounds.includes_max, false);
  }
  if (bounds.min.is_null()) return;
  AddMeasureWithin(draft, {column}, fmt::format("max({})", SqlName(column)),
                   {.min = bounds.min, .includes_min = bounds.includes_min});
}

void AddAgeWithin(Draft& draft, const std::string& column, Bounds age, int64_t unit_seconds) {
  for (Json* bound : {&age.min, &age.max}) {
    if (bound->is_number_integer()) {
      *bound = bound->get<int64_t>() * unit_seconds;
    } else if (bound->is_number()) {
      *bound = bound->get<double>() * static_cast<double>(unit_seconds);
    }
  }
  AddMeasureWithin(draft, {column},
                   fmt::format("unix_timestamp(current_timestamp) - unix_timestamp(max({}))",
                               SqlName(column)),
                   age);
}

std::optional<int64_t> SecondsOf(std::string_view unit) {
  std::string name(unit);
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  if (name.ends_with('s')) name.pop_back();
  constexpr auto kUnits = std::to_array<std::pair<std::string_view, int64_t>>(
      {{"second", 1}, {"minute", 60}, {"hour", 3600}, {"day", 86400}, {"week", 604800}});
  for (const auto& [known, seconds] : kUnits) {
    if (name == known) return seconds;
  }
  return std::nullopt;
}

Status SetCoverage(Draft& draft, const Bounds& share) {
  if (share.min.is_null()) {
    return Fail(ErrorKind::kUnsupported,
                "no counterpart for a share of rows with an upper bound only");
  }
  const double min = share.min.is_number() ? share.min.get<double>() : NAN;
  if (!(min >= 0 && min <= 1)) {
    return Fail(ErrorKind::kUnsupported, "the share of rows must be from 0 to 1");
  }
  if (!share.max.is_null() && !(share.max.is_number() && share.max.get<double>() >= 1)) {
    draft.Lose("the upper bound of the share has no counterpart");
  }
  if (!share.includes_min) {
    draft.Note(fmt::format("a share of exactly {} passes here", share.min.dump()));
  }
  draft.coverage = min;
  return {};
}

}  // namespace assay::imports
