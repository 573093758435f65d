// Texts that are another one with a slip of the finger.

#pragma once

#include <string_view>

namespace assay::infer {

/// Whether one of them becomes the other by one character more, less or exchanged for another,
/// or by two neighbours changing places. Bytes, without the case of ASCII letters. False for
/// texts that are equal so.
bool DifferByOneSlip(std::string_view a, std::string_view b);

/// Whether `text` is near enough to `right` to be a misspelling of it: one to three edits by
/// length. Of codes of up to three characters, which differ by little without being related:
/// three letters with one slip; two or less with another number of characters, or the two
/// exchanged.
bool IsNearMiss(std::string_view text, std::string_view right);

}  // namespace assay::infer
