// Accounts, cards, banks and securities.

#include "rules/formats/code_lists.h"
#include "rules/formats/groups.h"

namespace assay::rules::formats {
namespace {

/// A check by a question of plan/text_predicate.h.
std::function<plan::Expression(plan::Expression)> Asks(const char* question) {
  return [question](plan::Expression text) { return plan::TextIs(std::move(text), question); };
}

plan::Expression HasBankCountry(plan::Expression text) {
  return plan::MatchesRegex(std::move(text), "^.{4}(?:XK|" + AnyOf(kCountries2) + ")");
}

}  // namespace

std::vector<Format> Payments() {
  return {
      {.name = "iban",
       .title = "IBAN",
       .doc =
           "An International Bank Account Number (ISO 13616) of a country of the SWIFT "
           "registry, with that country's length and right check digits (modulo 97); letters "
           "are capitals; in one run, or in groups of four apart by single spaces.",
       .pattern =
           "[A-Z]{2}[0-9]{2}(?:[0-9A-Z]{11,30}|(?: [0-9A-Z]{4}){2,7}(?: [0-9A-Z]{1,4})?)",
       .validate = Asks("iban"),
       .valid = {"DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "NO9386011117947"},
       .invalid = {"DE88370400440532013000", "DE8937040044053201300", "XX89370400440532013000",
                   "de89370400440532013000", "GB82WEST 1234 5698 7654 32", ""}},
      {.name = "bic",
       .title = "BIC",
       .doc = "A Business Identifier Code (ISO 9362): four capitals, a country code of "
              "`country_alpha2` or XK, two capitals or digits, and perhaps three more for a "
              "branch.",
       .pattern = "[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?",
       .validate = HasBankCountry,
       .valid = {"DEUTDEFF", "DEUTDEFF500", "NCBVXKPR"},
       .invalid = {"DEUTZZFF", "DEUTDEF", "DEUTDEFF50", "deutdeff"}},
      {.name = "credit_card",
       .title = "card number",
       .doc =
           "13 to 19 digits, the first from 2 to 6, with Luhn's check digit: in one run, or in "
           "groups of 4 to 6 digits (the last of 1 to 7) apart by one space each or one dash "
           "each. The issuer is not looked at.",
       .pattern = "[2-6][0-9 -]{12,24}",
       .validate = Asks("card_number"),
       .valid = {"4111111111111111", "5105-1051-0510-5100", "3782 822463 10005"},
       .invalid = {"4111111111111112", "411111111111", "4111 1111-1111 1111",
                   "0000000000000000", " 4111111111111111", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"}},
      {.name = "isin",
       .title = "ISIN",
       .doc =
           "An International Securities Identification Number (ISO 6166): two capitals, nine "
           "capitals or digits, and the right check digit.",
       .pattern = "[A-Z]{2}[0-9A-Z]{9}[0-9]",
       .validate = Asks("isin"),
       .valid = {"US0378331005", "DE000BAY0017", "GB0002634946"},
       .invalid = {"US0378331004", "US037833100", "us0378331005"}},
      {.name = "lei",
       .title = "LEI",
       .doc =
           "A Legal Entity Identifier (ISO 17442): 18 capitals or digits and two right check "
           "digits (modulo 97).",
       .pattern = "[0-9A-Z]{18}[0-9]{2}",
       .validate = Asks("lei"),
       .valid = {"5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"},
       .invalid = {"5493001KJTIIGC8Y1R13", "5493001KJTIIGC8Y1R1"}},
  };
}

}  // namespace assay::rules::formats
