// Expectations about patterns and formats of texts.

#include <fmt/format.h>

#include <array>
#include <utility>

#include "import/counterparts.h"
#include "import/expectations.h"
#include "import/sql_text.h"

namespace assay::imports::expectations {
namespace {

using AddFunction = void (*)(Draft&, const std::string&, const std::vector<std::string>&, Match,
                             Several);

/// dbt passes flags to the database's regular expressions; RE2 has those of one letter inline.
Result<std::string> ReadFlags(Parameters& parameters) {
  ASSAY_TRY(const bool is_raw, parameters.Flag("is_raw", false));
  static_cast<void>(is_raw);  // how the SQL is written
  ASSAY_TRY(const std::optional<std::string> flags, parameters.OptionalText("flags"));
  if (!flags || flags->empty()) return std::string();
  if (flags->find_first_not_of("ims") != std::string::npos) {
    return Fail(ErrorKind::kUnsupported, fmt::format("flags: only i, m, s: '{}'", *flags));
  }
  return fmt::format("(?{})", *flags);
}

Status AddOne(Parameters& parameters, Draft& draft, std::string_view name, AddFunction add,
              Match match) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::string flags, ReadFlags(parameters));
  ASSAY_TRY(const std::string pattern, parameters.Text(name));
  add(draft, column, {flags + pattern}, match, Several::kAll);
  return {};
}

Status AddList(Parameters& parameters, Draft& draft, std::string_view name, AddFunction add,
               Match match) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::string flags, ReadFlags(parameters));
  ASSAY_TRY(std::vector<std::string> patterns, parameters.Texts(name));
  for (std::string& pattern : patterns) pattern.insert(0, flags);
  ASSAY_TRY(const std::string match_on, parameters.TextOr("match_on", "any"));
  if (match_on != "any" && match_on != "all") {
    return Fail(ErrorKind::kInvalidInput, "match_on: must be any or all");
  }
  if (match == Match::kDoesNotMatch && match_on == "all") {
    draft.Note("match_on: all, but here none of the patterns may match");
  }
  add(draft, column, patterns, match, match_on == "all" ? Several::kAll : Several::kAny);
  return {};
}

/// Python's codes of strftime and what the time patterns of Spark have for them.
constexpr auto kTimeCodes = std::to_array<std::pair<char, std::string_view>>({
    {'Y', "yyyy"},
    {'y', "yy"},
    {'m', "MM"},
    {'d', "dd"},
    {'H', "HH"},
    {'I', "hh"},
    {'M', "mm"},
    {'S', "ss"},
    {'p', "a"},
    {'j', "DDD"},
    {'f', "SSSSSS"},
});

Result<std::string> TimePattern(const std::string& strftime) {
  std::string pattern;
  for (size_t i = 0; i < strftime.size(); ++i) {
    const char c = strftime[i];
    if (c != '%') {
      const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      pattern += is_letter ? fmt::format("'{}'", c) : std::string(1, c);
      continue;
    }
    const char code = ++i < strftime.size() ? strftime[i] : '%';
    bool is_known = false;
    for (const auto& [name, letters] : kTimeCodes) {
      if (name != code) continue;
      pattern += letters;
      is_known = true;
    }
    if (!is_known) {
      return Fail(ErrorKind::kUnsupported,
                  fmt::format("strftime_format: no counterpart for '%{}'", code));
    }
  }
  return pattern;
}

}  // namespace

Status MatchesRegex(Parameters& parameters, Draft& draft) {
  return AddOne(parameters, draft, "regex", AddPatterns, Match::kMatches);
}

Status NotMatchesRegex(Parameters& parameters, Draft& draft) {
  return AddOne(parameters, draft, "regex", AddPatterns, Match::kDoesNotMatch);
}

Status MatchesRegexList(Parameters& parameters, Draft& draft) {
  return AddList(parameters, draft, "regex_list", AddPatterns, Match::kMatches);
}

Status NotMatchesRegexList(Parameters& parameters, Draft& draft) {
  return AddList(parameters, draft, "regex_list", AddPatterns, Match::kDoesNotMatch);
}

Status MatchesLike(Parameters& parameters, Draft& draft) {
  return AddOne(parameters, draft, "like_pattern", AddLikePatterns, Match::kMatches);
}

Status NotMatchesLike(Parameters& parameters, Draft& draft) {
  return AddOne(parameters, draft, "like_pattern", AddLikePatterns, Match::kDoesNotMatch);
}

Status MatchesLikeList(Parameters& parameters, Draft& draft) {
  return AddList(parameters, draft, "like_pattern_list", AddLikePatterns, Match::kMatches);
}

Status NotMatchesLikeList(Parameters& parameters, Draft& draft) {
  return AddList(parameters, draft, "like_pattern_list", AddLikePatterns, Match::kDoesNotMatch);
}

Status MatchesStrftime(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const std::string format, parameters.Text("strftime_format"));
  ASSAY_TRY(const std::string pattern, TimePattern(format));
  const std::string name = SqlName(column);
  draft.AddCondition(fmt::format("{} IS NULL OR to_timestamp({}, {}) IS NOT NULL", name, name,
                                 SqlLiteral(Json(pattern))));
  return {};
}

Status IsDate(Parameters&, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  draft.Add("isType", {column}, {{"field_type", "Timestamp"}});
  draft.Lose("dateutil reads more spellings of a date than isType does");
  return {};
}

Status IsJson(Parameters&, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  draft.Add("matchesFormat", {column}, {{"format", "json"}});
  return {};
}

}  // namespace assay::imports::expectations
