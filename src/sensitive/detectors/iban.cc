// Tag "iban": International Bank Account Numbers.

#include "rules/formats.h"
#include "sensitive/detector.h"

namespace assay::sensitive::detectors {

Detector iban() {
  return {.name = "iban",
          .title = "IBANs",
          .doc =
              "Values of the shape of format `iban`; valid with the length of its country and "
              "right check digits (modulo 97). From 5 % valid values. Account numbers of one "
              "country only are not found.",
          .phrases = {"iban"},
          .min_length = 15,
          .matches =
              [](const Value& value) {
                return rules::HasShape(*rules::FindFormat("iban"), value.text);
              },
          .validates =
              [](const Value& value) {
                return rules::IsOfFormat(*rules::FindFormat("iban"), value.text);
              },
          .threshold = {.matched = {}, .validated = 0.05},
          .threshold_if_named = {.matched = 0.5, .validated = 0.01}};
}

}  // namespace assay::sensitive::detectors
