#include "plan/like_pattern.h"

#include <fmt/format.h>

namespace assay::plan {

Result<std::vector<LikePiece>> ParseLikePattern(std::string_view pattern, char escape) {
  std::vector<LikePiece> pieces;
  const auto add_character = [&](char c) {
    if (pieces.empty() || pieces.back().kind != LikePiece::Kind::kText) {
      pieces.push_back({LikePiece::Kind::kText, ""});
    }
    pieces.back().text += c;
  };
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == escape) {
      ++i;
      const bool escapable = i < pattern.size() &&
                             (pattern[i] == '%' || pattern[i] == '_' || pattern[i] == escape);
      if (!escapable) {
        return Fail(ErrorKind::kInvalidInput,
                    fmt::format("in a LIKE pattern, the escape character '{}' must stand "
                                "before %, _ or itself: '{}'",
                                escape, pattern));
      }
      add_character(pattern[i]);
    } else if (c == '%') {
      pieces.push_back({LikePiece::Kind::kAnyText, ""});
    } else if (c == '_') {
      pieces.push_back({LikePiece::Kind::kAnyCharacter, ""});
    } else {
      add_character(c);
    }
  }
  return pieces;
}

std::string PrintLikePattern(const std::vector<LikePiece>& pieces, LikeEscapes escapes) {
  std::string pattern;
  for (const LikePiece& piece : pieces) {
    if (piece.kind == LikePiece::Kind::kAnyText) pattern += '%';
    if (piece.kind == LikePiece::Kind::kAnyCharacter) pattern += '_';
    for (const char c : piece.text) {
      const bool escaped =
          escapes == LikeEscapes::kBackslash && (c == '%' || c == '_' || c == '\\');
      if (escaped) pattern += '\\';
      pattern += c;
    }
  }
  return pattern;
}

}  // namespace assay::plan
