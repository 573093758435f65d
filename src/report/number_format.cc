#include "report/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace assay::report {
namespace {

/// Puts a comma before each group of three of `digits`.
std::string Group(std::string_view digits) {
  std::string grouped;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped.push_back(',');
    grouped.push_back(digits[i]);
  }
  return grouped;
}

bool IsDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Groups the integer part of plain decimal notation.
std::string GroupDecimal(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const size_t point = std::min(text.find('.'), text.size());
  return (is_negative ? "-" : "") + Group(text.substr(0, point)) +
         std::string(text.substr(point));
}

std::string WithoutTrailingZeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

}  // namespace

std::string FormatCount(int64_t count) {
  return GroupDecimal(fmt::format("{}", count));
}

std::string FormatCountOf(int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", FormatCount(count), noun, count == 1 ? "" : "s");
}

std::string FormatNumber(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "∞" : "-∞";
  const double magnitude = std::abs(number);
  if (magnitude == 0) return "0";
  if (magnitude >= 1e15 || magnitude < 1e-4) return fmt::format("{:.3e}", number);
  const int decimals =
      std::clamp(4 - static_cast<int>(std::floor(std::log10(magnitude))), 0, 6);
  return GroupDecimal(WithoutTrailingZeros(fmt::format("{:.{}f}", number, decimals)));
}

std::string FormatExactNumber(std::string_view text) {
  // How a double prints that is a whole number.
  if (text.size() > 2 && text.ends_with(".0")) text.remove_suffix(2);
  std::string_view digits = text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  const size_t point = std::min(digits.find('.'), digits.size());
  const std::string_view whole = digits.substr(0, point);
  const std::string_view fraction = point < digits.size() ? digits.substr(point + 1) : "";
  if (whole.empty() || !IsDigits(whole) || !IsDigits(fraction)) return std::string(text);
  if (whole.size() + fraction.size() <= 18) return GroupDecimal(text);
  if (whole.size() <= 19 && fraction.empty()) return GroupDecimal(text);
  double number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) {
    return std::string(text);
  }
  return FormatNumber(number);
}

std::string FormatShare(double share) {
  if (std::isnan(share)) return "";
  if (share >= 1) return "100%";
  if (share <= 0) return "0%";
  if (share > 0.999) return ">99.9%";
  if (share < 0.001) return "<0.1%";
  return fmt::format("{:.1f}%", share * 100);
}

std::string FormatBytes(int64_t bytes) {
  static constexpr std::array kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double amount = static_cast<double>(bytes);
  size_t unit = 0;
  // 999.5 would print as "1000".
  for (amount /= 1000; amount >= 999.5 && unit + 1 < kUnits.size(); ++unit) amount /= 1000;
  return fmt::format("{:.{}f} {}", amount, amount < 9.95 ? 1 : 0, kUnits[unit]);
}

}  // namespace assay::report
