// Tag "address": postal addresses.

#include "sensitive/detector.h"

namespace assay::sensitive::detectors {

Detector address() {
  return {
      .name = "address",
      .title = "postal addresses",
      .doc =
          "Values in which the parser of rule `isAddress` finds a road; valid with a post "
          "code as well. From half valid values, or, if the field is named after it, 30 % "
          "with a road. Cities and post codes in fields of their own are not tagged.",
      .phrases = {"address", "addr", "street", "street address", "road", "residence",
                  "shipping address", "billing address"},
      .min_length = 8,
      .matches = [](const Value& value) { return plan::TextIs(value.text, "address road"); },
      .validates =
          [](const Value& value) { return plan::TextIs(value.text, "address road postcode"); },
      .threshold = {.matched = {}, .validated = 0.5},
      .threshold_if_named = {.matched = 0.3}};
}

}  // namespace assay::sensitive::detectors
