// Text in DQDL to tokens.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::imports {

enum class DqdlTokenKind {
  kEnd,
  kWord,    // letters, digits, '_', '.': a name, a keyword or a number
  kText,    // "...", escapes resolved
  kSymbol,  // ( ) [ ] { } , : = != ! < <= > >= + - * / $
};

struct DqdlToken {
  DqdlTokenKind kind = DqdlTokenKind::kEnd;
  std::string text = {};
  int line = 0;       // from 1
  size_t offset = 0;  // of the first byte
  size_t end = 0;     // behind the last byte
};

/// All tokens, the last is kEnd. Comments (# to the end of the line) are skipped. kInvalidInput
/// "line N: ..." when a text is not closed or a character starts no token. O(length).
Result<std::vector<DqdlToken>> TokenizeDqdl(std::string_view text);

}  // namespace assay::imports
