// Tag "card": numbers of payment cards.

#include "rules/formats.h"
#include "sensitive/detector.h"

namespace assay::sensitive::detectors {

Detector card() {
  return {
      .name = "card",
      .title = "numbers of payment cards",
      .doc =
          "13 to 19 digits as of format `credit_card` somewhere in the value, in texts and "
          "in integers; valid with Luhn's check digit. From 2 % valid values, if half of "
          "those that look like one are: of other long numbers one in ten is valid by "
          "chance.",
      .phrases = {"card number", "credit card", "card no", "pan"},
      .accepts = {plan::FieldType::kString, plan::FieldType::kIntegral},
      .min_length = 13,
      .matches =
          [](const Value& value) {
            return rules::ContainsShape(*rules::FindFormat("credit_card"), value.text);
          },
      .validates =
          [](const Value& value) { return plan::TextIs(value.text, "contains_card_number"); },
      .threshold = {.matched = {}, .validated = 0.02},
      .threshold_if_named = {.matched = 0.5, .validated = 0.01},
      .min_valid_of_matched = 0.5};
}

}  // namespace assay::sensitive::detectors
