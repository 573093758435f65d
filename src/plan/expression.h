// Expressions over the fields of a container: the language in which rules say what they assert.
//
// A tree of columns, literals and calls with SQL's three-valued logic and the meaning of Spark
// SQL in non-ANSI mode. Rules build trees with the functions below; users write them as text
// (plan/parser.h); engines print them in their dialect (plan/dialect.h).

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "plan/literal.h"

namespace assay::plan {

/// An immutable expression; copying shares the tree. Safe to read from any thread.
class Expression {
 public:
  enum class Kind { kColumn, kLiteral, kCall };

  static Expression Column(std::string field_name);
  static Expression Constant(Literal literal);
  /// `function` is a name of plan/functions.h ("add", "equal", "and", "is_null", "case", ...).
  static Expression Call(std::string function, std::vector<Expression> arguments);

  Kind kind() const { return node_->kind; }
  /// The field's name of a column, the function's of a call.
  const std::string& name() const { return node_->name; }
  const Literal& literal() const { return node_->literal; }
  const std::vector<Expression>& arguments() const { return node_->arguments; }

  /// Levels of the tree: 1 for a column or literal. Long AND and OR chains are one level.
  int depth() const { return node_->depth; }

  /// Names of all fields used, each once, in order of first use.
  std::vector<std::string> FieldNames() const;

  /// Whether both are the same tree in memory. O(1); equal trees may be apart.
  bool Shares(const Expression& other) const { return node_ == other.node_; }

  friend bool operator==(const Expression& a, const Expression& b);

 private:
  struct Node {
    Kind kind;
    std::string name;
    Literal literal;
    std::vector<Expression> arguments;
    int depth;
  };
  explicit Expression(std::shared_ptr<const Node> node) : node_(std::move(node)) {}

  std::shared_ptr<const Node> node_;
};

// Builders used by rules. Comparisons with null give null, which passes a check.
Expression And(Expression a, Expression b);
Expression Or(Expression a, Expression b);
Expression Not(Expression a);
Expression IsNull(Expression a);
Expression IsNotNull(Expression a);
Expression Equal(Expression a, Expression b);
Expression In(Expression value, std::vector<Literal> list);

/// Bounds that NaN never satisfies (plain SQL sorts NaN above everything).
Expression Above(Expression value, Literal bound);
Expression AtLeast(Expression value, Literal bound);
Expression Below(Expression value, Literal bound);
Expression AtMost(Expression value, Literal bound);

/// Length in Unicode code points.
Expression CharacterLength(Expression text);
/// Whether the RE2 pattern is found anywhere in the text.
Expression MatchesRegex(Expression text, std::string pattern);
/// Whether the text is what plan/text_predicate.h calls `question`: "iban", "json", ...
Expression TextIs(Expression text, std::string question);
/// Whether the text parses as the type, under the casts of Spark in non-ANSI mode.
Expression CanCast(Expression text, FieldType type);

}  // namespace assay::plan
