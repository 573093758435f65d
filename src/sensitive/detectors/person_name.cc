// Tag "person_name": names of people.

#include "sensitive/detector.h"

namespace assay::sensitive::detectors {
namespace {

/// One to five words that begin with a capital or are a particle; letters of any script,
/// apostrophes, hyphens and dots.
constexpr const char* kName = "^(?:(?:\\p{L}\\.?[\\p{L}\\p{M}'’.-]*),? ?){1,5}$";
constexpr const char* kBeginsWithCapital =
    "^(?:(?:van|von|de|da|di|del|la|le|el|al|bin|ibn|ter) "
    "){0,2}[^\\p{Ll}\\p{N}\\p{P}\\p{S}\\p{Z}]";

}  // namespace

Detector person_name() {
  return {
      .name = "person_name",
      .title = "names of people",
      .doc =
          "Only in fields whose name says so (first name, surname, customer name, ...; "
          "`name` alone does not): values of one to five words of letters of any script, the "
          "first with a capital or after a particle such as van, at most 60 characters. From "
          "70 % of the values. No list of names is used: names in other fields and in notes "
          "are not found, and titles of things in such a field are taken for names.",
      .phrases = {"first name",     "given name",     "forename",
                  "middle name",    "last name",      "family name",
                  "surname",        "maiden name",    "full name",
                  "person name",    "contact name",   "customer name",
                  "client name",    "patient name",   "employee name",
                  "owner name",     "cardholder",     "cardholder name",
                  "account holder", "recipient name", "fname",
                  "lname"},
      .min_length = 2,
      .matches =
          [](const Value& value) {
            if (!value.field_says_so)
              return plan::Expression::Constant(plan::Literal::Boolean(false));
            return plan::And(
                plan::And(plan::MatchesRegex(value.text, kName),
                          plan::MatchesRegex(value.text, kBeginsWithCapital)),
                plan::AtMost(plan::CharacterLength(value.text), plan::Literal::Integer(60)));
          },
      .threshold_if_named = {.matched = 0.7}};
}

}  // namespace assay::sensitive::detectors
