#include "engine/profile/text_shape.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

namespace assay::engine::profile {
namespace {

constexpr size_t kPatternBytes = 64;
constexpr size_t kTypedTextBytes = 64;

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
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

/// Reads digits[minimum..maximum] at the front of `text` into `value`.
bool TakeNumber(std::string_view& text, size_t minimum, size_t maximum, int& value) {
  size_t digits = 0;
  value = 0;
  while (digits < maximum && digits < text.size() && IsDigit(text[digits])) {
    value = value * 10 + (text[digits++] - '0');
  }
  text.remove_prefix(digits);
  return digits >= minimum;
}

bool TakeChar(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

bool IsCalendarDay(int year, int month, int day) {
  constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > kDays[month - 1]) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month != 2 || day < 29 || leap;
}

/// Takes a date off the front of `text`.
bool TakeDate(std::string_view& text) {
  std::string_view rest = text;
  int year = 0, month = 0, day = 0;
  for (const char separator : {'-', '/'}) {
    rest = text;
    if (TakeNumber(rest, 4, 4, year) && TakeChar(rest, separator) &&
        TakeNumber(rest, 1, 2, month) && TakeChar(rest, separator) &&
        TakeNumber(rest, 1, 2, day) && IsCalendarDay(year, month, day)) {
      text = rest;
      return true;
    }
  }
  rest = text;
  if (TakeNumber(rest, 4, 4, year) && TakeNumber(rest, 2, 2, month) &&
      TakeNumber(rest, 2, 2, day) && year >= 1900 && year < 2100 &&
      IsCalendarDay(year, month, day)) {
    text = rest;
    return true;
  }
  for (const char separator : {'.', '/'}) {
    int first = 0, second = 0;
    rest = text;
    if (TakeNumber(rest, 1, 2, first) && TakeChar(rest, separator) &&
        TakeNumber(rest, 1, 2, second) && TakeChar(rest, separator) &&
        TakeNumber(rest, 4, 4, year) &&
        (IsCalendarDay(year, second, first) ||
         (separator == '/' && IsCalendarDay(year, first, second)))) {
      text = rest;
      return true;
    }
  }
  return false;
}

/// Takes " 08:30", "T08:30:00.123Z" or "T08:30:00+02:00".
bool TakeTime(std::string_view& text) {
  int hour = 0, minute = 0, second = 0, offset = 0;
  if (!TakeChar(text, 'T') && !TakeChar(text, ' ')) return false;
  if (!TakeNumber(text, 1, 2, hour) || !TakeChar(text, ':') || !TakeNumber(text, 2, 2, minute))
    return false;
  if (hour > 23 || minute > 59) return false;
  if (TakeChar(text, ':')) {
    if (!TakeNumber(text, 2, 2, second) || second > 59) return false;
    if (TakeChar(text, '.')) {
      if (text.empty() || !IsDigit(text.front())) return false;
      while (!text.empty() && IsDigit(text.front())) text.remove_prefix(1);
    }
  }
  if (TakeChar(text, 'Z') || text.empty()) return true;
  if (!TakeChar(text, '+') && !TakeChar(text, '-')) return false;
  if (!TakeNumber(text, 2, 2, offset)) return false;
  TakeChar(text, ':');
  return text.empty() || TakeNumber(text, 2, 2, offset);
}

uint8_t NumberTypes(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  if (text.empty()) return 0;
  // "007" is a code: as a number it would lose its zeros.
  const std::string_view digits = text.front() == '-' ? text.substr(1) : text;
  if (digits.size() > 1 && digits[0] == '0' && IsDigit(digits[1])) return 0;
  const char* const end = text.data() + text.size();
  int64_t integer = 0;
  if (const auto parsed = std::from_chars(text.data(), end, integer);
      parsed.ptr == end && parsed.ec == std::errc{}) {
    return kParsesAsIntegral | kParsesAsFractional;
  }
  constexpr size_t kWidestInteger = 38;
  if (digits.size() <= kWidestInteger && std::ranges::all_of(digits, IsDigit))
    return kParsesAsIntegral | kParsesAsFractional;
  double number = 0;
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ptr != end || parsed.ec == std::errc::invalid_argument) return 0;
  return kParsesAsFractional;
}

/// The digits of an unsigned number without the zeros at both ends.
std::string SignificantDigits(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (IsDigit(c) && (c != '0' || !digits.empty())) digits += c;
  }
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits;
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
  text = Trim(text);
  if (text.empty() || text.size() > kTypedTextBytes) return 0;
  for (const std::string_view word : {"true", "false", "yes", "no", "t", "f", "y", "n"}) {
    if (EqualsIgnoringCase(text, word)) return kParsesAsBoolean;
  }
  uint8_t types = NumberTypes(text);
  std::string_view rest = text;
  if (IsDigit(text.front()) && TakeDate(rest)) {
    if (rest.empty()) {
      types |= kParsesAsDate | kParsesAsTimestamp;
    } else if (TakeTime(rest) && rest.empty()) {
      types |= kParsesAsTimestamp;
    }
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
  text = Trim(text);
  if ((NumberTypes(text) & kParsesAsFractional) == 0) return;
  if (text.front() == '+' || text.front() == '-') text.remove_prefix(1);
  const size_t point = std::min(text.find('.'), text.size());
  const std::string_view integer = text.substr(0, point);
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  if (!std::ranges::all_of(integer, IsDigit) || !std::ranges::all_of(fraction, IsDigit)) return;
  const std::string_view whole = integer == "0" ? std::string_view() : integer;
  numbers.integer_digits = std::max(numbers.integer_digits, static_cast<int>(whole.size()));
  numbers.fraction_digits =
      std::max(numbers.fraction_digits, static_cast<int>(fraction.size()));
  constexpr size_t kAlwaysExactDigits = 15;
  if (!numbers.fit_double || whole.size() + fraction.size() <= kAlwaysExactDigits) return;
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  char buffer[32];
  const auto printed =
      std::to_chars(buffer, buffer + sizeof(buffer), number, std::chars_format::scientific);
  const std::string_view shortest(buffer, static_cast<size_t>(printed.ptr - buffer));
  numbers.fit_double =
      SignificantDigits(text) == SignificantDigits(shortest.substr(0, shortest.find('e')));
}

bool IsBlank(std::string_view text) {
  return !text.empty() && Trim(text).empty();
}

}  // namespace assay::engine::profile
