// Numbers as people read them. All are pure and independent of the locale.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::report {

/// 12345678 -> "12,345,678".
std::string FormatCount(int64_t count);

/// "1 row", "2,000 rows"; the plural is the noun with an s.
std::string FormatCountOf(int64_t count, std::string_view noun);

/// A measured number, to about five significant digits: "0.1234", "61,728.4", "1.234e+20",
/// "NaN".
std::string FormatNumber(double number);

/// An exact number from its text, digits grouped: "-1234567.50" -> "-1,234,567.50". Numbers
/// longer than 18 digits are rounded to an exponent. Other texts ("1e300", "NaN") are given
/// back.
std::string FormatExactNumber(std::string_view text);

/// A share in [0, 1] as a percentage with one decimal. "100%" and "0%" mean exactly that:
/// 0.99999 gives ">99.9%" and 0.00001 gives "<0.1%".
std::string FormatShare(double share);

/// "0 B", "980 B", "1.2 kB", "34 MB": powers of 1000.
std::string FormatBytes(int64_t bytes);

}  // namespace assay::report
