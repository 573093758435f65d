// What a check asserts, in the few forms that every engine knows how to run.
//
// Rules compile to these; engines run them; neither knows the other. A rule that fits no form
// brings a new form here, never a special case to an engine.

#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plan/expression.h"
#include "plan/schema.h"

namespace assay::plan {

/// Holds for each row by itself. A row fails when `predicate` is false; null passes.
struct RowCheck {
  Expression predicate;
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

/// An aggregate over all asserted rows of the container against a bound.
struct AggregateCheck {
  enum class Aggregate {
    kSurplusRows,  // rows whose combination of `arguments` occurred before; rows with a null
                   // among them are not asserted. {a, b, a, a} has 2.
  };
  Aggregate aggregate = Aggregate::kSurplusRows;
  std::vector<Expression> arguments;
  Literal max;  // the aggregate may not exceed it
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
    std::variant<RowCheck, MembershipCheck, DifferenceCheck, AggregateCheck, SchemaCheck>;

/// Whether each row of a container holds or fails by itself.
inline bool HoldsRowByRow(const CheckForm& form) {
  return std::holds_alternative<RowCheck>(form) ||
         std::holds_alternative<MembershipCheck>(form);
}

/// One check, ready to run on any engine.
struct Check {
  CheckForm form;
  /// Rows for which this is not true are not asserted.
  std::optional<Expression> filter;
  /// Share of asserted rows that must pass, in [0, 1]. 1: each failing row counts by itself.
  double coverage = 1;
};

}  // namespace assay::plan
