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

using CheckForm = std::variant<RowCheck, MembershipCheck, AggregateCheck, SchemaCheck>;

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
