// The recursive-descent parser behind plan/parser.h, after Spark's grammar:
//
//   or         := and (OR and)*
//   and        := not (AND not)*
//   not        := (NOT | !)* predicate
//   predicate  := comparison [IS ... | [NOT] (IN | BETWEEN | LIKE | ILIKE | RLIKE | REGEXP)
//   ...] comparison := sum ((= | == | <=> | <> | != | < | <= | > | >=) sum)* sum        :=
//   product ((+ | - | ||) product)* product    := unary ((* | / | % | div) unary)* unary := (-
//   | +)* postfix postfix    := primary (:: type)*

#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/functions.h"
#include "plan/lexer.h"
#include "plan/parser.h"

namespace assay::plan {

/// Parses the tokens of one text. Every failure names line and column.
class Syntax {
 public:
  /// Whether the text is about one row, one value of all rows (ParseAggregate), or a group of
  /// rows and what they share (ParseProjection).
  enum class Aggregates { kRefused, kExpected, kAllowed };

  Syntax(std::string_view text, std::vector<Token> tokens, const Variables& variables,
         Aggregates aggregates = Aggregates::kRefused)
      : text_(text),
        tokens_(std::move(tokens)),
        variables_(variables),
        aggregates_(aggregates) {}

  /// One expression up to the end of the text.
  Result<Expression> Whole();

  /// An item of a list: a value, perhaps with a name; or `*`, which has neither.
  struct SelectItem {
    std::optional<Expression> value = {};
    std::optional<std::string> name = {};
    size_t offset = 0;  // in the text
  };
  /// What stands behind SELECT, up to the end of the text. (syntax_select.cc)
  Result<std::vector<SelectItem>> SelectList();
  /// What stands behind GROUP BY: values without names.
  Result<std::vector<SelectItem>> GroupingList();

 private:
  // syntax.cc: operators
  Result<Expression> Or();
  Result<Expression> And();
  Result<Expression> Not();
  Result<Expression> Predicate();
  Result<Expression> IsPredicate(Expression value);
  Result<Expression> InPredicate(Expression value);
  Result<Expression> LikePredicate(const char* function, Expression value);
  Result<Expression> Comparison();
  Result<Expression> Sum();
  Result<Expression> Product();
  Result<Expression> Unary();
  Result<Expression> Postfix();

  // syntax_primary.cc: what operators join
  Result<Expression> Primary();
  Result<Expression> WordPrimary();
  Result<Expression> TypedText(LiteralKind kind);
  Result<Expression> Number(bool negative);
  Result<Expression> Interval(bool negative);
  Result<Expression> Placeholder();
  Result<Expression> Name();
  Result<std::string> Type();

  // syntax_select.cc
  Result<std::string> ColumnName();

  // syntax_calls.cc: CASE, CAST and functions
  Result<Expression> FunctionCall();
  Result<Expression> AggregateCall(const Function& function, const Token& name);
  Result<Expression> Filtered(std::string function, std::vector<Expression> arguments);
  Result<Expression> Case();
  Result<Expression> Cast();
  Result<Expression> Trim();
  Result<Expression> Substring();
  Result<Expression> Extract();
  Result<Expression> PositionOf();
  Status RefuseKnownFunction(const Token& name) const;

  const Token& Peek(size_t ahead = 0) const;
  Token Take();
  bool IsSymbol(std::string_view symbol, size_t ahead = 0) const;
  bool IsWord(std::string_view word, size_t ahead = 0) const;
  bool TakeSymbol(std::string_view symbol);
  bool TakeWord(std::string_view word);
  Status Expect(std::string_view symbol_or_word);

  /// The call with a check of its depth, so that long chains cannot exhaust the stack later.
  Result<Expression> Call(std::string function, std::vector<Expression> arguments) const;

  std::unexpected<Error> Refuse(ErrorKind kind, const Token& at, const std::string& what) const;
  /// "expected `what`, found ..." at the next token; kUnsupported for known SQL beyond the
  /// subset.
  std::unexpected<Error> Expected(const std::string& what) const;

  std::string_view text_;
  std::vector<Token> tokens_;
  const Variables& variables_;
  const Aggregates aggregates_;
  size_t next_ = 0;
  int nesting_ = 0;
  int aggregate_calls_ = 0;
  bool in_aggregate_ = false;  // within the arguments of one
};

}  // namespace assay::plan
