#include "plan/number_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace assay::plan {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

DecimalDigits Canonical(bool negative, std::string whole, std::string fraction) {
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  const bool zero = whole.empty() && fraction.empty();
  return {negative && !zero, std::move(whole), std::move(fraction)};
}

std::strong_ordering CompareMagnitude(const DecimalDigits& a, const DecimalDigits& b) {
  if (a.whole.size() != b.whole.size()) return a.whole.size() <=> b.whole.size();
  if (const int order = a.whole.compare(b.whole); order != 0) return order <=> 0;
  return a.fraction.compare(b.fraction) <=> 0;
}

/// Adds one unit at the last of `digits`; the carry may make it longer.
std::string Increment(std::string digits) {
  for (size_t i = digits.size(); i-- > 0;) {
    if (digits[i] != '9') {
      ++digits[i];
      return digits;
    }
    digits[i] = '0';
  }
  return "1" + digits;
}

}  // namespace

std::strong_ordering operator<=>(const DecimalDigits& a, const DecimalDigits& b) {
  if (a.negative != b.negative) return b.negative <=> a.negative;
  return a.negative ? CompareMagnitude(b, a) : CompareMagnitude(a, b);
}

std::string DecimalDigits::Text() const {
  std::string text = negative ? "-" : "";
  text += whole.empty() ? "0" : whole;
  if (!fraction.empty()) text += "." + fraction;
  return text;
}

std::optional<DecimalDigits> ReadDecimal(std::string_view text) {
  size_t at = 0;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) ++at;
  std::string whole;
  std::string fraction;
  while (at < text.size() && IsDigit(text[at])) whole += text[at++];
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && IsDigit(text[at])) fraction += text[at++];
  }
  if (at != text.size() || (whole.empty() && fraction.empty())) return std::nullopt;
  return Canonical(negative, std::move(whole), std::move(fraction));
}

DecimalDigits ExactDigits(double value) {
  // 1,074 digits are what the smallest subnormal needs.
  const std::string text = fmt::format("{:.1074f}", value);
  return ReadDecimal(text).value_or(DecimalDigits{});
}

std::optional<double> ReadDouble(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (text.starts_with('+')) text.remove_prefix(1);
  const size_t first = text.starts_with('-') ? 1 : 0;
  // Keeps out the spellings "inf" and "nan" that from_chars knows.
  if (first >= text.size() || (!IsDigit(text[first]) && text[first] != '.'))
    return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    const size_t exponent = text.find_first_of("eE");
    const bool tiny =
        exponent != std::string_view::npos && text.substr(exponent + 1).starts_with('-');
    value = tiny ? 0 : std::numeric_limits<double>::infinity();
    return first == 1 ? -value : value;
  }
  if (error != std::errc()) return std::nullopt;
  return value;
}

std::string ShortestText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value);
  std::string text(buffer, end);
  if (const size_t plus = text.find('+'); plus != std::string::npos) text.erase(plus, 1);
  return text;
}

DecimalDigits Floor(const DecimalDigits& number) {
  return FloorToScale(number, 0);
}

DecimalDigits FloorToScale(const DecimalDigits& number, int scale) {
  const size_t kept = static_cast<size_t>(scale);
  if (number.fraction.size() <= kept) return number;
  std::string digits = number.whole + number.fraction.substr(0, kept);
  if (number.negative) digits = Increment(std::move(digits));
  if (digits.size() < kept) digits.insert(0, kept - digits.size(), '0');
  return Canonical(number.negative, digits.substr(0, digits.size() - kept),
                   digits.substr(digits.size() - kept));
}

}  // namespace assay::plan
