#include "plan/text_predicate.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/json.h"
#include "plan/address/labels.h"
#include "plan/text_predicates/card_number.h"
#include "plan/text_predicates/check_digits.h"
#include "plan/text_predicates/national_ids.h"
#include "plan/text_predicates/random_text.h"
#include "plan/typing.h"

namespace assay::plan {
namespace {

bool IsJson(std::string_view text) {
  return Json::accept(text.begin(), text.end());
}

bool IsIpv6(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> address = {};
  if (text.size() >= address.size() || text.find('\0') != std::string_view::npos) return false;
  std::memcpy(address.data(), text.data(), text.size());
  in6_addr parsed = {};
  return inet_pton(AF_INET6, address.data(), &parsed) == 1;
}

struct Entry {
  std::string_view name;
  bool (*predicate)(std::string_view);
};

constexpr std::array kEntries = {Entry{"luhn", PassesLuhn},
                                 Entry{"card_number", IsCardNumber},
                                 Entry{"contains_card_number", ContainsCardNumber},
                                 Entry{"iban", IsIban},
                                 Entry{"lei", IsLei},
                                 Entry{"isin", IsIsin},
                                 Entry{"isbn", IsIsbn},
                                 Entry{"ean13", IsEan13},
                                 Entry{"json", IsJson},
                                 Entry{"ipv6", IsIpv6},
                                 Entry{"es_dni", IsSpanishId},
                                 Entry{"pl_pesel", IsPesel},
                                 Entry{"nl_bsn", IsBsn},
                                 Entry{"br_cpf", IsCpf},
                                 Entry{"fr_nir", IsNir},
                                 Entry{"de_tax_id", IsGermanTaxId},
                                 Entry{"cn_resident_id", IsChineseId},
                                 Entry{"it_codice_fiscale", IsCodiceFiscale},
                                 Entry{"random_text", IsRandomText}};

constexpr std::string_view kAddress = "address ";

/// The predicate for labels apart by spaces.
Result<TextPredicate> HasLabels(std::string_view names) {
  std::vector<address::Label> labels;
  while (!names.empty()) {
    const size_t end = std::min(names.find(' '), names.size());
    const auto label = address::ParseLabel(names.substr(0, end));
    if (!label) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("no such label of addresses: '{}'", names.substr(0, end)));
    }
    labels.push_back(*label);
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return TextPredicate([labels = std::move(labels)](std::string_view text) {
    const std::vector<address::LabelledPart> parts = address::LabelAddress(text);
    return std::ranges::all_of(labels, [&](address::Label label) {
      return std::ranges::find(parts, label, &address::LabelledPart::label) != parts.end();
    });
  });
}

}  // namespace

Result<TextPredicate> FindTextPredicate(std::string_view name) {
  if (name.starts_with(kAddress)) return HasLabels(name.substr(kAddress.size()));
  for (const Entry& entry : kEntries) {
    if (entry.name == name) return TextPredicate(entry.predicate);
  }
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("no such question about texts: '{}'", name));
}

Result<ValueType> TextIsRule(std::vector<Typed>& arguments) {
  ASSAY_TRY(const ValueType type, Takes("sl", ValueType::Boolean())(arguments));
  ASSAY_RETURN_IF_ERROR(FindTextPredicate(arguments[1].literal.text));
  return type;
}

}  // namespace assay::plan
