#include "plan/address/places.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>

namespace assay::plan::address {
namespace {

using Codes = std::map<std::string, std::string_view, std::less<>>;
using Words = std::set<std::string, std::less<>>;

/// Calls `add` with each item of a list apart by bars.
template <class Add>
void ForEach(std::string_view list, const Add& add) {
  while (!list.empty()) {
    const size_t end = std::min(list.find('|'), list.size());
    add(std::string(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

Words Split(std::string_view list) {
  Words words;
  ForEach(list, [&](std::string word) { words.insert(std::move(word)); });
  return words;
}

std::optional<std::string_view> Find(const Codes& codes, std::string_view key) {
  const auto found = codes.find(key);
  return found == codes.end() ? std::nullopt : std::optional(found->second);
}

struct States {
  std::string_view country, codes, names;
};

constexpr std::array kStates = {
    States{
        "US",
        "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|"
        "NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|PR|GU|VI|AS|MP",
        "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|"
        "district of columbia|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|"
        "kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|"
        "missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|"
        "north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|"
        "south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|"
        "west virginia|wisconsin|wyoming"},
    States{"CA", "AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT",
           "alberta|british columbia|manitoba|new brunswick|newfoundland and labrador|"
           "nova scotia|northwest territories|nunavut|ontario|prince edward island|quebec|"
           "saskatchewan|yukon"},
    States{"AU", "NSW|VIC|QLD|SA|WA|TAS|NT|ACT",
           "new south wales|victoria|queensland|south australia|western australia|tasmania|"
           "northern territory|australian capital territory"}};

struct Postcodes {
  std::string_view countries;  // alpha-2, apart by bars
  const char* pattern;
};

constexpr const char* kCanada = "[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]";
constexpr const char* kBritain = "[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}";
constexpr const char* kIreland = "[A-Z][0-9][0-9W] ?[0-9A-Z]{4}";

constexpr std::array kPostcodes = {
    Postcodes{"US|PR", "[0-9]{5}(?:-[0-9]{4})?"},
    Postcodes{"CA", kCanada},
    Postcodes{"GB|GG|JE|IM", kBritain},
    Postcodes{"IE", kIreland},
    Postcodes{"NL", "[0-9]{4} ?[A-Z]{2}"},
    Postcodes{"DE|FR|ES|IT|FI|MX|TR|TH|MY|UA|KR|ID|EG|MA|HR|EE|RS|SM|MC|LT",
              "(?:[A-Z]{1,2}-)?[0-9]{5}"},
    Postcodes{"AT|CH|BE|DK|NO|AU|NZ|ZA|HU|LU|BG|SI|PH|CY|LV|LI|TN", "(?:[A-Z]{1,2}-)?[0-9]{4}"},
    Postcodes{"PL", "[0-9]{2}-[0-9]{3}"},
    Postcodes{"PT", "[0-9]{4}-[0-9]{3}"},
    Postcodes{"BR", "[0-9]{5}-?[0-9]{3}"},
    Postcodes{"JP", "〒?[0-9]{3}-?[0-9]{4}"},
    Postcodes{"SE|CZ|SK|GR", "(?:[A-Z]{1,2}-)?[0-9]{3} ?[0-9]{2}"},
    Postcodes{"IN", "[0-9]{3} ?[0-9]{3}"},
    Postcodes{"CN|RU|SG|RO|CO|KZ|VN", "[0-9]{6}"},
    Postcodes{"AR", "[A-Z]?[0-9]{4}(?:[A-Z]{3})?"},
    Postcodes{"IL", "[0-9]{7}"}};

bool Matches(const std::string& text, const char* pattern) {
  static const std::map<std::string, RE2> compiled = [] {
    std::map<std::string, RE2> patterns;
    for (const Postcodes& entry : kPostcodes) {
      patterns.try_emplace(entry.pattern, entry.pattern);
    }
    return patterns;
  }();
  return RE2::FullMatch(text, compiled.at(pattern));
}

constexpr std::string_view kBehind =
    "street|st|str|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|square|sq|"
    "terrace|parkway|pkwy|highway|hwy|way|place|pl|plaza|crescent|cres|close|alley|circle|"
    "cir|trail|trl|walk|row|mews|gardens|grove|green|hill|quay|wharf|loop|pike|turnpike|"
    "expressway|freeway|fwy|route|broadway|parade|esplanade|strasse|platz|allee|weg|gasse|ring|"
    "ufer|damm|straat|laan|plein|gracht|kade|gatan|gade|vej|vei|gata|katu|utca|"
    "caddesi|sokak|sokagi|bulvari|chome|dori|marg";
constexpr std::string_view kBefore =
    "rue|avenue|av|ave|boulevard|bd|bvd|chemin|place|pl|quai|impasse|allee|allees|route|rte|"
    "cours|passage|square|sentier|faubourg|villa|rond-point|calle|c/|avenida|avda|avd|plaza|"
    "paseo|pso|camino|carrera|cra|carretera|ctra|ronda|travesia|glorieta|calzada|rambla|via|"
    "viale|piazza|piazzale|corso|largo|vicolo|strada|lungomare|rua|travessa|praca|estrada|"
    "alameda|rodovia|ladeira|ulica|ul|aleja|aleje|plac|osiedle|ulitsa|prospekt|"
    "prospect|bulevardul|calea|jalan|jl|lorong|jln|soi|thanon";
// The ends of words that hold the name as well: Hauptstrasse, Marktplatz, Kerkstraat.
constexpr std::array<std::string_view, 19> kEndings = {
    "strasse", "str",    "platz", "allee", "weg",   "gasse", "ufer", "damm", "straat", "laan",
    "plein",   "gracht", "kade",  "gatan", "vagen", "gade",  "vej",  "katu", "veien"};
constexpr std::string_view kUnits =
    "apt|apartment|suite|ste|unit|floor|fl|room|flat|building|bldg|block|blk|level|lvl|no|"
    "nr|"
    "#|box|po|pobox|top|stiege|etage|piso|appartement|lot|shop";
constexpr std::string_view kDirections =
    "n|s|e|w|ne|nw|se|sw|north|south|east|west|northeast|northwest|southeast|southwest";

}  // namespace

std::optional<std::string_view> CountryOfName(const std::string& key) {
  static const Codes names = [] {
    Codes codes;
    for (const CountryNames& country : kCountryNames) {
      ForEach(country.keys, [&](std::string name) { codes.emplace(name, country.alpha2); });
    }
    return codes;
  }();
  return Find(names, key);
}

std::optional<std::string_view> CountryOfCode(std::string_view code) {
  for (const CountryNames& country : kCountryNames) {
    if (country.alpha2 == code || country.alpha3 == code) return country.alpha2;
  }
  return std::nullopt;
}

std::optional<std::string_view> CountryOfStateName(const std::string& key) {
  static const Codes names = [] {
    Codes codes;
    for (const States& states : kStates) {
      ForEach(states.names, [&](std::string name) { codes.emplace(name, states.country); });
    }
    return codes;
  }();
  return Find(names, key);
}

std::optional<std::string_view> CountryOfStateCode(std::string_view code) {
  static const Codes all = [] {
    Codes codes;
    for (const States& states : kStates) {
      ForEach(states.codes, [&](std::string name) { codes.emplace(name, states.country); });
    }
    return codes;
  }();
  return Find(all, code);
}

bool IsPostcode(const std::string& text, std::string_view country) {
  if (country.empty()) {
    return std::ranges::any_of(
        kPostcodes, [&](const Postcodes& entry) { return Matches(text, entry.pattern); });
  }
  for (const Postcodes& entry : kPostcodes) {
    bool is_of_country = false;
    ForEach(entry.countries,
            [&](const std::string& code) { is_of_country = is_of_country || code == country; });
    if (is_of_country) return Matches(text, entry.pattern);
  }
  static const RE2 elsewhere("[0-9]{3,7}");
  return RE2::FullMatch(text, elsewhere);
}

RoadWord RoadWordOf(const std::string& key) {
  static const Words behind = Split(kBehind);
  static const Words before = Split(kBefore);
  const bool stands_behind = behind.contains(key);
  const bool stands_before = before.contains(key);
  if (stands_behind) return stands_before ? RoadWord::kEither : RoadWord::kBehind;
  if (stands_before) return RoadWord::kBefore;
  const bool holds_name = std::ranges::any_of(kEndings, [&](std::string_view ending) {
    return key.size() >= ending.size() + 3 && key.ends_with(ending);
  });
  return holds_name ? RoadWord::kWithin : RoadWord::kNone;
}

bool IsUnitWord(const std::string& key) {
  static const Words units = Split(kUnits);
  return units.contains(key);
}

bool IsDirection(const std::string& key) {
  static const Words directions = Split(kDirections);
  return directions.contains(key);
}

}  // namespace assay::plan::address
