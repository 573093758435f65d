// Tag "ip": addresses of networks.

#include "rules/formats.h"
#include "sensitive/detector.h"

namespace assay::sensitive::detectors {

Detector ip() {
  return {.name = "ip",
          .title = "IP addresses",
          .doc =
              "Values of the shape of an IPv4 or IPv6 address; valid as of format `ip`. From "
              "half of the values, 10 % if the field is named after it. A version of four "
              "numbers, such as 10.4.0.1, looks the same.",
          .phrases = {"ip", "ip address", "ipv", "remote addr", "client addr"},
          .min_length = 3,
          .matches =
              [](const Value& value) {
                return plan::MatchesRegex(value.text,
                                          "^(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:"
                                          "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$");
              },
          .validates =
              [](const Value& value) {
                return rules::IsOfFormat(*rules::FindFormat("ip"), value.text);
              },
          .threshold = {.matched = {}, .validated = 0.5},
          .threshold_if_named = {.matched = {}, .validated = 0.1}};
}

}  // namespace assay::sensitive::detectors
