// What a check asserts, in the few forms that every engine knows how to run.
//
// Rules compile to these; engines run them; neither knows the other. A rule that fits no form
// brings a new form here, never a special case to an engine.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plan/expression.h"
#include "plan/names/similarity.h"
#include "plan/schema.h"

namespace assay::plan {

/// Holds for each row by itself. A row fails when `predicate` is false; null passes. Aggregates
/// in it (plan/aggregates.h) stand for their value over all asserted rows.
struct RowCheck {
  Expression predicate;
};

/// No combination of `keys` occurs twice. A row fails when its combination occurred in an
/// earlier row; rows with a null among them are not asserted. {a, b, a, a} has 2 failing rows.
struct UniqueCheck {
  std::vector<Expression> keys;
};

/// The keys determine the values. A row fails when rows with the same `keys` have several
/// combinations of `values`; rows with a null among either are not asserted.
struct DependencyCheck {
  std::vector<Expression> keys;
  std::vector<Expression> values;
};

/// Values are in order as rows follow each other. A row fails when its value is out of order
/// with that of the row before it in its file; rows for which it is null, or that are not
/// asserted for other reasons, are passed over. Rows of tables have no order.
struct OrderCheck {
  enum class Order { kAscending, kStrictlyAscending, kDescending, kStrictlyDescending };
  Expression value;
  Order order = Order::kAscending;
};

/// Names of the same thing go with one value. Rows are put together whose names are one, as
/// plan/names/clusters.h clusters them over all asserted rows; a row fails when those it is
/// with have several values of `distinction`. Rows where either is null, or with a name longer
/// than kLongestName, are not asserted; no row is if there are more than kMostNames names.
struct EntityCheck {
  static constexpr int64_t kLongestName = 200;    // characters
  static constexpr int64_t kMostNames = 100'000;  // different ones

  Expression name;
  Expression distinction;
  names::Similarity similarity = {};
};

/// One end of a range.
struct Bound {
  enum class Kind { kInclusive, kExclusive };
  Literal value;
  Kind kind = Kind::kInclusive;
};

/// What becomes of a measure from one scan to another.
struct Change {
  enum class Kind {
    kAbsolute,    // value - earlier value
    kPercentage,  // (value - earlier value) / earlier value * 100
  };
  Kind kind = Kind::kAbsolute;
  /// About how long ago the earlier value was measured; zero: whenever it last was.
  std::chrono::days period{0};
};

/// One value of all asserted rows together lies between bounds. `measure` has no fields but in
/// aggregates: "sum(a) / count(*)". Null is not asserted; no row is needed otherwise, so that
/// count(*) is 0 of none.
struct MeasureCheck {
  Expression measure;
  std::optional<Bound> min = {};
  std::optional<Bound> max = {};
  /// When given, not the value lies between the bounds, but its change since an earlier one,
  /// with which whoever runs the plan comes. The first value holds.
  std::optional<Change> change = {};
};

/// One value of all asserted rows together compares with one of another container. Both are as
/// the measure of a MeasureCheck; not asserted when either is null.
struct ComparisonCheck {
  enum class Comparison { kEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

  Expression measure;
  Comparison comparison = Comparison::kEqual;
  std::string reference;         // names the other container to whoever runs the plan
  Expression reference_measure;  // over the fields of the other container
  /// Which of its rows take part; absent: all.
  std::optional<Expression> reference_filter = {};
};

/// The container was not last updated before a point in time.
struct FreshnessCheck {
  Literal not_before;
  /// What tells the last update, as the measure of a MeasureCheck; null is not asserted.
  /// Absent: the newest modification of a file, which tables do not have.
  std::optional<Expression> last_update = {};
};

/// Each group of asserted rows has a number of rows between bounds, both inclusive.
struct GroupSizeCheck {
  /// Rows with the same value are a group; those for which it is null are in none. Absent: the
  /// rows of a file, also of one without rows.
  std::optional<Expression> key = {};
  /// When not empty: the keys of the groups that are asked for, also of those without rows.
  std::vector<Literal> expected_keys = {};
  std::optional<int64_t> min_rows = {};
  std::optional<int64_t> max_rows = {};
};

/// Holds for each row by itself, as a RowCheck does, and looks into another container: a row
/// fails when its `value` is among the values of `reference_value` there and must not be, or is
/// not and must be. Null passes, and is among no values. Values are compared as by
/// Dialect::PrintComparable.
struct MembershipCheck {
  enum class Expected { kPresent, kAbsent };

  Expression value;
  std::string reference;       // names the other container to whoever runs the plan
  Expression reference_value;  // over the fields of the other container
  Expected expected = Expected::kPresent;
};

/// The asserted rows and those of another container are the same, in both directions.
///
/// Equal rows cancel out, one of each side. Those left over are paired by their identifiers
/// (null is the same as null), rows of the same identifiers in their order; no row is in two
/// pairs. A pair differs unless all compared values count as equal; a row without counterpart
/// differs.
struct DifferenceCheck {
  /// A value by which rows are told apart. At least one; where rows have no identifiers, all
  /// their values.
  struct Value {
    std::string name;  // for people
    Expression value;
    Expression reference_value;  // over the fields of the other container
  };
  struct Compared : Value {
    /// Whether two values that are not equal count as such, over columns named kValue and
    /// kReferenceValue; null says no. Absent: they do not.
    std::optional<Expression> equal = {};
  };
  /// Told of rows that differ, and not compared.
  struct Shown {
    std::string name;
    Expression value;
    std::optional<Expression> reference_value;
  };
  static constexpr const char* kValue = "value";
  static constexpr const char* kReferenceValue = "reference value";

  std::string reference;  // names the other container to whoever runs the plan
  std::vector<Value> identifiers;
  std::vector<Compared> compared = {};
  std::vector<Shown> shown = {};
  /// Which rows of the other container take part; absent: all.
  std::optional<Expression> reference_filter = {};
};

/// Facts about the schema, known without reading rows.
struct SchemaCheck {
  struct ExpectedField {
    std::string name;
    std::optional<FieldType> type;  // not compared when absent
  };
  enum class OtherFields { kAllowed, kForbidden };

  std::vector<ExpectedField> fields;
  OtherFields other_fields = OtherFields::kAllowed;
};

using CheckForm =
    std::variant<RowCheck, MembershipCheck, UniqueCheck, DependencyCheck, EntityCheck,
                 OrderCheck, MeasureCheck, GroupSizeCheck, DifferenceCheck, SchemaCheck,
                 ComparisonCheck, FreshnessCheck>;

/// Whether each failing row is told by itself: it fails by itself, or for what it has in common
/// with few others.
inline bool HoldsRowByRow(const CheckForm& form) {
  return std::holds_alternative<RowCheck>(form) ||
         std::holds_alternative<MembershipCheck>(form) ||
         std::holds_alternative<EntityCheck>(form);
}

/// The value of all asserted rows together that a check is about; nullptr when there is none.
const Expression* MeasureOf(const CheckForm& form);

/// One check, ready to run on any engine.
struct Check {
  CheckForm form;
  /// Rows for which this is not true are not asserted.
  std::optional<Expression> filter;
  /// Share of what is asserted that must pass, in [0, 1]: of rows, or of groups. 1: each
  /// failing row counts by itself.
  double coverage = 1;
};

/// Whether a value that is not null keeps to the bounds. NaN, and what cannot be compared with
/// them, does not.
bool IsWithin(const Literal& value, const std::optional<Bound>& min,
              const std::optional<Bound>& max);

/// Whether the change from one number to another keeps to the bounds; exact but for doubles.
/// nullopt when there is no percentage, since `earlier` is zero and `value` is not.
std::optional<bool> IsChangeWithin(Change::Kind kind, const Literal& earlier,
                                   const Literal& value, const std::optional<Bound>& min,
                                   const std::optional<Bound>& max);

/// Whether two values compare so. NaN, and what cannot be compared, do not.
bool Compares(const Literal& value, ComparisonCheck::Comparison comparison,
              const Literal& reference);

}  // namespace assay::plan
