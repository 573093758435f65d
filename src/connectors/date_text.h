// Recognises dates inside file names.

#pragma once

#include <cstddef>
#include <string_view>

namespace assay::connectors {

/// How many bytes at the start of `text` are a date with separators, optionally with a time of
/// day: "2024-02-28", "2024_02", "28.02.2024", "2024-02-28T10-30-00Z", "2024-02-28_10:30". 0 if
/// none. A date is not followed by a further digit.
size_t SeparatedDateLength(std::string_view text);

/// Whether digits alone read as a date: yyyy, yyyymm, yyyymmdd, and yyyymmdd with hh, hhmm or
/// hhmmss. Years are 1900 to 2099.
bool IsDateDigits(std::string_view digits);

/// Whether letters and digits without separators are a date: "20240228T103000Z", "2024Q1",
/// "2024w05".
bool IsCompactDate(std::string_view word);

}  // namespace assay::connectors
