// Which known name a misspelt one was probably meant to be.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace assay::rules {

/// The number of characters to insert, delete or replace to turn `a` into `b` (Levenshtein),
/// bytes compared without the case of ASCII letters. O(a * b).
size_t EditDistance(std::string_view a, std::string_view b);

/// " (did you mean 'x'?)" for the name of `known` within a third of its length in edits,
/// letters compared without case; empty when none is that near. O(length^2) for each known
/// name; names longer than 64 bytes are not compared.
std::string DidYouMean(std::string_view name, std::span<const std::string> known);

}  // namespace assay::rules
