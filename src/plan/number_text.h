// Numbers as text, exactly: what literals hold and compare.

#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace assay::plan {

/// A finite number as decimal digits: sign, digits before and after the point.
/// Canonical: no zeros in front of `whole` or behind `fraction`; zero is not negative.
struct DecimalDigits {
  bool negative = false;
  std::string whole;     // "" for 0.x
  std::string fraction;  // "" for integers

  friend std::strong_ordering operator<=>(const DecimalDigits& a, const DecimalDigits& b);
  friend bool operator==(const DecimalDigits&, const DecimalDigits&) = default;

  /// "-12.5", "0".
  std::string Text() const;
};

/// Digits of "[+-]digits[.digits]"; nullopt for any other text.
std::optional<DecimalDigits> ReadDecimal(std::string_view text);

/// The digits of a finite double, all of them (up to 1,074 behind the point).
DecimalDigits ExactDigits(double value);

/// Reads a double in C syntax, also "NaN", "Infinity" and "-Infinity"; nullopt for other text.
/// A magnitude beyond the range gives infinity.
std::optional<double> ReadDouble(std::string_view text);

/// The shortest text that reads back as the same double: "0.1", "1e300", "NaN", "-Infinity".
std::string ShortestText(double value);

/// The largest integer that is not above `number`.
DecimalDigits Floor(const DecimalDigits& number);

/// The nearest multiple of 10^-scale that is not above `number`.
DecimalDigits FloorToScale(const DecimalDigits& number, int scale);

}  // namespace assay::plan
