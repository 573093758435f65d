// Phones, post codes, national ids.

#include "rules/formats/groups.h"

namespace assay::rules::formats {
namespace {

// Numbers that are never given out: area 000, 666 and from 900, group 00, serial 0000.
constexpr const char* kSsnArea =
    "(?:00[1-9]|0[1-9][0-9]|[1-57-8][0-9]{2}|6(?:[0-57-9][0-9]|6[0-57-9]))";
constexpr const char* kSsnGroup = "(?:0[1-9]|[1-9][0-9])";
constexpr const char* kSsnSerial = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})";

std::string Ssn() {
  std::string pattern;
  for (const char* mark : {"-", " "}) {
    pattern += (pattern.empty() ? "" : "|") + std::string(kSsnArea) + mark + kSsnGroup + mark +
               kSsnSerial;
  }
  return pattern;
}

}  // namespace

std::vector<Format> People() {
  return {
      {.name = "phone_e164",
       .title = "E.164 phone number",
       .doc = "+ and 7 to 15 digits, the first not 0, nothing between them (ITU-T E.164). "
              "Whether the country code exists is not looked at.",
       .pattern = "\\+[1-9][0-9]{6,14}",
       .valid = {"+4930123456", "+14155552671"},
       .invalid = {"030123456", "+49 30 123456", "+0123456789", "+1234567890123456",
                   "+123456"}},
      {.name = "us_zip",
       .title = "US ZIP code",
       .doc =
           "Five digits, perhaps with a dash and four more. Whether it is in use is not looked "
           "at.",
       .pattern = "[0-9]{5}(?:-[0-9]{4})?",
       .valid = {"94103", "94103-1234"},
       .invalid = {"9410", "94103-12", "941031234", "94103 1234"}},
      {.name = "us_ssn",
       .title = "US social security number",
       .doc =
           "Three, two and four digits apart by dashes, or by spaces; not with 000, 666 or 900 "
           "to 999 in front, 00 in the middle or 0000 at the end, which are never given out.",
       .pattern = Ssn(),
       .valid = {"123-45-6789", "123 45 6789", "665-01-0001"},
       .invalid = {"000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567", "123-45-0000",
                   "123456789", "123-45 6789"}},
  };
}

}  // namespace assay::rules::formats
