// Reading UTF-8 that may be broken, and how wide it stands in a terminal.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::report {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

/// The code point at `position`, which moves behind it. A byte that starts no valid sequence
/// gives kReplacementCharacter and moves by one. `position` must be inside the text.
char32_t NextCodePoint(std::string_view text, size_t& position);

/// Code points in the text; each broken byte counts as one.
size_t CodePointCount(std::string_view text);

/// The first `code_points` of the text with "…" behind them, or the text itself when it is not
/// longer. Broken bytes become U+FFFD in what is cut.
std::string CutToCodePoints(std::string_view text, size_t code_points);

/// Terminal cells of the text: 2 for East Asian wide characters and emoji, 0 for combining
/// marks and other characters without a place of their own, else 1. Expects no control
/// characters.
size_t DisplayWidth(std::string_view text);

/// Whether a terminal or browser would act on the character instead of showing it: control
/// characters, and those that reorder the text around them.
bool IsControl(char32_t code_point);

}  // namespace assay::report
