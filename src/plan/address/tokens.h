// The words of an address.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::plan::address {

/// A word as it is written and as it is looked up.
struct Token {
  std::string_view text;  // a view of the address
  std::string key;        // of plan/plain_letters.h, dots left out
  size_t part = 0;        // counted from 0 over what stands between commas and ends of lines
};

/// Words apart by white space; parts apart by commas, semicolons, bars and ends of lines; parts
/// without words do not count.
std::vector<Token> Tokenize(std::string_view address);

// What a word looks like. Letters and digits are those of ASCII.
bool HasDigit(std::string_view text);
bool IsNumber(std::string_view text);    // digits only, at least one
bool IsCapitals(std::string_view text);  // capitals only
std::string Capitals(std::string_view text);
/// "12", "12a", "12-14", "12/3", "221b": begins with a digit, holds no word.
bool IsHouseNumber(const std::string& key);

}  // namespace assay::plan::address
