// Learning a regular expression from texts, some of which are wrong.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/profile.h"

namespace assay::infer {

/// A text and how often it occurs. Of cut texts only the beginning is known.
struct WeightedText {
  std::string text;
  double weight = 1;
  bool is_cut = false;
};

/// The values of a field to learn from; the examples of its patterns where there are none.
std::vector<WeightedText> TextsOf(const engine::FieldProfile& profile);

struct TextPattern {
  std::string regex;         // RE2, anchored
  double covered_share = 0;  // of the weight, that matches it; at least 95 %, 60 % of codes
};

/// The strictest of four kinds of expression that at least 95 % of the texts match:
///   1. codes: runs of letters of one case and of digits, each of a fixed length, between fixed
///      characters; up to three alternatives: ^[A-Z]{2}-[0-9]{4}$. Digits may vary in number.
///   2. codes of mixed letters and digits (UUIDs, hexadecimal): ^[a-f0-9]{8}-[a-f0-9]{4}$
///   3. words of some kinds of characters around fixed punctuation (e-mail addresses, names),
///      with room for longer ones: ^[a-z0-9._]{2,30}@[a-z0-9]{1,20}(?:[.][a-z0-9]{1,20}){1,3}$
///   4. a limit of the length: ^(?s:.{0,120})$
/// Where the others are slips (infer/typical_shapes.h), codes are learned from the texts of
/// common shapes alone, and may match fewer.
/// nullopt for fewer than 20 texts, or texts too long to say anything. O(total length).
std::optional<TextPattern> LearnTextPattern(const std::vector<WeightedText>& texts);

/// The share of the weight that an expression matches; 0 when it is none of RE2.
double CoveredShare(const std::string& regex, const std::vector<WeightedText>& texts);

}  // namespace assay::infer
