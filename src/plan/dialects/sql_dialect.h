// What dialects of SQL share: the walk over typed trees, the limit of size, logic, conditions,
// comparisons and arithmetic. A dialect states how its engine spells the rest.
//
// Each piece of SQL stands for itself: operators are in parentheses. Nothing printed can raise
// an error on a row; what would is null (TRY, TRY_CAST). The size is bounded, because some
// operands have to be printed twice.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/dialect.h"
#include "plan/typed.h"

namespace assay::plan::dialects {

/// The printed arguments of a call.
using Arguments = std::vector<std::string>;

/// How one engine prints a function: gets the call and its printed arguments.
using OwnCall = Result<std::string> (*)(const Typed& call, const Arguments& arguments);

/// Functions whose SQL is a template with $1 to $9. "name/2" is for two arguments, a bare name
/// for any number.
class Templates {
 public:
  Templates(std::initializer_list<std::pair<const std::string, std::string_view>> templates)
      : templates_(templates) {}

  std::optional<std::string_view> Find(std::string_view function, size_t count) const;
  /// Whether there is one for some number of arguments.
  bool Has(std::string_view function) const;

 private:
  std::map<std::string, std::string_view, std::less<>> templates_;
};

/// What the engine's comparisons make of NaN.
enum class NanOrder {
  kAboveAll,  // it equals itself and is above all numbers, as in the language
  kIeee,      // every comparison with it is false
};

class SqlDialect : public Dialect {
 public:
  std::string QuoteIdentifier(std::string_view identifier) const override;
  std::string QuoteString(std::string_view text) const override;
  Result<std::string> Print(const Expression& expression, const Schema& schema) const override;
  Result<Comparable> PrintComparable(const Expression& a, const Schema& schema_of_a,
                                     const Expression& b,
                                     const Schema& schema_of_b) const override;
  Support Supports(std::string_view function) const override;

  /// A node with all below it. kUnsupported as for Print.
  Result<std::string> PrintTyped(const Typed& node) const;

  // What the engine states:

  /// For messages and documentation: "DuckDB".
  virtual std::string_view title() const = 0;
  virtual size_t max_sql_bytes() const = 0;
  virtual std::string PrintType(ValueType type) const = 0;
  virtual const Templates& templates() const = 0;
  /// For functions that need code, and for those it prints otherwise than shared; else nullptr.
  virtual OwnCall FindOwn(std::string_view function) const = 0;
  /// What it lacks of a function that it has; empty when it has all of it.
  virtual std::string_view Without(std::string_view) const { return ""; }

  virtual NanOrder nan_order() const = 0;
  virtual std::string IsNan(const std::string& number) const = 0;
  /// The whole part of a double.
  virtual std::string Truncated(const std::string& number) const = 0;
  /// The operator that divides integers and cuts off the fraction.
  virtual std::string_view whole_division() const = 0;
  /// + - * / of decimals, of which the divisor is not zero. Null when it does not fit.
  virtual Result<std::string> OverDecimals(const Typed& call, const Arguments& arguments,
                                           std::string_view op) const = 0;
  /// + and - of a date or timestamp and days or an interval. Null when it does not fit.
  virtual Result<std::string> OverTime(const Typed& call, const Arguments& arguments,
                                       std::string_view op) const = 0;
  /// "=" or "<>" of two values of one type, and whether a value is in a list of that type.
  /// Doubles as the engine compares them.
  virtual std::string PrintEquality(std::string_view comparison, const std::string& a,
                                    const std::string& b) const;
  virtual std::string PrintMembership(const std::string& value, const Arguments& items) const;
  /// Null for null, else `outcome`. Not for doubles.
  virtual std::string PrintConstant(const std::string& value, bool outcome) const;
  /// Exchanges both sides of a comparison where the stored value is better compared as it is.
  virtual void CompareAsStored(const Typed&, const Typed&, std::string&, std::string&) const {}

 private:
  Result<std::string> PrintNode(const Typed& node) const;
  Result<std::string> PrintCall(const Typed& call) const;
};

/// How all dialects print a function.
using SharedCall = Result<std::string> (*)(const SqlDialect& dialect, const Typed& call,
                                           const Arguments& arguments);

// The functions of a file; nullptr when it has none of that name.
SharedCall SharedLogicCall(std::string_view function);       // sql_logic.cc
SharedCall SharedComparisonCall(std::string_view function);  // sql_comparison.cc
SharedCall SharedArithmeticCall(std::string_view function);  // sql_arithmetic.cc
SharedCall SharedAggregateCall(std::string_view function);   // sql_aggregates.cc

// sql_dialect.cc
/// Replaces $1 to $9 in a template by the arguments.
std::string FillTemplate(std::string_view text, const Arguments& arguments);
/// "name(a, b)".
std::string PrintListed(std::string_view name, const Arguments& arguments);
/// The error for what an engine cannot express.
std::unexpected<Error> Lacking(const SqlDialect& dialect, std::string_view what);
/// The error for SQL beyond max_sql_bytes.
std::unexpected<Error> TooLarge(const SqlDialect& dialect);
/// Of any kind but null; of one kind.
bool IsLiteral(const Typed& node);
bool IsLiteral(const Typed& node, LiteralKind kind);

// sql_logic.cc
/// ((a AND b) AND (c AND d)): long chains stay shallow for the engine's parser.
std::string Balanced(std::span<const std::string> terms, std::string_view joint);

// sql_comparison.cc
/// A comparison with a literal of the value's own type: "x >= 13" of x > 12.5 over integers.
struct LiteralComparison {
  enum class Outcome { kCompare, kAlwaysTrue, kAlwaysFalse };
  Outcome outcome = Outcome::kCompare;
  std::string comparison;  // "=", "<>", "<", "<=", ">", ">="
  Literal literal;
};
/// `comparison` as in LiteralComparison. Exact whatever the kinds of the two numbers.
LiteralComparison CompareWithLiteral(std::string_view comparison, const Typed& value,
                                     const Literal& literal);
/// Whether a number is compared with one that is written out.
bool IsNumericLiteralComparison(const Typed& value, const Typed& literal);
/// "(a < b)" with the language's meaning of NaN, exact across kinds of numbers.
std::string PrintComparison(const SqlDialect& dialect, std::string_view comparison,
                            const Typed& a, const Typed& b, std::string a_sql,
                            std::string b_sql);

// sql_arithmetic.cc
/// Null where the operator fails. Only the operator itself may fail: the engine may compute
/// what is below it, when it occurs twice, outside of the TRY.
std::string Checked(const std::string& sql);
/// An integer operand as the wider `type`, so that narrow columns do not overflow early.
std::string Widened(const SqlDialect& dialect, const Typed& operand, const std::string& sql,
                    ValueType type);

// sql_aggregates.cc
/// `value` where no argument is null, else null.
std::string WhereNoneIsNull(const Arguments& arguments, const std::string& value);

}  // namespace assay::plan::dialects
