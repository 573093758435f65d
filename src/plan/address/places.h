// Names that tell the parts of addresses. Keys are those of address/tokens.h: lower case,
// without accents and dots.

#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace assay::plan::address {

/// A country of ISO 3166-1.
struct CountryNames {
  std::string_view alpha2, alpha3;
  std::string_view keys;  // apart by bars
};
extern const std::array<CountryNames, 249> kCountryNames;

/// The alpha-2 code of the country that a key names; nullopt when none.
std::optional<std::string_view> CountryOfName(const std::string& key);
/// The alpha-2 code for an alpha-2 or alpha-3 code in capitals.
std::optional<std::string_view> CountryOfCode(std::string_view code);

/// A state, territory or province of the USA, Canada or Australia: the alpha-2 code of that
/// country. By its full name, or by its postal code in capitals ("TX", "ON", "NSW").
std::optional<std::string_view> CountryOfStateName(const std::string& key);
std::optional<std::string_view> CountryOfStateCode(std::string_view code);

/// Whether a text in capitals, of one or two words apart by a space, is a post code of the
/// country (alpha-2); with "" of any of them.
bool IsPostcode(const std::string& text, std::string_view country);

/// How a word tells a road.
enum class RoadWord {
  kNone,
  kBehind,  // behind its name: "street", "straat"
  kBefore,  // before its name: "rue", "calle"
  kEither,  // in front of or behind its name: "avenue"
  kWithin,  // the word holds its name: "hauptstrasse"
};
RoadWord RoadWordOf(const std::string& key);

/// "apt", "suite", "floor", ...: what stands before the number of a part of a building.
bool IsUnitWord(const std::string& key);
/// "n", "ne", "north", ...
bool IsDirection(const std::string& key);

}  // namespace assay::plan::address
