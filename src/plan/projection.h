// Rows made of the rows of containers: what computed containers and computed fields are.
//
// Users write them as clauses of Spark SQL; the parser turns those into expressions here, and
// engines run the expressions. No text of a user reaches an engine.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/expression.h"
#include "plan/schema.h"

namespace assay::plan {

/// A value, and the field that it becomes.
struct NamedExpression {
  std::string name;
  Expression value;

  friend bool operator==(const NamedExpression&, const NamedExpression&) = default;
};

/// Rows made of those of a source. Not grouped: one of each row for which `where` is true.
/// Grouped: one of each group of those rows with the same `keys` (null is the same as null);
/// of all of them, also of none, where there are no keys.
struct Projection {
  std::vector<NamedExpression> columns;  // at least one
  std::optional<Expression> where = {};
  std::vector<Expression> keys = {};

  /// Whether it has keys, or an aggregate among its columns.
  bool IsGrouped() const;
};

/// The clauses as users write them.
struct ProjectionText {
  std::string select_clause;  // "id, amount * 2 AS twice, *"
  std::optional<std::string> where_clause = {};
  std::optional<std::string> group_by_clause =
      {};  // expressions, names or positions of columns
};

/// Further names of fields, and those that the schema has.
using OtherNames = std::map<std::string, std::string>;

/// Parses the clauses over the fields of a source. `*` stands for all of them. A value that is
/// not just a field needs a name (AS name); a field keeps its own. Errors are as those of
/// ParseExpression and TypeOf, with the name of the clause and the position in front; also
/// kInvalidInput for two columns of one name, which letter case does not tell apart, and for a
/// field that is neither grouped by nor in an aggregate where there are groups.
Result<Projection> ParseProjection(const ProjectionText& text, const Schema& schema,
                                   const OtherNames& other_names = {});

/// The same with the time of the operation put in (plan/bind_now.h).
Projection BindNow(const Projection& projection, Timestamp now);

/// A grouped projection in two steps: what is found of each group, and what is made of that.
struct Grouping {
  std::vector<NamedExpression> keys,
      aggregates;                        // over the source's fields, under names of ours
  std::vector<NamedExpression> columns;  // over fields of those names
};

/// kInvalidInput, naming the field, when a column has one outside of keys and aggregates.
Result<Grouping> GroupingOf(const Projection& projection);

/// Names of all fields that the columns, the condition and the keys use, each once.
std::vector<std::string> FieldNames(const Projection& projection);

}  // namespace assay::plan
