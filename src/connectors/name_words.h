// Words of file names that have a known meaning: places, months, weekdays, counters.
// All comparisons ignore ASCII case. Cost: one search in a small sorted table.

#pragma once

#include <string_view>

namespace assay::connectors {

/// How far a word can be taken for the name of a place.
enum class PlaceWord {
  kNo,
  kAmbiguous,  // a country code that is an English word or a usual abbreviation as well: "in",
               // "id"
  kYes,        // "de", "eu", "emea", "north"
};

/// Country codes (ISO 3166-1 alpha-2), the usual language codes, world regions, compass points.
PlaceWord ClassifyPlace(std::string_view word);

/// "jan", "january", "sept", ...
bool IsMonthName(std::string_view word);

/// "mon", "monday", ...
bool IsWeekdayName(std::string_view word);

/// Words that a running number or a period is usually written behind: "v" of "v2", "part", "q".
bool IsCounterWord(std::string_view word);

}  // namespace assay::connectors
