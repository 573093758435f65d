#include "connectors/name_words.h"

#include <algorithm>
#include <array>

namespace assay::connectors {
namespace {

// The tables are sorted; IsOneOf relies on it.
constexpr std::array kMonths = std::to_array<std::string_view>({
    "apr", "april",   "aug",      "august", "dec",     "december", "feb",  "february",
    "jan", "january", "jul",      "july",   "jun",     "june",     "mar",  "march",
    "may", "nov",     "november", "oct",    "october", "sep",      "sept", "september",
});

constexpr std::array kWeekdays = std::to_array<std::string_view>({
    "fri",
    "friday",
    "mon",
    "monday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "thu",
    "thursday",
    "tue",
    "tuesday",
    "wed",
    "wednesday",
});

constexpr std::array kCounters = std::to_array<std::string_view>({
    "b",    "batch",   "block", "c",     "chunk", "cw",      "d", "day", "dt",
    "f",    "file",    "fy",    "h",     "m",     "month",   "n", "p",   "page",
    "part", "piece",   "pt",    "q",     "qtr",   "quarter", "r", "rev", "run",
    "seg",  "segment", "seq",   "shard", "slice", "split",   "v", "ver", "version",
    "w",    "week",    "wk",    "y",     "year",
});

constexpr std::array kAmbiguousPlaces = std::to_array<std::string_view>({
    "ad", "ai", "am", "as", "at", "be", "by", "cc", "do", "gs", "hr",
    "id", "in", "io", "is", "it", "md", "me", "ms", "my", "no", "pa",
    "pm", "pr", "ps", "sh", "so", "tm", "to", "tv", "us", "vi",
});

constexpr std::array kPlaces = std::to_array<std::string_view>({
    "ae", "af", "ag", "al", "ao", "aq", "ar", "au", "aw", "ax", "az", "ba", "bb", "bd", "bf",
    "bg", "bh", "bi", "bj", "bl", "bm", "bn", "bo", "bq", "br", "bs", "bt", "bv", "bw", "bz",
    "ca", "cd", "cf", "cg", "ch", "ci", "ck", "cl", "cm", "cn", "co", "cr", "cs", "cu", "cv",
    "cw", "cx", "cy", "cz", "da", "de", "dj", "dk", "dm", "dz", "ec", "ee", "eg", "eh", "el",
    "en", "er", "es", "et", "eu", "fa", "fi", "fj", "fk", "fm", "fo", "fr", "ga", "gb", "gd",
    "ge", "gf", "gg", "gh", "gi", "gl", "gm", "gn", "gp", "gq", "gr", "gt", "gu", "gw", "gy",
    "he", "hi", "hk", "hm", "hn", "ht", "hu", "ie", "il", "im", "iq", "ir", "ja", "je", "jm",
    "jo", "jp", "ke", "kg", "kh", "ki", "km", "kn", "ko", "kp", "kr", "kw", "ky", "kz", "la",
    "lb", "lc", "li", "lk", "lr", "ls", "lt", "lu", "lv", "ly", "ma", "mc", "mf", "mg", "mh",
    "mk", "ml", "mm", "mn", "mo", "mp", "mq", "mr", "mt", "mu", "mv", "mw", "mx", "mz", "na",
    "nb", "nc", "ne", "nf", "ng", "ni", "nl", "np", "nr", "nu", "nz", "om", "pe", "pf", "pg",
    "ph", "pk", "pl", "pn", "pt", "pw", "py", "qa", "re", "ro", "rs", "ru", "rw", "sa", "sb",
    "sc", "sd", "se", "sg", "si", "sj", "sk", "sl", "sm", "sn", "sr", "ss", "st", "sv", "sx",
    "sy", "sz", "tc", "td", "tf", "tg", "th", "tj", "tk", "tl", "tn", "tr", "tt", "tw", "tz",
    "ua", "ug", "uk", "um", "uy", "uz", "va", "vc", "ve", "vg", "vn", "vu", "wf", "ws", "ye",
    "yt", "za", "zh", "zm", "zw",
});

constexpr std::array kRegions = std::to_array<std::string_view>({
    "africa",   "amer",      "america", "americas", "anz",       "apac",     "asia",
    "benelux",  "central",   "dach",    "east",     "eastern",   "emea",     "europe",
    "gcc",      "latam",     "mena",    "noram",    "nordics",   "north",    "northeast",
    "northern", "northwest", "oceania", "south",    "southeast", "southern", "southwest",
    "uae",      "usa",       "west",    "western",
});

template <size_t n>
constexpr bool IsSorted(const std::array<std::string_view, n>& words) {
  for (size_t i = 1; i < n; ++i) {
    if (!(words[i - 1] < words[i])) return false;
  }
  return true;
}

constexpr size_t kLongestWord = 16;

/// The word in lower case, or empty when it is too long to be in a table.
struct LowerCase {
  explicit LowerCase(std::string_view word)
      : size(word.size() <= kLongestWord ? word.size() : 0) {
    for (size_t i = 0; i < size; ++i) {
      const char c = word[i];
      bytes[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  std::string_view view() const { return {bytes.data(), size}; }

  std::array<char, kLongestWord> bytes{};
  size_t size;
};

template <size_t n>
bool IsOneOf(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
}

}  // namespace

PlaceWord ClassifyPlace(std::string_view word) {
  static_assert(IsSorted(kPlaces) && IsSorted(kAmbiguousPlaces) && IsSorted(kRegions));
  const LowerCase lower(word);
  if (lower.view().size() == 2) {
    if (IsOneOf(kAmbiguousPlaces, lower.view())) return PlaceWord::kAmbiguous;
    return IsOneOf(kPlaces, lower.view()) ? PlaceWord::kYes : PlaceWord::kNo;
  }
  return IsOneOf(kRegions, lower.view()) ? PlaceWord::kYes : PlaceWord::kNo;
}

bool IsMonthName(std::string_view word) {
  static_assert(IsSorted(kMonths));
  return IsOneOf(kMonths, LowerCase(word).view());
}

bool IsWeekdayName(std::string_view word) {
  static_assert(IsSorted(kWeekdays));
  return IsOneOf(kWeekdays, LowerCase(word).view());
}

bool IsCounterWord(std::string_view word) {
  static_assert(IsSorted(kCounters));
  return IsOneOf(kCounters, LowerCase(word).view());
}

}  // namespace assay::connectors
