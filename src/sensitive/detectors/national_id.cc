// Tag "national_id": numbers that states give to people.

#include <array>

#include "rules/formats.h"
#include "sensitive/detector.h"

namespace assay::sensitive::detectors {
namespace {

/// Those whose check digits tell them from other numbers.
constexpr std::array kChecked = {"br_cpf", "cn_resident_id",    "de_tax_id", "es_dni",
                                 "fr_nir", "it_codice_fiscale", "nl_bsn",    "pl_pesel"};

using Condition = plan::Expression (*)(const rules::Format&, plan::Expression);

plan::Expression AnyOf(const plan::Expression& text, Condition condition) {
  // Without check digits, but with marks at places of its own.
  plan::Expression any = rules::IsOfFormat(*rules::FindFormat("us_ssn"), text);
  for (const char* name : kChecked)
    any = plan::Or(std::move(any), condition(*rules::FindFormat(name), text));
  return any;
}

}  // namespace

Detector national_id() {
  return {.name = "national_id",
          .title = "national ids",
          .doc =
              "Values of the shape of formats `us_ssn` (with its marks), `br_cpf`, "
              "`cn_resident_id`, `de_tax_id`, `es_dni`, `fr_nir`, `it_codice_fiscale`, "
              "`nl_bsn` and `pl_pesel`, in texts and in integers; valid with their check "
              "digits. From 5 % valid values, if 60 % of those that look like one are: of "
              "other numbers of 9 or 11 digits up to a quarter is. Integers have lost "
              "the zeros in front.",
          .phrases = {"ssn", "social security", "national id", "tax id", "dni", "nie", "cpf",
                      "bsn", "pesel", "nir", "codice fiscale", "steuer id", "personal id"},
          .accepts = {plan::FieldType::kString, plan::FieldType::kIntegral},
          .min_length = 9,
          .matches = [](const Value& value) { return AnyOf(value.text, rules::HasShape); },
          .validates = [](const Value& value) { return AnyOf(value.text, rules::IsOfFormat); },
          .threshold = {.matched = {}, .validated = 0.05},
          .threshold_if_named = {.matched = 0.5, .validated = 0.02},
          .min_valid_of_matched = 0.6};
}

}  // namespace assay::sensitive::detectors
