// Printing expressions as SQL of one engine.

#pragma once

#include <string>
#include <string_view>

#include "plan/expression.h"

namespace assay::plan {

/// How an engine spells SQL. Implementations are stateless; see plan/dialects/.
/// Identifiers and literals are always quoted by the dialect: no user text is ever pasted.
class Dialect {
 public:
  virtual ~Dialect() = default;

  virtual std::string_view name() const = 0;
  virtual std::string QuoteIdentifier(std::string_view identifier) const = 0;
  virtual std::string QuoteString(std::string_view text) const = 0;
  virtual std::string PrintLiteral(const Literal& literal) const = 0;

  /// The value of `field` as its logical type: the column or member path, cast when
  /// Field::reading says so. kUnsupported when this engine cannot read it so.
  virtual Result<std::string> PrintField(const Field& field) const = 0;

  /// SQL whose value is that of `expression` for every row of a container with `schema`.
  /// kUnsupported, with the function's name, when this engine cannot express it with exactly
  /// that value; kInvalidInput as for TypeOf.
  virtual Result<std::string> Print(const Expression& expression,
                                    const Schema& schema) const = 0;

  /// How much of a function this engine has. Print gives kUnsupported for the rest.
  struct Support {
    enum class Extent { kAll, kPart, kNone };
    Extent extent = Extent::kNone;
    std::string_view without;  // of kPart: what it lacks, such as "doubles to text"
  };
  /// By the function's name in plan/functions.h.
  virtual Support Supports(std::string_view function) const = 0;

  /// SQL for two expressions, each over the rows of a container of its own, cast as Equal casts
  /// its arguments: so their values can be joined and grouped. kInvalidInput when they cannot
  /// be compared; else as Print.
  struct Comparable {
    std::string a, b;
  };
  virtual Result<Comparable> PrintComparable(const Expression& a, const Schema& schema_of_a,
                                             const Expression& b,
                                             const Schema& schema_of_b) const = 0;
};

}  // namespace assay::plan
