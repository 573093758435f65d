// UUID, JSON, times, places, versions, colours.

#include "rules/formats/groups.h"

namespace assay::rules::formats {
namespace {

/// Whether the first ten characters are a day of the calendar.
plan::Expression BeginsWithDate(plan::Expression text) {
  plan::Expression date = plan::Expression::Call(
      "left", {std::move(text), plan::Expression::Constant(plan::Literal::Integer(10))});
  return plan::IsNotNull(plan::Expression::Call(
      "cast", {std::move(date), plan::Expression::Constant(plan::Literal::String("date"))}));
}

constexpr const char* kDay = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

/// "a(.b)*" for identifiers apart by dots.
std::string Dotted(const std::string& identifier) {
  return "(?:" + identifier + ")(?:\\.(?:" + identifier + "))*";
}

}  // namespace

std::vector<Format> Technical() {
  const std::string whole = "(?:0|[1-9][0-9]*)";
  return {
      {.name = "uuid",
       .title = "UUID",
       .doc =
           "32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 apart by hyphens (RFC 9562), "
           "of any version and letter case.",
       .pattern = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
       .valid = {"123e4567-e89b-12d3-a456-426614174000",
                 "00000000-0000-0000-0000-000000000000"},
       .invalid = {"123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}",
                   "123e4567-e89b-12d3-a456-42661417400g"}},
      {.name = "json",
       .title = "JSON text",
       .doc =
           "One JSON value (RFC 8259), also a bare number or string; white space may surround "
           "it; numbers are within a double's range.",
       .pattern = "(?s).+",
       .validate = [](plan::Expression text) { return plan::TextIs(std::move(text), "json"); },
       .valid = {"{\"a\": [1, true, null]}", "3.5", "\n[]\n"},
       .invalid = {"{a: 1}", "[1,]", "NaN", "{\"a\": 1} x", "'a'", ""}},
      {.name = "iso8601_date",
       .title = "ISO 8601 date",
       .doc = "A day of the calendar as YYYY-MM-DD.",
       .pattern = kDay,
       .validate = BeginsWithDate,
       .valid = {"2024-02-29", "1999-12-31"},
       .invalid = {"2023-02-29", "2026-1-5", "20260105", "2026-01-05T00:00:00", "05.01.2026"}},
      {.name = "iso8601_datetime",
       .title = "ISO 8601 date and time",
       .doc =
           "A day of the calendar as YYYY-MM-DD, T, hh:mm or hh:mm:ss with perhaps a fraction, "
           "and perhaps Z, +hh, +hhmm or +hh:mm. Hours to 23, seconds to 59.",
       .pattern = std::string(kDay) +
                  "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
                  "(?:Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?",
       .validate = BeginsWithDate,
       .valid = {"2026-01-31T08:30:00Z", "2026-01-31T08:30", "2026-01-31T08:30:00.123+02:00"},
       .invalid = {"2026-01-31", "2026-02-30T08:30:00Z", "2026-01-31 08:30:00",
                   "2026-01-31T24:00:00", "2026-01-31T08:30:60Z", "2026-01-31T08:30:00X"}},
      {.name = "latitude",
       .title = "latitude",
       .doc =
           "Decimal degrees from -90 to 90 in plain digits, at most two in front of a point, "
           "perhaps with a sign.",
       .pattern = "[+-]?(?:90(?:\\.0+)?|[0-8]?[0-9](?:\\.[0-9]+)?)",
       .valid = {"48.137154", "-90", "+0.5", "90.000"},
       .invalid = {"90.01", "91", "48,1", "48.", ".5", "1e1", "48.1N"}},
      {.name = "longitude",
       .title = "longitude",
       .doc = "Decimal degrees from -180 to 180 in plain digits, at most three in front of a "
              "point, perhaps with a sign.",
       .pattern = "[+-]?(?:180(?:\\.0+)?|(?:1[0-7][0-9]|0?[0-9]{1,2})(?:\\.[0-9]+)?)",
       .valid = {"11.576124", "-180", "+179.999", "0"},
       .invalid = {"180.5", "181", "200", "1000", "11,5", "11."}},
      {.name = "hex_colour",
       .title = "hexadecimal colour",
       .doc = "# and 3, 4, 6 or 8 hexadecimal digits.",
       .pattern = "#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})",
       .valid = {"#ff8800", "#F80", "#ff880080"},
       .invalid = {"ff8800", "#ff880", "#ggg", "#ff8800800"}},
      {.name = "semver",
       .title = "semantic version",
       .doc = "A version of Semantic Versioning 2.0.0: three numbers without zeros in front, "
              "perhaps a pre-release and build metadata. No v in front.",
       .pattern = whole + "\\." + whole + "\\." + whole + "(?:-" +
                  Dotted("0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*") + ")?(?:\\+" +
                  Dotted("[0-9A-Za-z-]+") + ")?",
       .valid = {"1.0.0", "2.1.3-rc.1+build.5", "1.0.0-0A"},
       .invalid = {"1.0", "v1.0.0", "1.0.0-01", "01.0.0", "1.0.0-", "1.0.0+"}},
  };
}

}  // namespace assay::rules::formats
