// Lower and upper bounds of the source, and the checks that hold values, lengths or counts to
// them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/draft.h"
#include "import/parameters.h"

namespace assay::imports {

/// Null where there is no bound. A bound is a number, or a text (a date, a number as text).
struct Bounds {
  Json min, max;
  bool includes_min = true;
  bool includes_max = true;

  bool IsExact() const { return !min.is_null() && min == max && includes_min && includes_max; }
};

/// min_value, max_value and strict_min, strict_max (or strictly for both, or inclusive).
/// kInvalidInput when there is no bound, kUnsupported when one is no plain value.
Result<Bounds> ReadBounds(Parameters& parameters);

/// Every value of the column lies within: between, betweenTimes, minValue, maxValue,
/// greaterThan, lessThan, afterDateTime, beforeDateTime or, for what these cannot say,
/// satisfiesExpression.
void AddValuesWithin(Draft& draft, const std::string& column, const Bounds& bounds);

/// Every text has so many characters: minLength and maxLength. kInvalidInput when a bound is
/// not an integer.
Status AddLengthsWithin(Draft& draft, const std::string& column, const Bounds& bounds);

/// The number of rows: volumetric, or aggregateBetween of count(*) where rows are filtered.
/// kInvalidInput when a bound is not an integer.
Status AddRowCountWithin(Draft& draft, const Bounds& bounds);

/// The number of fields: fieldCount. kUnsupported unless both bounds are the same.
Status AddFieldCountWithin(Draft& draft, const Bounds& bounds);

/// A measure of all rows, such as "avg(price)": aggregateBetween.
void AddMeasureWithin(Draft& draft, const std::vector<std::string>& columns,
                      const std::string& measure, const Bounds& bounds);

/// As AddMeasureWithin; with a single value by `rule`, {value}, where this version has it.
void AddExactMeasure(Draft& draft, const std::string& rule, const std::string& column,
                     const std::string& measure, const Bounds& bounds);

/// The smallest (largest) value of the column: the bound that a single row can break is one of
/// its values, the other one of the measure.
void AddMinimumWithin(Draft& draft, const std::string& column, const Bounds& bounds);
void AddMaximumWithin(Draft& draft, const std::string& column, const Bounds& bounds);

/// The seconds from the newest value of the column to now, times `unit_seconds`:
/// aggregateBetween.
void AddAgeWithin(Draft& draft, const std::string& column, Bounds age, int64_t unit_seconds);

/// Seconds of "minute", "hour", "day", "week" in any letter case, also with s; nullopt for
/// others.
std::optional<int64_t> SecondsOf(std::string_view unit);

/// A share of rows that must be reached, as Draft::coverage. An upper bound is lost, and a
/// strict lower bound becomes one that passes itself. kUnsupported when there is no lower
/// bound, or it is not from 0 to 1.
Status SetCoverage(Draft& draft, const Bounds& share);

}  // namespace assay::imports
