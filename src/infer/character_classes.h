// Kinds of characters, as sets, and their regular expressions.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::infer {

/// A set of kinds of characters, as bits.
using CharacterKinds = uint8_t;
inline constexpr CharacterKinds kHexLower = 1;    // a-f
inline constexpr CharacterKinds kOtherLower = 2;  // g-z
inline constexpr CharacterKinds kHexUpper = 4;
inline constexpr CharacterKinds kOtherUpper = 8;
inline constexpr CharacterKinds kDigit = 16;
inline constexpr CharacterKinds kNotAscii = 32;
inline constexpr CharacterKinds kLower = kHexLower | kOtherLower;
inline constexpr CharacterKinds kUpper = kHexUpper | kOtherUpper;

/// The kind of one byte; 0 for ASCII characters that are neither letters nor digits.
CharacterKinds KindOf(char c);

/// Whether the byte begins a character of UTF-8.
inline bool BeginsCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

/// An expression that matches this very text.
std::string Quoted(std::string_view text);

/// A bracket expression of the kinds and of the further `characters`: "[a-z0-9._-]". The halves
/// of the alphabet count as all of it, unless `is_hexadecimal`.
std::string BracketExpression(CharacterKinds kinds, std::string_view characters,
                              bool is_hexadecimal);

/// "", "{n}", "{low,high}" or, where RE2 would need too much memory, "{low,}".
std::string Repetition(int64_t low, int64_t high);

}  // namespace assay::infer
