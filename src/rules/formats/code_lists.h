// Codes of ISO lists.

#pragma once

#include <string>
#include <string_view>

namespace assay::rules::formats {

// Each a list of codes apart by single spaces, ascending.
extern const std::string_view kCountries2;  // ISO 3166-1 alpha-2, 249 officially assigned
extern const std::string_view kCountries3;  // ISO 3166-1 alpha-3, of the same
extern const std::string_view kCurrencies;  // ISO 4217 of 2026, with funds, metals and those
                                            // withdrawn since 2020, which data outlives
extern const std::string_view kLanguages;   // ISO 639-1

/// A regular expression for one of the codes: engines run that quicker than a long IN.
std::string AnyOf(std::string_view codes);

}  // namespace assay::rules::formats
