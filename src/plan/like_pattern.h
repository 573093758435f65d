// Patterns of LIKE, taken apart.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay::plan {

/// A part of a LIKE pattern: text to match, "%" (any text) or "_" (any one character).
struct LikePiece {
  enum class Kind { kText, kAnyText, kAnyCharacter };
  Kind kind;
  std::string text;  // of kText, without escapes

  friend bool operator==(const LikePiece&, const LikePiece&) = default;
};

/// kInvalidInput when `escape` stands at the end or before a character that it cannot escape:
/// only
/// %, _ and itself.
Result<std::vector<LikePiece>> ParseLikePattern(std::string_view pattern, char escape);

/// What stands before "%", "_" and backslashes that are meant as such: nothing when the pattern
/// has no "%" or "_" of that kind.
enum class LikeEscapes { kNone, kBackslash };

/// The pieces as one pattern again.
std::string PrintLikePattern(const std::vector<LikePiece>& pieces, LikeEscapes escapes);

}  // namespace assay::plan
