// Tag "secret": keys and tokens that open something.

#include "sensitive/detector.h"

namespace assay::sensitive::detectors {
namespace {

/// Forms that the issuers publish, so that they can be found.
constexpr const char* kKnownKey =
    "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"                       // AWS access key ids
    "|\\bgh[pousr]_[0-9A-Za-z]{36}"                         // GitHub tokens
    "|\\bgithub_pat_[0-9A-Za-z_]{60,}"                      // GitHub fine-grained tokens
    "|\\bglpat-[0-9A-Za-z_-]{20}"                           // GitLab tokens
    "|\\bxox[abeoprs]-[0-9A-Za-z-]{10,}"                    // Slack tokens
    "|hooks\\.slack\\.com/services/T[0-9A-Z]+/B[0-9A-Z]+/"  // Slack webhooks
    "|\\b[rs]k_live_[0-9A-Za-z]{24,}"                       // Stripe keys
    "|\\bAIza[0-9A-Za-z_-]{35}"                             // Google API keys
    "|-----BEGIN (?:[A-Z]+ )*PRIVATE KEY"                   // PEM and OpenSSH (RFC 7468)
    "|\\beyJ[0-9A-Za-z_-]{8,}\\.eyJ[0-9A-Za-z_-]{8,}\\.[0-9A-Za-z_-]*";  // JWT (RFC 7519)

}  // namespace

Detector secret() {
  return {
      .name = "secret",
      .title = "secret keys and tokens",
      .doc =
          "Valid: a key of a form that its issuer publishes, somewhere in the value: AWS "
          "access key ids, tokens of GitHub, GitLab and Slack, Stripe and Google keys, "
          "headers of private keys, JSON Web Tokens. From 1 % of the values. Else texts of "
          "20 or more characters of base64 with 4.5 bits of entropy a character, from half "
          "of the values, 10 % if the field is named after it. Passwords that people choose, "
          "and "
          "hexadecimal keys, are not found.",
      .phrases = {"secret", "token", "password", "passwd", "api key", "access key",
                  "private key", "secret key", "credential", "credentials"},
      .min_length = 16,
      .matches =
          [](const Value& value) {
            return plan::Or(plan::MatchesRegex(value.text, kKnownKey),
                            plan::TextIs(value.text, "random_text"));
          },
      .validates = [](const Value& value) { return plan::MatchesRegex(value.text, kKnownKey); },
      .threshold = {.matched = 0.5, .validated = 0.01},
      .threshold_if_named = {.matched = 0.1, .validated = 0.01}};
}

}  // namespace assay::sensitive::detectors
