// Text of an expression to tokens.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::plan {

enum class TokenKind {
  kEnd,
  kWord,         // a name or keyword as written
  kQuotedWord,   // `name`: never a keyword
  kNumber,       // digits, point, exponent, suffix
  kString,       // 'text' or "text", escapes resolved
  kPlaceholder,  // {{ name }}
  kSymbol,       // an operator or punctuation
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;   // the name, number or symbol; of a string, its value
  size_t offset = 0;  // of its first byte
};

/// All tokens, the last is kEnd. Comments (-- and /* */) are skipped.
/// kInvalidInput with line and column when a quote, comment or placeholder is not closed, or a
/// character starts no token. O(length).
Result<std::vector<Token>> Tokenize(std::string_view text);

/// "line 2, column 5" of a byte offset; columns count code points from 1.
std::string Position(std::string_view text, size_t offset);

}  // namespace assay::plan
