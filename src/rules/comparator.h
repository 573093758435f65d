// How near two values must be to count as equal: the comparators of rules that compare a value
// with another.
//
// A rule's Properties derives from Comparators and lists the three declarations below; a
// Comparison of a field's type then gives the expressions. A comparator for other types than
// the field's is read and left alone, since clients send all three.

#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "plan/check.h"
#include "rules/property_type.h"

namespace assay::rules {

/// Numbers are equal when they differ by at most `epsilon`, or by at most that many percent of
/// the magnitude of the number compared with.
struct NumericComparator {
  Json epsilon;  // a number, or a text that is one
  bool as_absolute = true;

  static const Fields<NumericComparator>& JsonFields();
};

/// Dates and times are equal when they differ by at most `millis` milliseconds. A date is its
/// first moment.
struct DurationComparator {
  int64_t millis = 0;

  static const Fields<DurationComparator>& JsonFields();
};

/// Texts are equal when they are so without white space (ASCII) at their ends and with each
/// run of it taken for one space.
struct StringComparator {
  bool ignore_whitespace = false;

  static const Fields<StringComparator>& JsonFields();
};

/// Those a check gives; values compare exactly without.
struct Comparators {
  std::optional<NumericComparator> numeric_comparator = {};
  std::optional<DurationComparator> duration_comparator = {};
  std::optional<StringComparator> string_comparator = {};
};

// Declarations for the field list of a T that derives from Comparators.

template <class T>
FieldDeclaration<T> NumericComparatorField() {
  return As(
      PropertyType::kNumericComparator,
      Optional<T, std::optional<NumericComparator>>(
          "numeric_comparator", &T::numeric_comparator,
          "For numbers: {epsilon, as_absolute}. Numbers count as equal that differ by at most "
          "epsilon, or by that many percent of the number compared with when as_absolute is "
          "false."));
}

template <class T>
FieldDeclaration<T> DurationComparatorField() {
  return As(
      PropertyType::kDurationComparator,
      Optional<T, std::optional<DurationComparator>>(
          "duration_comparator", &T::duration_comparator,
          "For dates and times: {millis}. Times count as equal that differ by at most so many "
          "milliseconds."));
}

template <class T>
FieldDeclaration<T> StringComparatorField() {
  return As(PropertyType::kStringComparator, Optional<T, std::optional<StringComparator>>(
                                                 "string_comparator", &T::string_comparator,
                                                 "For texts: {ignore_whitespace}. If true, "
                                                 "white space at the ends does not count, and "
                                                 "between words any of it is one space."));
}

/// The margin that `epsilon` is. kInvalidInput unless it is a number from 0, not infinite.
Result<plan::Literal> ParseEpsilon(const Json& epsilon);

/// Comparisons of values of one type. Immutable; safe from any thread.
///
/// The expressions are null when either value is. NaN equals NaN, and is neither greater nor
/// less than anything. Numbers are compared exactly: a margin causes neither overflow nor, for
/// integers and decimals, a detour through doubles.
class Comparison {
 public:
  /// For values of `type`. kInvalidInput, naming the key, for a margin that is negative or no
  /// number.
  static Result<Comparison> Make(const Comparators& comparators, plan::FieldType type);

  /// A margin given by itself: a number, or milliseconds for dates and times.
  static Result<Comparison> Within(const Json& margin, plan::FieldType type);

  /// Whether `value` is `reference` within the margin, both ends included.
  plan::Expression Equal(plan::Expression value, plan::Expression reference) const;

  /// Whether `value` is greater than `reference`. What is equal within the margin passes when
  /// inclusive, and does not when exclusive.
  plan::Expression Greater(plan::Expression value, plan::Expression reference,
                           plan::Bound::Kind bound) const;
  /// The same for less.
  plan::Expression Less(plan::Expression value, plan::Expression reference,
                        plan::Bound::Kind bound) const;

  /// For violations: "", " within 0.5", " within 5 %", " within 20 ms", " but for white space".
  std::string Margin() const;

 private:
  enum class Kind { kExact, kAbsolute, kPercentage, kDuration, kCollapsedText };

  static Result<Comparison> WithEpsilon(Kind kind, const Json& epsilon);
  static Result<Comparison> WithDuration(const Json& millis);
  plan::Expression MarginAround(const plan::Expression& reference) const;

  Kind kind_ = Kind::kExact;
  plan::Literal margin_;  // as given: a number, percent, or milliseconds
};

/// Whether values of two types can be compared: numbers with numbers, dates and times with
/// such, else of one type.
bool AreComparable(plan::FieldType a, plan::FieldType b);

}  // namespace assay::rules
