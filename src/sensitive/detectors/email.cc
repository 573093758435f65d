// Tag "email": texts that hold an e-mail address.

#include "rules/formats.h"
#include "sensitive/detector.h"

namespace assay::sensitive::detectors {

Detector email() {
  return {.name = "email",
          .title = "e-mail addresses",
          .doc =
              "An address of format `email` somewhere in the value, so also in notes. From 5 % "
              "of the values, 1 % if the field is named after it. Whether a mailbox exists is "
              "not looked at.",
          .phrases = {"email", "e mail", "mail address"},
          .min_length = 6,
          .matches =
              [](const Value& value) {
                return rules::ContainsShape(*rules::FindFormat("email"), value.text);
              },
          .threshold = {.matched = 0.05},
          .threshold_if_named = {.matched = 0.01}};
}

}  // namespace assay::sensitive::detectors
