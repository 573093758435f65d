// Transformation "cleanedEntityName": the name of a company without what only says its form.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/transformations/all.h"

namespace assay::rules::transformations {
namespace {

using plan::Expression;
using plan::Literal;

struct Properties {
  bool drop_from_suffix = true;
  bool drop_from_prefix = false;
  bool drop_from_interior = false;
  std::vector<std::string> terms_to_drop;
  std::vector<std::string> terms_to_ignore;
};

/// Legal forms of companies and words that come with them, as they are written in names of many
/// countries. docs/computed.md lists them.
constexpr std::array<std::string_view, 48> kTerms = {
    "ab",      "ag",           "aps",         "as",   "asa",  "bv",      "cia",     "co",
    "company", "corp",         "corporation", "eirl", "gmbh", "group",   "holding", "holdings",
    "inc",     "incorporated", "kft",         "kg",   "kk",   "limited", "llc",     "llp",
    "lp",      "ltd",          "ltda",        "mbh",  "nv",   "ohg",     "oy",      "oyj",
    "plc",     "pte",          "pty",         "pvt",  "sa",   "sarl",    "sas",     "se",
    "sl",      "spa",          "srl",         "sro",  "the",  "ug",      "ulc",     "zrt"};

constexpr size_t kMostTerms = 1000;
constexpr size_t kLongestTerm = 200;
constexpr size_t kLongestAbbreviation = 4;  // letters that points may stand between: "l.l.c."

const Fields<Properties>& PropertyFields() {
  using P = Properties;
  static const Fields<P> fields = {
      Optional("drop_from_suffix", &P::drop_from_suffix,
               "Whether terms are dropped at the end. Default: true."),
      Optional("drop_from_prefix", &P::drop_from_prefix,
               "Whether terms are dropped at the beginning. Default: false."),
      Optional("drop_from_interior", &P::drop_from_interior,
               "Whether terms are dropped between other words. Default: false."),
      Optional("terms_to_drop", &P::terms_to_drop, "Further terms, besides the usual ones."),
      Optional("terms_to_ignore", &P::terms_to_ignore, "Usual terms that are not dropped."),
  };
  return fields;
}

bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Equal whatever the case of ASCII letters.
bool IsSame(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return x == y || (IsAsciiLetter(x) && IsAsciiLetter(y) && (x | 0x20) == (y | 0x20));
  });
}

/// A pattern (RE2) that matches the term, white space in it being any.
std::string PatternOf(std::string_view term) {
  const bool is_abbreviation =
      term.size() <= kLongestAbbreviation && std::ranges::all_of(term, IsAsciiLetter);
  std::string pattern;
  for (const char c : term) {
    if (is_abbreviation && !pattern.empty()) pattern += R"(\.?)";
    const bool is_plain =
        IsAsciiLetter(c) || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (c == ' ') {
      pattern += R"(\s+)";
    } else {
      pattern += is_plain ? std::string(1, c) : std::string("\\") + c;
    }
  }
  return pattern;
}

Status CheckTerms(const char* key, const std::vector<std::string>& terms) {
  if (terms.size() > kMostTerms) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("{}: at most {} terms, found {}", key, kMostTerms, terms.size()));
  }
  for (const std::string& term : terms) {
    const bool has_control =
        std::ranges::any_of(term, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (!term.empty() && term.size() <= kLongestTerm && !has_control) continue;
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("{}: a term has 1 to {} bytes and no control characters", key,
                            kLongestTerm));
  }
  return {};
}

/// One of the terms: "(?:ltd|...)".
Result<std::string> AnyTerm(const Properties& properties) {
  ASSAY_RETURN_IF_ERROR(CheckTerms("terms_to_drop", properties.terms_to_drop));
  ASSAY_RETURN_IF_ERROR(CheckTerms("terms_to_ignore", properties.terms_to_ignore));
  std::vector<std::string> patterns;
  for (const std::string& term : properties.terms_to_drop) patterns.push_back(PatternOf(term));
  for (const std::string_view term : kTerms) {
    const bool is_ignored =
        std::ranges::any_of(properties.terms_to_ignore,
                            [&](const std::string& each) { return IsSame(each, term); });
    if (!is_ignored) patterns.push_back(PatternOf(term));
  }
  // Of terms that begin alike the longest is to be found.
  std::ranges::stable_sort(patterns, std::greater(), &std::string::size);
  if (patterns.empty()) {
    return Fail(ErrorKind::kInvalidInput,
                "terms_to_ignore: no term is left to drop; leave some out");
  }
  return fmt::format("(?:{})", fmt::join(patterns, "|"));
}

Expression Replaced(const Expression& text, std::string pattern, const char* by) {
  return Expression::Call("regexp_replace",
                          {text, Expression::Constant(Literal::String(std::move(pattern))),
                           Expression::Constant(Literal::String(by))});
}

Result<Expression> Compile(const plan::Field* source, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const std::string term, AnyTerm(properties));
  Expression name = Replaced(Expression::Column(source->name), R"(^\s+|\s+$)", "");
  if (properties.drop_from_prefix)
    name = Replaced(name, fmt::format(R"((?i)^(?:{}\.?[\s,]+)+)", term), "");
  if (properties.drop_from_suffix)
    name = Replaced(name, fmt::format(R"((?i)(?:[\s,]+{}\.?)+[\s,]*$)", term), "");
  if (properties.drop_from_interior)
    name = Replaced(name, fmt::format(R"((?i)[\s,]+(?:{}\.?[\s,]+)+)", term), " ");
  return name;
}

}  // namespace

Transformation CleanedEntityName() {
  return {.name = "cleanedEntityName",
          .summary =
              "The name of a company or person without terms such as Ltd. or GmbH, whatever "
              "their letter case, and without white space around it.",
          .accepts = {plan::FieldType::kString},
          .properties_schema = PropertyFields().Schema(),
          .compile = Compile};
}

}  // namespace assay::rules::transformations
