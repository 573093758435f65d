#include "plan/text_predicates/national_ids.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace assay::plan {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsCapital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool AreDigits(std::string_view text, size_t count) {
  return text.size() == count && std::ranges::all_of(text, IsDigit);
}

bool AreSame(std::string_view digits) {
  return std::ranges::all_of(digits, [&](char c) { return c == digits[0]; });
}

/// The first digits, each times its weight.
int WeightedSum(std::string_view digits, std::span<const int> weights) {
  int sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (digits[i] - '0');
  return sum;
}

int64_t Number(std::string_view digits) {
  int64_t number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

/// The digit of CPF for those in front of it, weighted from `first` down to 2.
int CpfDigit(std::string_view digits, int first) {
  int sum = 0;
  for (int i = 0; first - i >= 2; ++i)
    sum += (first - i) * (digits[static_cast<size_t>(i)] - '0');
  return sum * 10 % 11 % 10;
}

}  // namespace

bool IsSpanishId(std::string_view text) {
  constexpr std::string_view kLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
  if (text.size() != 9) return false;
  std::string digits(text.substr(0, 8));
  if (digits[0] >= 'X' && digits[0] <= 'Z')
    digits[0] = static_cast<char>('0' + (digits[0] - 'X'));
  return AreDigits(digits, 8) && text[8] == kLetters[static_cast<size_t>(Number(digits) % 23)];
}

bool IsPesel(std::string_view text) {
  constexpr std::array kWeights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
  return AreDigits(text, 11) && !AreSame(text) && WeightedSum(text, kWeights) % 10 == 0;
}

bool IsBsn(std::string_view text) {
  constexpr std::array kWeights = {9, 8, 7, 6, 5, 4, 3, 2, -1};
  return AreDigits(text, 9) && text != "000000000" && WeightedSum(text, kWeights) % 11 == 0;
}

bool IsCpf(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '.' && c != '-') digits += c;
  }
  return AreDigits(digits, 11) && !AreSame(digits) && CpfDigit(digits, 10) == digits[9] - '0' &&
         CpfDigit(digits, 11) == digits[10] - '0';
}

bool IsNir(std::string_view text) {
  if (text.size() != 15) return false;
  std::string digits(text);
  // Corsica, in place of the department 20.
  const std::string department = digits.substr(5, 2);
  if (department == "2A") digits.replace(5, 2, "19");
  if (department == "2B") digits.replace(5, 2, "18");
  return AreDigits(digits, 15) &&
         97 - Number(digits.substr(0, 13)) % 97 == Number(digits.substr(13));
}

bool IsGermanTaxId(std::string_view text) {
  if (!AreDigits(text, 11) || text[0] == '0') return false;
  std::array<int, 10> counts = {};
  int product = 10;
  for (const char c : text.substr(0, 10)) {
    ++counts[static_cast<size_t>(c - '0')];
    const int sum = (c - '0' + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  const bool has_one_repeated =
      std::ranges::count_if(counts, [](int count) { return count > 1; }) == 1 &&
      std::ranges::max(counts) <= 3;
  return has_one_repeated && (11 - product) % 10 == text[10] - '0';
}

bool IsChineseId(std::string_view text) {
  constexpr std::array kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  if (text.size() != 18 || !AreDigits(text.substr(0, 17), 17)) return false;
  constexpr std::string_view kDigits = "10X98765432";
  return text[17] == kDigits[static_cast<size_t>(WeightedSum(text, kWeights) % 11)];
}

bool IsCodiceFiscale(std::string_view text) {
  // Of characters at odd places, counted from 1: of the digits and letters in their order.
  constexpr std::array kOdd = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                               20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  if (text.size() != 16 || !IsCapital(text[15])) return false;
  int sum = 0;
  for (size_t i = 0; i < 15; ++i) {
    const char c = text[i];
    if (!IsDigit(c) && !IsCapital(c)) return false;
    const int value = IsDigit(c) ? c - '0' : c - 'A';
    sum += i % 2 == 0 ? kOdd[static_cast<size_t>(value)] : value;
  }
  return text[15] - 'A' == sum % 26;
}

}  // namespace assay::plan
