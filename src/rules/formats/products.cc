// Books and articles.

#include "rules/formats/groups.h"

namespace assay::rules::formats {

std::vector<Format> Products() {
  return {
      {.name = "isbn",
       .title = "ISBN",
       .doc =
           "ISBN-10 (nine digits and a check digit, which may be X) or ISBN-13 (978 or 979 in "
           "front), with the right check digit; single dashes or spaces may stand between "
           "digits.",
       .pattern = "[0-9](?:[ -]?[0-9]){8}(?:[ -]?[0-9]){0,3}[ -]?[0-9X]",
       .validate = [](plan::Expression text) { return plan::TextIs(std::move(text), "isbn"); },
       .valid = {"978-3-16-148410-0", "080442957X", "0-306-40615-2", "9783161484100"},
       .invalid = {"978-3-16-148410-1", "0804429570", "080442957x", "9773161484109", "--",
                   "0-306--40615-2"}},
      {.name = "ean13",
       .title = "EAN-13",
       .doc = "13 digits of which the last is the right check digit (GS1's GTIN-13).",
       .pattern = "[0-9]{13}",
       .validate = [](plan::Expression text) { return plan::TextIs(std::move(text), "ean13"); },
       .valid = {"4006381333931", "9783161484100"},
       .invalid = {"4006381333932", "400638133393", "4006381-333931"}},
  };
}

}  // namespace assay::rules::formats
