// Rule "fileEncoding": the text of each file is in one of some encodings.

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "rules/file_rule.h"

namespace assay::rules::types {
namespace {

constexpr std::array<std::string_view, 5> kKnown = {"utf-8", "utf-16", "utf-16be", "latin-1",
                                                    "windows-1252"};

struct Properties {
  std::vector<std::string> encodings;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required("encodings", &Properties::encodings,
               "Those that pass: utf-8, utf-16 (little-endian), utf-16be, latin-1, "
               "windows-1252."),
  };
  return fields;
}

Result<CompiledRule> Compile(const Target&, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.encodings.empty())
    return Fail(ErrorKind::kInvalidInput, "encodings: must name at least one");
  for (const std::string& encoding : properties.encodings) {
    if (std::ranges::find(kKnown, encoding) == kKnown.end()) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("encodings: no such encoding; use {}: '{}'",
                              fmt::join(kKnown, ", "), encoding));
    }
  }
  return OnEachFile({plan::FileCheck::Encoding{.expected = properties.encodings}},
                    fmt::format("is not {}", fmt::join(properties.encodings, " or ")));
}

}  // namespace

RuleType file_encoding() {
  RuleType rule = FileRule(
      "fileEncoding",
      std::string(
          "The text of each delimited or JSON file is in one of the encodings, all of it. "
          "ASCII is in each of one byte a character, Latin-1 also Windows-1252. Of Parquet "
          "nothing is asserted.") +
          kNotOfTables,
      PropertyFields().Schema(), Json::object({{"encodings", Json::array({"utf-8"})}}));
  rule.compile = Compile;
  return rule;
}

}  // namespace assay::rules::types
