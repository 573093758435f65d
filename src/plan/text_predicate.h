// Questions about a text that SQL has no words for: check digits, well-formed JSON, ...
//
// The function "text_is" of expressions (plan/expression.h: TextIs) asks one by its name. An
// engine in this process answers by calling what is found here; the answer is the same
// everywhere. Engines elsewhere have no counterpart.

#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"

namespace assay::plan {

/// Answers for one text, which may hold any bytes: no text is an error. Safe to call from any
/// thread; at worst linear in the text unless said otherwise.
using TextPredicate = std::function<bool(std::string_view text)>;

/// By name; all are about the whole text unless they say "contains":
///   luhn                  ASCII digits, at least one, the last of which is the check digit of
///                         ISO/IEC 7812-1 annex B
///   card_number           13 to 19 digits, the first from 2 to 6, that pass luhn: in one run,
///   or in
///                         groups of 4 to 6 (the last of 1 to 7) apart by one space or one dash
///   contains_card_number  such a number, with no digit right before or behind it
///   iban                  with the length of its country and check digits (ISO 13616, ISO/IEC
///                         7064 MOD 97-10); spaces are left out first
///   lei                   20 capitals and digits that give 1 modulo 97 (ISO 17442)
///   isin                  two capitals, nine capitals or digits, check digit (ISO 6166)
///   isbn                  ISBN-10 or ISBN-13 with check digit; dashes and spaces are left out
///   ean13                 13 digits, the last of which is the check digit (GS1)
///   json                  one JSON text (RFC 8259) whose numbers are within a double's range
///   ipv6                  an address of RFC 4291, without zone
///   es_dni, pl_pesel, nl_bsn, br_cpf, fr_nir, de_tax_id, cn_resident_id, it_codice_fiscale
///                         numbers of people with right check digits, as
///                         plan/text_predicates/national_ids.h says
///   random_text           as made by a generator of keys (plan/text_predicates/random_text.h)
///   address L ...         a postal address in which plan/address/labels.h finds all labels L
/// kInvalidInput for other names.
Result<TextPredicate> FindTextPredicate(std::string_view name);

}  // namespace assay::plan
