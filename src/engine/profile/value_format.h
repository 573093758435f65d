// Physical values as text in the notation of their field's type.

#pragma once

#include <cmath>
#include <concepts>
#include <string>

#include "engine/profile/kernel.h"

namespace assay::engine::profile {

std::string FormatInteger(Int128 value);
/// value / 10^scale with exactly `scale` digits after the point.
std::string FormatDecimal(Int128 value, int scale);
/// Shortest text that reads back as the same number; "5.0" for a whole one; "NaN", "Infinity".
std::string FormatReal(double value);
/// Days since 1970-01-01, as 2026-01-31; years beyond four digits print all of them. The
/// largest and smallest are infinity and -infinity, as for times.
std::string FormatDate(int64_t days);
/// Microseconds since 1970-01-01 UTC, as 2026-01-31 08:30:00, with a fraction only when there
/// is one.
std::string FormatTime(int64_t microseconds);

/// A number of a sketch or mean in the notation of `type` (rounded for integers, dates and
/// times).
std::string FormatApproximate(double value, const KernelType& type);

template <class T>
std::string FormatValue(T value, const KernelType& type) {
  if constexpr (std::floating_point<T>) {
    return FormatReal(static_cast<double>(value));
  } else {
    switch (type.format) {
      case ValueFormat::kBoolean: return value != 0 ? "true" : "false";
      case ValueFormat::kDecimal:
        return FormatDecimal(static_cast<Int128>(value), type.decimal_scale);
      case ValueFormat::kDate: return FormatDate(static_cast<int64_t>(value));
      case ValueFormat::kTimestamp: return FormatTime(static_cast<int64_t>(value));
      case ValueFormat::kInteger:
      case ValueFormat::kReal:
      case ValueFormat::kText:
      case ValueFormat::kBinary: break;
    }
    return FormatInteger(static_cast<Int128>(value));
  }
}

/// At most `limit` bytes of `text`, cut between code points and then ending in "…".
std::string CutText(std::string_view text, size_t limit);

}  // namespace assay::engine::profile
