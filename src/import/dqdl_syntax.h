// The recursive-descent parser of rules in DQDL, behind dqdl_parser.h.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "import/dqdl_lexer.h"
#include "import/dqdl_parser.h"

namespace assay::imports {

/// Reads from one list of tokens, the last of which is kEnd. Errors do not name the line: the
/// caller knows where the rule starts.
class DqdlSyntax {
 public:
  explicit DqdlSyntax(std::vector<DqdlToken> tokens) : tokens_(std::move(tokens)) {}

  /// Rules joined by and, or, up to what belongs to none.
  Result<DqdlNode> Rule();
  /// ["key"="value", ...]
  Result<Json> Labels();
  /// The value of a variable, for $name later on.
  Status ReadVariable(const std::string& name);

  const DqdlToken& Peek(size_t ahead = 0) const;
  DqdlToken Take();
  bool AtEnd() const { return Peek().kind == DqdlTokenKind::kEnd; }
  bool IsSymbol(std::string_view symbol, size_t ahead = 0) const;
  bool TakeSymbol(std::string_view symbol);
  /// Where the token that was taken last ends.
  size_t LastEnd() const { return next_ == 0 ? 0 : tokens_[next_ - 1].end; }

  /// To the comma before the next rule, or the closing bracket, behind the entry that starts at
  /// `offset`.
  void SkipToComma(size_t offset);
  /// Over one value in brackets of any kind.
  void SkipBalanced();
  /// "unexpected 'x'" at the next token.
  std::string Unexpected() const;

 private:
  Result<DqdlNode> Joined();
  Result<DqdlNode> Single();
  Result<DqdlRule> Simple();
  Status Parameters(DqdlRule& rule);
  Result<DqdlCondition> Condition();
  Status List(DqdlCondition& condition);

  // dqdl_operands.cc
  Result<DqdlOperand> Operand();
  Result<DqdlOperand> TextOperand();
  Result<DqdlOperand> Moment();
  Result<DqdlOperand> Arithmetic();
  Status ArithmeticPart(bool& is_plain);

  bool IsWord(std::string_view word, size_t ahead = 0) const;
  bool TakeWord(std::string_view word);
  bool StartsCondition() const;
  bool StartsRule(size_t ahead) const;
  std::unexpected<Error> Expected(std::string_view what) const;

  std::vector<DqdlToken> tokens_;
  size_t next_ = 0;
  int nesting_ = 0;
  std::map<std::string, std::vector<DqdlOperand>> variables_;
};

}  // namespace assay::imports
