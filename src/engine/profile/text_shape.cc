#include "engine/profile/text_shape.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/text_value.h"

namespace assay::engine::profile {
namespace {

constexpr size_t kPatternBytes = 64;

char ClassOf(char c) {
  if (c >= 'a' && c <= 'z') return 'a';
  if (c >= 'A' && c <= 'Z') return 'A';
  if (c >= '0' && c <= '9') return '9';
  if (static_cast<unsigned char>(c) >= 0x80) return 'u';
  return 0;
}

bool IsSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

std::string CharacterPatternOf(std::string_view text) {
  std::string pattern;
  size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    std::string piece;
    const char character_class = ClassOf(c);
    size_t next = at + 1;
    if (character_class == 0) {
      if (c == '\\' || c == '{' || c == '}') piece += '\\';
      piece += c;
    } else {
      size_t run = 1;
      while (next < text.size() && ClassOf(text[next]) == character_class) {
        if (character_class != 'u' || !IsContinuation(text[next])) ++run;
        ++next;
      }
      piece += character_class;
      if (run > 1) piece += '{' + std::to_string(run) + '}';
    }
    if (pattern.size() + piece.size() > kPatternBytes) return pattern + "…";
    pattern += piece;
    at = next;
  }
  return pattern;
}

uint8_t TypesOf(std::string_view text) {
  if (TextToBoolean(text)) return kParsesAsBoolean;
  uint8_t types = 0;
  if (const auto number = ParseNumberText(text)) {
    types |= kParsesAsFractional;
    if (!number->has_point && TextToHugeint(text)) types |= kParsesAsIntegral;
  } else if (TextToDouble(text)) {
    types |= kParsesAsFractional;
  }
  if (TextToTimestamp(text)) {
    types |= kParsesAsTimestamp;
    if (IsDateText(text)) types |= kParsesAsDate;
  }
  return types;
}

int64_t CodePoints(std::string_view text) {
  int64_t continuations = 0;
  const char* at = text.data();
  size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    uint64_t word = 0;
    std::memcpy(&word, at, 8);
    if ((word & 0x8080808080808080u) == 0) continue;
    // The high bit of each byte that is 10xxxxxx.
    continuations += std::popcount(word & (~word << 1) & 0x8080808080808080u);
  }
  for (; left > 0; ++at, --left) continuations += IsContinuation(*at);
  return static_cast<int64_t>(text.size()) - continuations;
}

void AddTextNumber(std::string_view text, TextNumbers& numbers) {
  const auto number = ParseNumberText(text);
  if (!number || number->has_exponent) return;
  const size_t integer_digits = number->integer == "0" ? 0 : number->integer.size();
  numbers.integer_digits = std::max(numbers.integer_digits, static_cast<int>(integer_digits));
  numbers.fraction_digits =
      std::max(numbers.fraction_digits, static_cast<int>(number->fraction.size()));
  numbers.fit_double = numbers.fit_double && TextToDouble(text).has_value();
}

bool IsBlank(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsSpace);
}

}  // namespace assay::engine::profile
