// What a check asserts, in the few forms that every engine knows how to run.
//
// Rules compile to these; engines run them; neither knows the other. A rule that fits no form
// brings a new form here, never a special case to an engine.

#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
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

/// The keys determine the values: rows with the same `keys` have one combination of `values`.
/// Rows with a null among either are not asserted.
struct DependencyCheck {
  /// Which rows fail of those with the same keys and several combinations of values.
  enum class Failing {
    kAll,
    kMinority,  // all but those of the most frequent combination; all when several are
  };
  std::vector<Expression> keys;
  std::vector<Expression> values;
  Failing failing = Failing::kAll;
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

/// The values of the asserted rows are spread as those of another container, the baseline: what
/// is measured of both samples lies between bounds. Nulls are left out; NaN is the largest
/// number. Values are compared as by Dialect::PrintComparable. Not asserted when either side
/// has no values.
struct DistributionCheck {
  enum class Statistic {
    /// The largest difference of the empirical distribution functions. Its p-value: of one at
    /// least as large when both are drawn from one continuous distribution; exact for samples
    /// of at most 10,000 each (Kim and Jennrich 1973), else Kolmogorov's limit distribution of
    /// sqrt(nm / (n + m)) D (Smirnov 1939).
    kKolmogorovSmirnov,
    /// The square root of the Jensen-Shannon divergence to base 2, from 0 to 1 (Lin 1991;
    /// Endres and Schindelin 2003), of the shares of each bin or value. Has no p-value.
    kJensenShannon,
    /// Pearson's statistic of the homogeneity of two samples: of the table with a row for each
    /// and a column for each value, without correction. Its p-value: of the chi-square
    /// distribution with one degree of freedom less than there are values.
    kChiSquare,
  };
  enum class Measured { kStatistic, kPValue };

  Statistic statistic = Statistic::kKolmogorovSmirnov;
  Measured measured = Measured::kStatistic;
  Expression value;
  std::string reference;       // names the baseline to whoever runs the plan
  Expression reference_value;  // over the fields of the baseline
  /// Which rows of the baseline take part; absent: all.
  std::optional<Expression> reference_filter = {};
  /// Of kJensenShannon: a value v is in bin floor(bins * share of the baseline below v), one
  /// above all of it in the last. 0: every value is a bin.
  int64_t bins = 0;
  std::optional<Bound> min = {};
  std::optional<Bound> max = {};
};

/// The rows that a statement yields are the failing ones; it holds when there are none.
struct QueryCheck {
  /// The name of the checked container in the statement.
  static constexpr const char* kContainer = "this";

  std::string sql;  // one SELECT in DuckDB's SQL, as the user wrote it
  /// Further tables of the statement: by name there, what names the container to whoever runs
  /// the plan.
  std::map<std::string, std::string> references = {};
};

/// A fact about each file of a container, or about all of them. Of a table nothing is asserted.
struct FileCheck {
  /// As many files; both bounds inclusive.
  struct Count {
    std::optional<int64_t> min, max;
  };
  /// Each has as many bytes, as stored; both bounds inclusive.
  struct Size {
    std::optional<int64_t> min_bytes, max_bytes;
  };
  /// Each was last written between these times; both bounds inclusive.
  struct Written {
    std::optional<Timestamp> earliest, latest;
  };
  /// The RE2 pattern is found in each one's name, without folders.
  struct Name {
    std::string pattern;
  };
  /// No file has the bytes, as stored, of an earlier one. Empty files are alike and left out.
  struct DistinctContent {};
  /// Each one's bytes, as stored, have the digest (MD5, SHA-1, SHA-256 or SHA-512, told by its
  /// length) that is written down: for its name in the file `manifest` of its folder; absent:
  /// in a file beside it that adds .md5, .sha1, .sha256 or .sha512 to its name.
  struct Checksum {
    std::optional<std::string> manifest;
  };
  /// The rows of each delimited file have as many cells as its first one.
  struct EvenRows {};
  /// The text of each delimited or JSON file is in one of these (ReadOptions::encoding); ASCII
  /// is in all of one byte a character.
  struct Encoding {
    std::vector<std::string> expected;
  };
  /// The first row of each delimited file is these names.
  struct Header {
    enum class Order { kSame, kAny };
    std::vector<std::string> names;
    Order order;
  };

  std::variant<Count, Size, Written, Name, DistinctContent, Checksum, EvenRows, Encoding,
               Header>
      expected;
};

using CheckForm =
    std::variant<RowCheck, MembershipCheck, UniqueCheck, DependencyCheck, EntityCheck,
                 OrderCheck, MeasureCheck, ComparisonCheck, FreshnessCheck, GroupSizeCheck,
                 DifferenceCheck, DistributionCheck, QueryCheck, FileCheck, SchemaCheck>;

/// Whether each failing row is told by itself: it fails by itself, or for what it has in common
/// with few others.
inline bool HoldsRowByRow(const CheckForm& form) {
  return std::holds_alternative<RowCheck>(form) ||
         std::holds_alternative<MembershipCheck>(form) ||
         std::holds_alternative<EntityCheck>(form) ||
         std::holds_alternative<QueryCheck>(form);
}

/// The value of all asserted rows together that a check is about; nullptr when there is none.
const Expression* MeasureOf(const CheckForm& form);

/// Whether one value of all rows or files together is measured.
bool IsMeasured(const CheckForm& form);

/// Whether groups of rows, or files, hold or fail.
bool IsOfGroups(const CheckForm& form);

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
