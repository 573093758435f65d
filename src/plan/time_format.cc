#include "plan/time_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "plan/letter_case.h"

namespace assay::plan {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array kLetters = {
    Pair("yyyy", "%Y"), Pair("y", "%Y"),   Pair("yy", "%y"),     Pair("MM", "%m"),
    Pair("M", "%-m"),   Pair("MMM", "%b"), Pair("MMMM", "%B"),   Pair("dd", "%d"),
    Pair("d", "%-d"),   Pair("HH", "%H"),  Pair("H", "%-H"),     Pair("hh", "%I"),
    Pair("h", "%-I"),   Pair("mm", "%M"),  Pair("m", "%-M"),     Pair("ss", "%S"),
    Pair("s", "%-S"),   Pair("SSS", "%g"), Pair("SSSSSS", "%f"), Pair("a", "%p"),
    Pair("E", "%a"),    Pair("EEE", "%a"), Pair("EEEE", "%A"),   Pair("DDD", "%j"),
    Pair("D", "%-j"),
};

constexpr std::array kUnits = {
    Pair("year", "year"),
    Pair("yyyy", "year"),
    Pair("yy", "year"),
    Pair("quarter", "quarter"),
    Pair("month", "month"),
    Pair("mon", "month"),
    Pair("mm", "month"),
    Pair("week", "week"),
    Pair("day", "day"),
    Pair("dd", "day"),
    Pair("hour", "hour"),
    Pair("minute", "minute"),
    Pair("second", "second"),
    Pair("millisecond", "millisecond"),
    Pair("microsecond", "microsecond"),
};

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void AppendPlain(std::string& format, char c) {
  format += c == '%' ? std::string("%%") : std::string(1, c);
}

/// Appends the text in quotes that starts at `at`, and moves behind it; '' is a quote.
bool AppendQuoted(std::string_view pattern, size_t& at, std::string& format) {
  const size_t start = ++at;
  for (; at < pattern.size(); ++at) {
    if (pattern[at] != '\'') {
      AppendPlain(format, pattern[at]);
    } else if (at + 1 < pattern.size() && pattern[at + 1] == '\'') {
      format += '\'';
      ++at;
    } else {
      if (at == start) format += '\'';
      ++at;
      return true;
    }
  }
  return false;
}

}  // namespace

Result<std::string> StrftimeFormat(std::string_view pattern) {
  std::string format;
  for (size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if (c == '\'') {
      if (!AppendQuoted(pattern, at, format)) {
        return Fail(ErrorKind::kInvalidInput,
                    fmt::format("a quote is not closed in the time pattern: '{}'", pattern));
      }
      continue;
    }
    if (!IsLetter(c)) {
      AppendPlain(format, c);
      ++at;
      continue;
    }
    const size_t end = std::min(pattern.find_first_not_of(c, at), pattern.size());
    const std::string_view letters = pattern.substr(at, end - at);
    const auto* found = std::ranges::find(kLetters, letters, &Pair::first);
    if (found == kLetters.end()) {
      return Fail(
          ErrorKind::kUnsupported,
          fmt::format("'{}' in a time pattern is not supported: '{}'", letters, pattern));
    }
    format += found->second;
    at = end;
  }
  return format;
}

std::optional<std::string> TruncationUnit(std::string_view name) {
  const std::string lower = LowerAscii(name);
  const auto* found = std::ranges::find(kUnits, lower, &Pair::first);
  return found == kUnits.end() ? std::nullopt : std::optional(std::string(found->second));
}

}  // namespace assay::plan
