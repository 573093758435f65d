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

using CheckForm = std::variant<RowCheck, AggregateCheck, SchemaCheck>;

/// One check, ready to run on any engine.
struct Check {
  CheckForm form;
  /// Rows for which this is not true are not asserted.
  std::optional<Expression> filter;
  /// Share of asserted rows that must pass, in [0, 1]. 1: each failing row counts by itself.
  double coverage = 1;
};

}  // namespace assay::plan
