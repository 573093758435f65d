#include "engine/text_value.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace assay::engine {
namespace {

using profile::Int128;

constexpr size_t kLongestValue = 64;
constexpr size_t kMostDigits = 38;
constexpr size_t kAlwaysExactDigits = 15;  // any decimal of so many survives a double

bool IsSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

/// Without the white space around; empty when it is too long to be a value.
std::string_view ValueIn(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text.size() > kLongestValue ? std::string_view() : text;
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, [](char a, char b) { return (a | 0x20) == b; });
}

bool TakeChar(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::string_view TakeDigits(std::string_view& text) {
  size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  const std::string_view taken = text.substr(0, digits);
  text.remove_prefix(digits);
  return taken;
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

bool IsZeros(std::string_view digits) {
  return digits.find_first_not_of('0') == std::string_view::npos;
}

/// Without the zeros in front.
std::string_view Significant(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

/// "+5" is 5 to std::from_chars too.
std::string_view WithoutPlus(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  return text;
}

/// A number as it is mostly written: at most 15 digits, perhaps a minus before them and a point
/// between them. Such are exact in both int64_t and, divided by a power of ten, double.
struct ShortNumber {
  int64_t digits = 0;  // with the sign
  int fraction_digits = 0;
  bool has_point = false;
};

std::optional<ShortNumber> ParseShortNumber(std::string_view text) {
  const bool is_negative = TakeChar(text, '-');
  if (text.empty() || text.size() > kAlwaysExactDigits || !IsDigit(text[0]))
    return std::nullopt;
  if (text[0] == '0' && text.size() > 1 && text[1] != '.') return std::nullopt;
  ShortNumber number;
  for (const char c : text) {
    if (IsDigit(c)) {
      number.digits = number.digits * 10 + (c - '0');
      number.fraction_digits += number.has_point ? 1 : 0;
    } else if (c == '.' && !number.has_point) {
      number.has_point = true;
    } else {
      return std::nullopt;
    }
  }
  if (is_negative) number.digits = -number.digits;
  return number;
}

/// The integer of `digits` followed by `zeros` zeros; nullopt beyond 38 digits.
std::optional<Int128> MakeInteger(bool is_negative, std::string_view digits,
                                  std::string_view more, size_t zeros) {
  std::string_view first = Significant(digits);
  if (first.empty()) more = Significant(more);
  if (first.empty() && more.empty()) return Int128{0};
  if (first.size() + more.size() + zeros > kMostDigits) return std::nullopt;
  Int128 value = 0;
  for (const char c : first) value = value * 10 + (c - '0');
  for (const char c : more) value = value * 10 + (c - '0');
  for (size_t i = 0; i < zeros; ++i) value *= 10;
  return is_negative ? -value : value;
}

/// Copies the digits of a number without the zeros at both ends; returns how many.
size_t CopySignificant(std::string_view number, char* out) {
  size_t count = 0;
  for (const char c : number) {
    if (IsDigit(c) && (c != '0' || count > 0)) out[count++] = c;
  }
  while (count > 0 && out[count - 1] == '0') --count;
  return count;
}

/// Whether the digits of `text`, a number without exponent, are those that `value` prints with.
bool PrintsAs(double value, std::string_view text) {
  char buffer[32], printed[32], wanted[kLongestValue];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::scientific);
  const std::string_view scientific(buffer, static_cast<size_t>(end.ptr - buffer));
  const size_t count = CopySignificant(scientific.substr(0, scientific.find('e')), printed);
  return std::string_view(printed, count) ==
         std::string_view(wanted, CopySignificant(text, wanted));
}

using Days = std::chrono::sys_days;

std::optional<Days> MakeDay(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (year < 1 || !date.ok()) return std::nullopt;
  return Days(date);
}

/// Two digits at `i`; the caller has looked at them.
int TwoDigits(std::string_view text, size_t i) {
  return (text[i] - '0') * 10 + (text[i + 1] - '0');
}

/// Takes a date as it is mostly written, "2026-01-31", off the front of `text`.
std::optional<Days> TakeIsoDate(std::string_view& text) {
  constexpr size_t kBytes = 10;
  if (text.size() < kBytes || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (size_t i = 0; i < kBytes; ++i) {
    if (!IsDigit(text[i]) && i != 4 && i != 7) return std::nullopt;
  }
  const auto date = MakeDay(TwoDigits(text, 0) * 100 + TwoDigits(text, 2), TwoDigits(text, 5),
                            TwoDigits(text, 8));
  if (date) text.remove_prefix(kBytes);
  return date;
}

/// Takes a date off the front of `text`.
std::optional<Days> TakeDate(std::string_view& text) {
  if (const auto date = TakeIsoDate(text)) return date;
  std::string_view rest = text;
  int first = 0, second = 0, third = 0;
  std::optional<Days> date;
  if (TakeNumber(rest, 4, 4, first)) {
    const char separator = rest.empty() ? '\0' : rest.front();
    const bool is_separated = separator == '-' || separator == '/';
    if (is_separated) {
      rest.remove_prefix(1);
      if (TakeNumber(rest, 1, 2, second) && TakeChar(rest, separator) &&
          TakeNumber(rest, 1, 2, third))
        date = MakeDay(first, second, third);
    } else if (TakeNumber(rest, 2, 2, second) && TakeNumber(rest, 2, 2, third) &&
               first >= 1900 && first < 2100) {
      date = MakeDay(first, second, third);
    }
  } else {
    rest = text;
    if (TakeNumber(rest, 1, 2, first) && TakeChar(rest, '.') &&
        TakeNumber(rest, 1, 2, second) && TakeChar(rest, '.') && TakeNumber(rest, 4, 4, third))
      date = MakeDay(third, second, first);
  }
  if (date) text = rest;
  return date;
}

/// The whole of "Z", "UTC", "+02", "-0230" or "+02:00", perhaps after a space, as minutes.
std::optional<int> ParseZone(std::string_view text) {
  if (text.empty()) return 0;
  TakeChar(text, ' ');
  if (text == "Z" || text == "UTC") return 0;
  const bool is_west = TakeChar(text, '-');
  if (!is_west && !TakeChar(text, '+')) return std::nullopt;
  constexpr int kFurthestHours = 18;
  int hours = 0, minutes = 0;
  if (!TakeNumber(text, 2, 2, hours)) return std::nullopt;
  if (!text.empty()) {
    TakeChar(text, ':');
    if (!TakeNumber(text, 2, 2, minutes) || !text.empty()) return std::nullopt;
  }
  if (hours > kFurthestHours || minutes > 59) return std::nullopt;
  return is_west ? -(hours * 60 + minutes) : hours * 60 + minutes;
}

/// The whole of "T08:30:00.123+02:00", "" and what is between them, as time since the day began
/// in UTC.
std::optional<std::chrono::microseconds> ParseTime(std::string_view text) {
  using std::chrono::microseconds;
  if (text.empty()) return microseconds{0};
  int hour = 0, minute = 0, second = 0, micros = 0;
  if (!TakeChar(text, 'T') && !TakeChar(text, ' ')) return std::nullopt;
  if (!TakeNumber(text, 1, 2, hour) || !TakeChar(text, ':') || !TakeNumber(text, 2, 2, minute))
    return std::nullopt;
  if (TakeChar(text, ':')) {
    if (!TakeNumber(text, 2, 2, second)) return std::nullopt;
    if (TakeChar(text, '.')) {
      const std::string_view digits = TakeDigits(text);
      if (digits.empty()) return std::nullopt;
      for (size_t i = 0; i < 6; ++i)
        micros = micros * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    }
  }
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::optional<int> offset = ParseZone(text);
  if (!offset) return std::nullopt;
  return std::chrono::hours(hour) + std::chrono::minutes(minute - *offset) +
         std::chrono::seconds(second) + microseconds(micros);
}

}  // namespace

std::optional<NumberText> ParseNumberText(std::string_view text) {
  text = ValueIn(text);
  NumberText number;
  number.is_negative = TakeChar(text, '-');
  if (!number.is_negative) TakeChar(text, '+');
  number.integer = TakeDigits(text);
  if (number.integer.size() > 1 && number.integer[0] == '0') return std::nullopt;
  number.has_point = TakeChar(text, '.');
  if (number.has_point) number.fraction = TakeDigits(text);
  if (number.integer.empty() && number.fraction.empty()) return std::nullopt;
  if (TakeChar(text, 'e') || TakeChar(text, 'E')) {
    number.has_exponent = true;
    text = WithoutPlus(text);
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number.exponent);
    if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return number;
}

std::optional<bool> TextToBoolean(std::string_view text) {
  text = ValueIn(text);
  if (text.empty() || text.size() > 5) return std::nullopt;
  for (const std::string_view word : {"true", "yes", "t", "y"}) {
    if (EqualsIgnoringCase(text, word)) return true;
  }
  for (const std::string_view word : {"false", "no", "f", "n"}) {
    if (EqualsIgnoringCase(text, word)) return false;
  }
  return std::nullopt;
}

std::optional<int64_t> TextToBigint(std::string_view text) {
  if (const auto number = ParseShortNumber(text); number && !number->has_point)
    return number->digits;
  const auto number = ParseNumberText(text);
  if (!number || number->has_exponent || !IsZeros(number->fraction) || number->integer.empty())
    return std::nullopt;
  // In the negative, whose range is the larger one.
  int64_t value = 0;
  for (const char c : number->integer) {
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_sub_overflow(value, c - '0', &value))
      return std::nullopt;
  }
  if (number->is_negative) return value;
  if (value == INT64_MIN) return std::nullopt;
  return -value;
}

std::optional<Int128> TextToHugeint(std::string_view text) {
  const auto number = ParseNumberText(text);
  if (!number || number->has_exponent || !IsZeros(number->fraction) || number->integer.empty())
    return std::nullopt;
  return MakeInteger(number->is_negative, number->integer, {}, 0);
}

std::optional<double> TextToDouble(std::string_view text) {
  if (const auto number = ParseShortNumber(text)) {
    constexpr double kPowers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
    const double value = static_cast<double>(number->digits) / kPowers[number->fraction_digits];
    return number->digits == 0 && text[0] == '-' ? -0.0 : value;
  }
  text = WithoutPlus(ValueIn(text));
  const auto number = ParseNumberText(text);
  if (!number) {
    const std::string_view word = text.starts_with('-') ? text.substr(1) : text;
    const bool is_word = EqualsIgnoringCase(word, "nan") || EqualsIgnoringCase(word, "inf") ||
                         EqualsIgnoringCase(word, "infinity");
    if (!is_word) return std::nullopt;
  }
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  if (number && !number->has_exponent &&
      number->integer.size() + number->fraction.size() > kAlwaysExactDigits &&
      !PrintsAs(value, text))
    return std::nullopt;
  return value;
}

std::optional<Int128> TextToDecimal(std::string_view text, int scale) {
  const auto number = ParseNumberText(text);
  if (!number) return std::nullopt;
  std::string_view fraction = number->fraction;
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  // Far exponents would overflow the sum, and no such number but 0 fits.
  if (std::abs(number->exponent) > 1000) return std::nullopt;
  // 10^shift times the digits together is the result.
  const int shift = scale + number->exponent - static_cast<int>(fraction.size());
  if (shift >= 0)
    return MakeInteger(number->is_negative, number->integer, fraction,
                       static_cast<size_t>(shift));
  // Only zeros at the end may go.
  const auto gone = static_cast<size_t>(-shift);
  if (!fraction.empty() || gone > number->integer.size()) {
    return IsZeros(number->integer) && fraction.empty() ? std::optional<Int128>(0)
                                                        : std::nullopt;
  }
  const std::string_view kept = number->integer.substr(0, number->integer.size() - gone);
  if (!IsZeros(number->integer.substr(kept.size()))) return std::nullopt;
  return MakeInteger(number->is_negative, kept, {}, 0);
}

std::optional<int64_t> TextToTimestamp(std::string_view text) {
  text = ValueIn(text);
  if (text.empty() || !IsDigit(text.front())) return std::nullopt;
  const auto day = TakeDate(text);
  if (!day) return std::nullopt;
  const auto time = ParseTime(text);
  if (!time) return std::nullopt;
  return (day->time_since_epoch() + *time) / std::chrono::microseconds(1);
}

std::optional<int32_t> TextToDate(std::string_view text) {
  if (std::string_view rest = text; const auto day = TakeIsoDate(rest)) {
    if (rest.empty()) return day->time_since_epoch().count();
  }
  constexpr int64_t kDay = int64_t{24} * 60 * 60 * 1'000'000;
  const auto micros = TextToTimestamp(text);
  if (!micros || *micros % kDay != 0) return std::nullopt;
  return static_cast<int32_t>(*micros / kDay);
}

bool IsDateText(std::string_view text) {
  text = ValueIn(text);
  return TakeDate(text) && text.empty();
}

}  // namespace assay::engine
