// Which texts have the shape that most have, where the others are that shape with a slip.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "infer/text_pattern.h"

namespace assay::infer {

/// What counts as the same character in a shape.
enum class ShapeDetail {
  kKinds,  // lower case, upper case, digits, others; fixed characters by themselves
  kWords,  // letters and digits
};

/// A text by the kinds of its characters, one character for each. Letters of different case
/// give different letters, as slips are looked for without case.
std::string ShapeOf(const std::string& text, ShapeDetail detail);

/// The texts of up to three common shapes (kinds of characters, one by one), each of at least
/// 10 % of the weight and together of at least 65 %, when all others look like slips: no shape
/// of more than an eighth of the least common one, three quarters of them one slip
/// (infer/near_miss.h) from a common shape, and no more than 5 % of the weight anything else.
/// Numbers that grow differ in length to one side only, slips to both.
/// nullopt otherwise, and when there is nothing to leave out.
std::optional<std::vector<WeightedText>> TypicalTexts(const std::vector<WeightedText>& texts,
                                                      ShapeDetail detail);

}  // namespace assay::infer
