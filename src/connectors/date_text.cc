#include "connectors/date_text.h"

#include <algorithm>

namespace assay::connectors {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

/// The number in exactly `count` digits at `offset`, or -1.
int DigitsAt(std::string_view text, size_t offset, size_t count) {
  if (offset + count > text.size()) return -1;
  int value = 0;
  for (size_t i = offset; i < offset + count; ++i) {
    if (!IsDigit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool EndsNumber(std::string_view text, size_t offset) {
  return offset >= text.size() || !IsDigit(text[offset]);
}

bool IsYear(int value) {
  return value >= 1900 && value <= 2099;
}
bool IsMonth(int value) {
  return value >= 1 && value <= 12;
}
bool IsDay(int value) {
  return value >= 1 && value <= 31;
}

bool IsDateSeparator(char c) {
  return c == '-' || c == '_' || c == '.' || c == ' ';
}

/// Length of "T10-30-00.123Z" and the like behind a full date, or 0.
size_t TimeOfDayLength(std::string_view text) {
  if (text.empty() || (text[0] != 'T' && text[0] != 't' && !IsDateSeparator(text[0]))) return 0;
  if (const int hour = DigitsAt(text, 1, 2); hour < 0 || hour > 23) return 0;
  size_t length = 3;
  const bool has_separator =
      length < text.size() && (IsDateSeparator(text[length]) || text[length] == ':');
  const char separator = has_separator ? text[length] : '\0';
  int units = 0;
  while (units < 2) {
    const size_t skip = has_separator ? 1 : 0;
    if (has_separator && (length >= text.size() || text[length] != separator)) break;
    const int value = DigitsAt(text, length + skip, 2);
    if (value < 0 || value > 59) break;
    if (has_separator && !EndsNumber(text, length + skip + 2)) break;
    length += skip + 2;
    ++units;
  }
  if (units == 0 || !EndsNumber(text, length)) return 0;
  if (units == 2 && length + 1 < text.size() && text[length] == '.' &&
      IsDigit(text[length + 1])) {
    ++length;
    while (length < text.size() && IsDigit(text[length])) ++length;
  }
  if (length < text.size() && (text[length] == 'Z' || text[length] == 'z')) ++length;
  return length;
}

size_t YearFirstLength(std::string_view text) {
  if (!IsYear(DigitsAt(text, 0, 4)) || text.size() < 7 || !IsDateSeparator(text[4])) return 0;
  if (!IsMonth(DigitsAt(text, 5, 2)) || !EndsNumber(text, 7)) return 0;
  if (text.size() < 10 || text[7] != text[4] || !IsDay(DigitsAt(text, 8, 2)) ||
      !EndsNumber(text, 10))
    return 7;
  return 10 + TimeOfDayLength(text.substr(10));
}

size_t YearLastLength(std::string_view text) {
  if (text.size() < 10 || !IsDateSeparator(text[2]) || text[5] != text[2]) return 0;
  const int first = DigitsAt(text, 0, 2);
  const int second = DigitsAt(text, 3, 2);
  const bool day_first = IsDay(first) && IsMonth(second);
  const bool month_first = IsMonth(first) && IsDay(second);
  if (!(day_first || month_first) || !IsYear(DigitsAt(text, 6, 4)) || !EndsNumber(text, 10))
    return 0;
  return 10;
}

}  // namespace

size_t SeparatedDateLength(std::string_view text) {
  const size_t year_first = YearFirstLength(text);
  return year_first != 0 ? year_first : YearLastLength(text);
}

bool IsDateDigits(std::string_view digits) {
  if (!AllDigits(digits) || !IsYear(DigitsAt(digits, 0, 4))) return false;
  if (digits.size() == 4) return true;
  if (!IsMonth(DigitsAt(digits, 4, 2))) return false;
  if (digits.size() == 6) return true;
  if (!IsDay(DigitsAt(digits, 6, 2))) return false;
  if (digits.size() == 8) return true;
  if (DigitsAt(digits, 8, 2) > 23) return false;
  return digits.size() == 10 || digits.size() == 12 || digits.size() == 14;
}

bool IsCompactDate(std::string_view word) {
  const size_t letter =
      static_cast<size_t>(std::find_if_not(word.begin(), word.end(), IsDigit) - word.begin());
  if (letter == 0 || letter >= word.size()) return false;
  const char c = static_cast<char>(word[letter] | 0x20);
  std::string_view rest = word.substr(letter + 1);
  if (letter == 8 && c == 't' && IsDateDigits(word.substr(0, 8))) {
    if (!rest.empty() && (rest.back() | 0x20) == 'z') rest.remove_suffix(1);
    return AllDigits(rest) && rest.size() >= 2 && rest.size() <= 9;
  }
  return letter == 4 && IsYear(DigitsAt(word, 0, 4)) &&
         (c == 'q' || c == 'w' || c == 'h' || c == 'm') && AllDigits(rest) && rest.size() <= 2;
}

}  // namespace assay::connectors
