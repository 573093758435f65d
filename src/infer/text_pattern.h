// Learning a regular expression from texts, some of which are wrong.

#pragma once

#include <optional>
#include <string>
#include <vector>

namespace assay::infer {

/// A text and how often it occurs. Of cut texts only the beginning is known.
struct WeightedText {
  std::string text;
  double weight = 1;
  bool is_cut = false;
};

struct TextPattern {
  std::string regex;         // RE2, anchored
  double covered_share = 0;  // of the weight, that matches it; at least 95 %
};

/// The strictest of four kinds of expression that at least 95 % of the texts match:
///   1. codes: runs of letters of one case and of digits, each of a fixed length, between fixed
///      characters; up to three alternatives: ^[A-Z]{2}-[0-9]{4}$. Digits may vary in number.
///   2. codes of mixed letters and digits (UUIDs, hexadecimal): ^[a-f0-9]{8}-[a-f0-9]{4}$
///   3. words of some kinds of characters around fixed punctuation (e-mail addresses, names),
///      with room for longer ones: ^[a-z0-9._]{2,30}@[a-z0-9]{1,20}(?:[.][a-z0-9]{1,20}){1,3}$
///   4. a limit of the length: ^(?s:.{0,120})$
/// nullopt for fewer than 20 texts, or texts too long to say anything. O(total length).
std::optional<TextPattern> LearnTextPattern(const std::vector<WeightedText>& texts);

}  // namespace assay::infer
