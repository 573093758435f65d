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

std::function<plan::Expression(plan::Expression)> Asks(const char* question) {
  return [question](plan::Expression text) { return plan::TextIs(std::move(text), question); };
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
      {.name = "br_cpf",
       .title = "Brazilian CPF",
       .doc = "11 digits, not all the same, with two right check digits: in one run, or as "
              "000.000.000-00.",
       .pattern = "[0-9]{11}|[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}",
       .validate = Asks("br_cpf"),
       .valid = {"111.444.777-35", "52998224725"},
       .invalid = {"111.444.777-34", "11111111111", "111.444.77735"}},
      {.name = "cn_resident_id",
       .title = "Chinese resident identity number",
       .doc =
           "17 digits, of which the seventh to fourteenth are a date from 1900, and the right "
           "check digit or X (GB 11643).",
       .pattern = "[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
                  "[0-9]{3}[0-9X]",
       .validate = Asks("cn_resident_id"),
       .valid = {"11010519491231002X", "440524198001010013"},
       .invalid = {"110105194912310021", "11010519491331002X", "11010519491231002"}},
      {.name = "de_tax_id",
       .title = "German tax identification number",
       .doc =
           "11 digits, the first not 0, with the right check digit; of the first ten exactly "
           "one digit occurs more than once.",
       .pattern = "[1-9][0-9]{10}",
       .validate = Asks("de_tax_id"),
       .valid = {"86095742719", "36574261809"},
       .invalid = {"36574261808", "06574261809", "3657426180"}},
      {.name = "es_dni",
       .title = "Spanish DNI or NIE",
       .doc = "Eight digits, or X, Y or Z and seven digits, and the right letter.",
       .pattern = "(?:[0-9]{8}|[XYZ][0-9]{7})[A-Z]",
       .validate = Asks("es_dni"),
       .valid = {"12345678Z", "X1234567L"},
       .invalid = {"12345678A", "12345678-Z", "12345678z"}},
      {.name = "fr_nir",
       .title = "French NIR",
       .doc = "The number of social security: 1 or 2, year, month, department, ten digits in "
              "all after these and two right check digits, 15 characters in one run.",
       .pattern = "[12][0-9]{2}(?:0[1-9]|1[0-2])(?:[0-9]{2}|2[AB])[0-9]{8}",
       .validate = Asks("fr_nir"),
       .valid = {"255081416802538", "295109912611193"},
       .invalid = {"255081416802539", "255131416802538", "2 55 08 14 168 025 38"}},
      {.name = "it_codice_fiscale",
       .title = "Italian codice fiscale",
       .doc = "Six capitals, year, letter of the month, day (plus 40 for women), a capital and "
              "three digits, and the right letter. Without substitutes for digits.",
       .pattern = "[A-Z]{6}[0-9]{2}[ABCDEHLMPRST](?:0[1-9]|[1256][0-9]|[37][01]|4[1-9])[A-Z]"
                  "[0-9]{3}[A-Z]",
       .validate = Asks("it_codice_fiscale"),
       .valid = {"RSSMRA85T10A562S", "RCCMNL83S18D969H"},
       .invalid = {"RSSMRA85T10A562T", "RSSMRA85Z10A562S", "rssmra85t10a562s"}},
      {.name = "nl_bsn",
       .title = "Dutch BSN",
       .doc = "Nine digits that pass the eleven test.",
       .pattern = "[0-9]{9}",
       .validate = Asks("nl_bsn"),
       .valid = {"111222333", "123456782"},
       .invalid = {"123456789", "000000000", "11122233"}},
      {.name = "pl_pesel",
       .title = "Polish PESEL",
       .doc = "11 digits that begin with a date (80, 20, 40 or 60 added to its month for other "
              "centuries), with the right check digit.",
       .pattern = "[0-9]{2}(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{5}",
       .validate = Asks("pl_pesel"),
       .valid = {"44051401359", "02070803628"},
       .invalid = {"44051401358", "44131401359", "4405140135"}},
  };
}

}  // namespace assay::rules::formats
