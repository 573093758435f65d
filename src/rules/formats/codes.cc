// Codes of ISO lists.

#include "rules/formats/code_lists.h"
#include "rules/formats/groups.h"

namespace assay::rules::formats {
namespace {

std::function<plan::Expression(plan::Expression)> OneOf(std::string_view codes) {
  return [codes](plan::Expression text) {
    return plan::MatchesRegex(std::move(text), "^" + AnyOf(codes) + "$");
  };
}

}  // namespace

std::vector<Format> Codes() {
  return {
      {.name = "country_alpha2",
       .title = "ISO 3166-1 alpha-2 country code",
       .doc = "One of the 249 officially assigned codes of ISO 3166-1, two capitals.",
       .pattern = "[A-Z]{2}",
       .validate = OneOf(kCountries2),
       .valid = {"DE", "US", "ZW", "AD"},
       .invalid = {"UK", "de", "XX", "DEU", "EU", ""}},
      {.name = "country_alpha3",
       .title = "ISO 3166-1 alpha-3 country code",
       .doc = "One of the 249 officially assigned codes of ISO 3166-1, three capitals.",
       .pattern = "[A-Z]{3}",
       .validate = OneOf(kCountries3),
       .valid = {"DEU", "USA", "ZWE", "ABW"},
       .invalid = {"DE", "deu", "XXX", "GER"}},
      {.name = "currency",
       .title = "ISO 4217 currency code",
       .doc =
           "A code of ISO 4217, three capitals: those of 2026 with funds, metals, XTS and XXX, "
           "and ANG, BGN, CUC, HRK, SLL and ZWL, withdrawn since 2020.",
       .pattern = "[A-Z]{3}",
       .validate = OneOf(kCurrencies),
       .valid = {"EUR", "USD", "XAU", "HRK", "XCG"},
       .invalid = {"eur", "EURO", "DEM", "BTC"}},
      {.name = "language",
       .title = "ISO 639-1 language code",
       .doc = "One of the 183 codes of ISO 639-1, two small letters.",
       .pattern = "[a-z]{2}",
       .validate = OneOf(kLanguages),
       .valid = {"en", "de", "zu"},
       .invalid = {"EN", "xx", "eng", "en-US"}},
  };
}

}  // namespace assay::rules::formats
