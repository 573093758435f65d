// What a text looks like: its character pattern, and the types it would parse as.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/profile.h"

namespace assay::engine::profile {

/// Runs of one class of characters, each as the class and the run's length when over 1:
/// "AB-1234 x" is "A{2}-9{4} a". Classes: a lower-case and A upper-case ASCII letters, 9
/// digits, u everything outside ASCII. Other characters stand for themselves, with \ before \ {
/// and }. Cut after 64 bytes, then ending in "…". O(length of what is printed).
std::string CharacterPatternOf(std::string_view text);

/// Bits of the types a text parses as (engine/text_value.h). An integer is also a fractional
/// number, a date also a timestamp.
enum TypeBits : uint8_t {
  kParsesAsIntegral = 1,  // also beyond 64 bits; not with a point
  kParsesAsFractional = 2,
  kParsesAsBoolean = 4,
  kParsesAsDate = 8,
  kParsesAsTimestamp = 16,
};

/// O(length).
uint8_t TypesOf(std::string_view text);

/// Widens `numbers` so that it holds `text`, if that is a number. O(length).
void AddTextNumber(std::string_view text, TextNumbers& numbers);

/// Number of Unicode code points; bytes that are not UTF-8 count one each unless they look like
/// a continuation.
int64_t CodePoints(std::string_view text);

/// Whether every character is ASCII white space and there is at least one.
bool IsBlank(std::string_view text);

}  // namespace assay::engine::profile
