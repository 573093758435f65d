#include "plan/text_predicates/check_digits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace assay::plan {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsCapital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool IsCode(char c) {
  return IsDigit(c) || IsCapital(c);
}

bool AllOf(std::string_view text, bool (*holds)(char)) {
  return std::ranges::all_of(text, holds);
}

/// The remainder by 97 of capitals and digits, each letter as two digits (A is 10).
int Modulo97(std::string_view code) {
  int remainder = 0;
  for (const char c : code) {
    remainder = IsDigit(c) ? remainder * 10 + (c - '0') : remainder * 100 + (c - 'A' + 10);
    remainder %= 97;
  }
  return remainder;
}

struct IbanCountry {
  std::string_view code;
  size_t length;
};

// The SWIFT IBAN registry.
constexpr std::array kIbanCountries = {
    IbanCountry{"AD", 24}, IbanCountry{"AE", 23}, IbanCountry{"AL", 28}, IbanCountry{"AT", 20},
    IbanCountry{"AZ", 28}, IbanCountry{"BA", 20}, IbanCountry{"BE", 16}, IbanCountry{"BG", 22},
    IbanCountry{"BH", 22}, IbanCountry{"BI", 27}, IbanCountry{"BR", 29}, IbanCountry{"BY", 28},
    IbanCountry{"CH", 21}, IbanCountry{"CR", 22}, IbanCountry{"CY", 28}, IbanCountry{"CZ", 24},
    IbanCountry{"DE", 22}, IbanCountry{"DJ", 27}, IbanCountry{"DK", 18}, IbanCountry{"DO", 28},
    IbanCountry{"EE", 20}, IbanCountry{"EG", 29}, IbanCountry{"ES", 24}, IbanCountry{"FI", 18},
    IbanCountry{"FK", 18}, IbanCountry{"FO", 18}, IbanCountry{"FR", 27}, IbanCountry{"GB", 22},
    IbanCountry{"GE", 22}, IbanCountry{"GI", 23}, IbanCountry{"GL", 18}, IbanCountry{"GR", 27},
    IbanCountry{"GT", 28}, IbanCountry{"HN", 28}, IbanCountry{"HR", 21}, IbanCountry{"HU", 28},
    IbanCountry{"IE", 22}, IbanCountry{"IL", 23}, IbanCountry{"IQ", 23}, IbanCountry{"IS", 26},
    IbanCountry{"IT", 27}, IbanCountry{"JO", 30}, IbanCountry{"KW", 30}, IbanCountry{"KZ", 20},
    IbanCountry{"LB", 28}, IbanCountry{"LC", 32}, IbanCountry{"LI", 21}, IbanCountry{"LT", 20},
    IbanCountry{"LU", 20}, IbanCountry{"LV", 21}, IbanCountry{"LY", 25}, IbanCountry{"MC", 27},
    IbanCountry{"MD", 24}, IbanCountry{"ME", 22}, IbanCountry{"MK", 19}, IbanCountry{"MN", 20},
    IbanCountry{"MR", 27}, IbanCountry{"MT", 31}, IbanCountry{"MU", 30}, IbanCountry{"NI", 28},
    IbanCountry{"NL", 18}, IbanCountry{"NO", 15}, IbanCountry{"OM", 23}, IbanCountry{"PK", 24},
    IbanCountry{"PL", 28}, IbanCountry{"PS", 29}, IbanCountry{"PT", 25}, IbanCountry{"QA", 29},
    IbanCountry{"RO", 24}, IbanCountry{"RS", 22}, IbanCountry{"RU", 33}, IbanCountry{"SA", 24},
    IbanCountry{"SC", 31}, IbanCountry{"SD", 18}, IbanCountry{"SE", 24}, IbanCountry{"SI", 19},
    IbanCountry{"SK", 24}, IbanCountry{"SM", 27}, IbanCountry{"SO", 23}, IbanCountry{"ST", 25},
    IbanCountry{"SV", 28}, IbanCountry{"TL", 23}, IbanCountry{"TN", 24}, IbanCountry{"TR", 26},
    IbanCountry{"UA", 29}, IbanCountry{"VA", 22}, IbanCountry{"VG", 24}, IbanCountry{"XK", 20},
    IbanCountry{"YE", 30}};

/// The digits of an ISBN without its marks; nullopt when they stand where they may not.
std::optional<std::string> WithoutMarks(std::string_view text) {
  std::string digits;
  bool after_digit = false;
  for (const char c : text) {
    const bool is_mark = c == '-' || c == ' ';
    if (is_mark && !after_digit) return std::nullopt;
    if (!is_mark) digits += c;
    after_digit = !is_mark;
  }
  return after_digit ? std::optional(digits) : std::nullopt;
}

bool IsIsbn10(std::string_view text) {
  if (text.size() != 10 || !AllOf(text.substr(0, 9), IsDigit)) return false;
  if (!IsDigit(text[9]) && text[9] != 'X') return false;
  int sum = 0;
  for (size_t i = 0; i < 10; ++i) {
    sum += static_cast<int>(10 - i) * (text[i] == 'X' ? 10 : text[i] - '0');
  }
  return sum % 11 == 0;
}

}  // namespace

bool PassesLuhn(std::string_view digits) {
  if (digits.empty() || !AllOf(digits, IsDigit)) return false;
  unsigned sum = 0;
  bool doubled = false;
  for (size_t i = digits.size(); i-- > 0; doubled = !doubled) {
    const unsigned digit = static_cast<unsigned>(digits[i] - '0') * (doubled ? 2u : 1u);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

bool IsIban(std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c == ' ') continue;
    if (!IsCode(c) || code.size() == 34) return false;
    code += c;
  }
  const auto country = std::ranges::find(kIbanCountries, code.substr(0, 2), &IbanCountry::code);
  if (country == kIbanCountries.end() || country->length != code.size()) return false;
  if (!IsDigit(code[2]) || !IsDigit(code[3])) return false;
  return Modulo97(code.substr(4) + code.substr(0, 4)) == 1;
}

bool IsLei(std::string_view text) {
  return text.size() == 20 && AllOf(text, IsCode) && AllOf(text.substr(18), IsDigit) &&
         Modulo97(text) == 1;
}

bool IsIsin(std::string_view text) {
  if (text.size() != 12 || !AllOf(text.substr(0, 2), IsCapital) || !AllOf(text, IsCode) ||
      !IsDigit(text[11])) {
    return false;
  }
  std::string digits;
  for (const char c : text)
    digits += IsDigit(c) ? std::string(1, c) : std::to_string(c - 'A' + 10);
  return PassesLuhn(digits);
}

bool IsIsbn(std::string_view text) {
  const std::optional<std::string> digits = WithoutMarks(text);
  if (!digits) return false;
  const bool has_prefix = digits->starts_with("978") || digits->starts_with("979");
  return IsIsbn10(*digits) || (has_prefix && IsEan13(*digits));
}

bool IsEan13(std::string_view text) {
  if (text.size() != 13 || !AllOf(text, IsDigit)) return false;
  int sum = 0;
  for (size_t i = 0; i < 13; ++i) sum += (i % 2 == 0 ? 1 : 3) * (text[i] - '0');
  return sum % 10 == 0;
}

}  // namespace assay::plan
