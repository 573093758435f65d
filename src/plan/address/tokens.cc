#include "plan/address/tokens.h"

#include <algorithm>

#include "plan/plain_letters.h"

namespace assay::plan::address {
namespace {

constexpr std::string_view kPartEnds = ",;|\n\r";
constexpr std::string_view kWordEnds = ",;|\n\r \t\f\v()\"";

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

std::string Key(std::string_view word) {
  std::string key;
  for (size_t i = 0; i < word.size();) {
    if (word[i] == '.') {
      ++i;
    } else {
      AppendPlain(word, i, key);
    }
  }
  return key;
}

}  // namespace

std::vector<Token> Tokenize(std::string_view address) {
  std::vector<Token> tokens;
  size_t part = 0;
  bool part_has_words = false;
  for (size_t i = 0; i < address.size();) {
    const size_t end = std::min(address.find_first_of(kWordEnds, i), address.size());
    if (end > i) {
      const std::string_view word = address.substr(i, end - i);
      std::string key = Key(word);
      // A dash or dot by itself is no word.
      if (key.find_first_not_of("-") != std::string::npos) {
        tokens.push_back({word, std::move(key), part});
        part_has_words = true;
      }
    }
    if (end < address.size() && kPartEnds.find(address[end]) != std::string_view::npos &&
        part_has_words) {
      ++part;
      part_has_words = false;
    }
    i = end + 1;
  }
  return tokens;
}

bool HasDigit(std::string_view text) {
  return std::ranges::any_of(text, IsDigit);
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, IsDigit);
}

bool IsCapitals(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string Capitals(std::string_view text) {
  std::string capitals(text);
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  }
  return capitals;
}

bool IsHouseNumber(const std::string& key) {
  if (key.empty() || !IsDigit(key[0]) || key.size() > 9) return false;
  size_t letters_in_a_row = 0;
  for (const char c : key) {
    letters_in_a_row = IsDigit(c) || c == '-' || c == '/' ? 0 : letters_in_a_row + 1;
    if (letters_in_a_row > 1) return false;
  }
  return std::ranges::count_if(key, IsDigit) <= 6;
}

}  // namespace assay::plan::address
