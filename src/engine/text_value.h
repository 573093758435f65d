// A text as a value of another type: the one reading that the choice of types and the reads of
// delimited and JSON files share.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/profile/column_view.h"

namespace assay::engine {

/// A number in digits, "-12.50e3", as its parts.
struct NumberText {
  bool is_negative = false;
  std::string_view integer;   // digits before the point; may be empty, but not both
  std::string_view fraction;  // and after it
  bool has_point = false;
  bool has_exponent = false;
  int exponent = 0;
};

/// White space around a value is never part of it. The functions below give nullopt for a text
/// that is not exactly a value of their type: nothing is rounded, cut or guessed. Texts over 64
/// bytes are no values. O(length).

/// The parts of a number. "007" is a code, and no number: it would lose its zeros.
std::optional<NumberText> ParseNumberText(std::string_view text);

/// true, false, yes, no, t, f, y, n in any case; not 0 and 1.
std::optional<bool> TextToBoolean(std::string_view text);

/// Integers, also with a fraction of zeros ("12.0"), without exponent.
std::optional<int64_t> TextToBigint(std::string_view text);
/// The same of up to 38 digits.
std::optional<profile::Int128> TextToHugeint(std::string_view text);

/// Numbers, NaN and infinities ("inf", "-Infinity"). Of a number without exponent the double
/// must print as that number; one with exponent is taken for a double that was printed.
std::optional<double> TextToDouble(std::string_view text);

/// The number times 10^scale, where that has at most 38 digits and no fraction.
std::optional<profile::Int128> TextToDecimal(std::string_view text, int scale);

/// Days since 1970-01-01 of 2026-01-31, 2026/01/31, 20260131 (1900 to 2099) or 31.01.2026; also
/// of a timestamp that is the first moment of a day. 01/31/2026 is not read: elsewhere the day
/// comes first.
std::optional<int32_t> TextToDate(std::string_view text);

/// Microseconds since 1970-01-01 UTC of a date as above, or with a time after "T" or a space:
/// 08:30, 08:30:00, 08:30:00.123, then "Z", "UTC", +02, +0200 or +02:00; without a zone it is
/// UTC. Digits beyond the microsecond are left out, as no field holds them.
std::optional<int64_t> TextToTimestamp(std::string_view text);

/// Whether a text, which is one of the above, is written as a date without time.
bool IsDateText(std::string_view text);

}  // namespace assay::engine
