// Tag "phone": numbers of telephones.

#include "sensitive/detector.h"

namespace assay::sensitive::detectors {
namespace {

/// 7 to 15 digits with the marks that people put between them.
constexpr const char* kAnyNumber = "^\\+?(?:[ ()./-]{0,3}[0-9]){7,15}$";
/// What is a phone number whatever the field is: with + in front, or as in (415) 555-2671.
constexpr const char* kPlainNumber =
    "^(?:\\+[1-9](?:[ ()./-]{0,3}[0-9]){6,14}|\\([0-9]{3}\\) ?[0-9]{3}-[0-9]{4})$";

/// Country codes that ITU-T E.164 has assigned, by complement 2011 and later bulletins.
constexpr const char* kAssigned =
    "^\\+(?:1|7|2[07]|21[12368]|22[0-9]|23[0-9]|24[0-9]|25[0-8]|26[0-9]|29[01789]|3[0-469]|"
    "35[0-9]|37[0-9]|38[0-35-79]|4[013-9]|42[013]|5[1-8]|50[0-9]|59[0-9]|6[0-6]|67[02-9]|68["
    "0-35-9]|69[0-2]|8[1246]|80[08]|85[02356]|87[08]|88[0-36]|9[0-58]|96[0-8]|97[0-79]|99["
    "2-68])";

}  // namespace

Detector phone() {
  return {
      .name = "phone",
      .title = "phone numbers",
      .doc =
          "Values with + in front and 7 to 15 digits, or of the form (415) 555-2671; if the "
          "field is named after it any 7 to 15 digits with spaces, dots, dashes, slashes "
          "and parentheses, also in integers. Valid when + is followed by a country code "
          "of ITU-T E.164. From half of the values, 20 % if named. Numbers inside longer "
          "texts are not found.",
      .phrases = {"phone", "telephone", "tel", "mobile", "cell", "cellphone", "fax", "msisdn",
                  "phone number"},
      .accepts = {plan::FieldType::kString, plan::FieldType::kIntegral},
      .min_length = 7,
      .matches =
          [](const Value& value) {
            return plan::MatchesRegex(value.text,
                                      value.field_says_so ? kAnyNumber : kPlainNumber);
          },
      .validates = [](const Value& value) { return plan::MatchesRegex(value.text, kAssigned); },
      .threshold = {.matched = 0.5},
      .threshold_if_named = {.matched = 0.2}};
}

}  // namespace assay::sensitive::detectors
