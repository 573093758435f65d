#include "engine/profile/value_format.h"

#include <fmt/format.h>

#include <limits>

namespace assay::engine::profile {
namespace {

constexpr int64_t kMicrosecondsPerDay = 86'400'000'000;

std::string Digits(Uint128 magnitude) {
  if (magnitude == 0) return "0";
  std::string digits;
  for (; magnitude != 0; magnitude /= 10)
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(magnitude % 10)));
  return digits;
}

Uint128 Magnitude(Int128 value) {
  return value < 0 ? Uint128{0} - static_cast<Uint128>(value) : static_cast<Uint128>(value);
}

int64_t FloorDivide(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

std::string FormatInteger(Int128 value) {
  return (value < 0 ? "-" : "") + Digits(Magnitude(value));
}

std::string FormatDecimal(Int128 value, int scale) {
  std::string digits = Digits(Magnitude(value));
  if (scale > 0) {
    const auto fraction = static_cast<size_t>(scale);
    if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
    digits.insert(digits.size() - fraction, ".");
  }
  return (value < 0 ? "-" : "") + digits;
}

std::string FormatReal(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

// The proleptic Gregorian calendar in eras of 400 years; see Howard Hinnant, "chrono-Compatible
// Low-Level Date Algorithms", whose std::chrono form ends at year 32767.
std::string FormatDate(int64_t days) {
  if (days == std::numeric_limits<int32_t>::max()) return "infinity";
  if (days == -std::numeric_limits<int32_t>::max()) return "-infinity";
  const int64_t shifted = days + 719'468;  // days since 0000-03-01
  const int64_t era = FloorDivide(shifted, 146'097);
  const int64_t day_of_era = shifted - era * 146'097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string FormatTime(int64_t microseconds) {
  if (microseconds == std::numeric_limits<int64_t>::max()) return "infinity";
  if (microseconds == -std::numeric_limits<int64_t>::max()) return "-infinity";
  const int64_t days = FloorDivide(microseconds, kMicrosecondsPerDay);
  const int64_t within = microseconds - days * kMicrosecondsPerDay;
  const int64_t seconds = within / 1'000'000;
  std::string text = fmt::format("{} {:02}:{:02}:{:02}", FormatDate(days), seconds / 3600,
                                 seconds / 60 % 60, seconds % 60);
  if (within % 1'000'000 != 0) text += fmt::format(".{:06}", within % 1'000'000);
  return text;
}

std::string FormatApproximate(double value, const KernelType& type) {
  switch (type.format) {
    case ValueFormat::kInteger:
      if (std::abs(value) < 1e38) return FormatInteger(static_cast<Int128>(std::round(value)));
      break;
    case ValueFormat::kDecimal: {
      const double scaled = std::round(value * std::pow(10.0, type.decimal_scale));
      if (std::abs(scaled) < 1e38)
        return FormatDecimal(static_cast<Int128>(scaled), type.decimal_scale);
      break;
    }
    case ValueFormat::kDate: return FormatDate(static_cast<int64_t>(std::round(value)));
    case ValueFormat::kTimestamp:
      if (std::abs(value) < 9.2e18) return FormatTime(static_cast<int64_t>(std::round(value)));
      break;
    case ValueFormat::kBoolean: return value >= 0.5 ? "true" : "false";
    case ValueFormat::kReal:
    case ValueFormat::kText:
    case ValueFormat::kBinary: break;
  }
  return FormatReal(value);
}

std::string CutText(std::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace assay::engine::profile
