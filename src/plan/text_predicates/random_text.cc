#include "plan/text_predicates/random_text.h"

#include <array>
#include <cmath>
#include <cstddef>

namespace assay::plan {
namespace {

constexpr double kBitsPerCharacter = 4.5;

/// Shannon's entropy of the characters of a text (1948), in bits.
double Entropy(std::string_view text) {
  std::array<int, 256> counts = {};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    const double share = count / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

}  // namespace

bool IsRandomText(std::string_view text) {
  constexpr size_t kShortest = 20, kLongest = 512;
  if (text.size() < kShortest || text.size() > kLongest) return false;
  bool has_capital = false, has_small = false, has_digit = false;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      has_capital = true;
    } else if (c >= 'a' && c <= 'z') {
      has_small = true;
    } else if (c >= '0' && c <= '9') {
      has_digit = true;
    } else if (std::string_view("+/=-_").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return has_capital && has_small && has_digit && Entropy(text) >= kBitsPerCharacter;
}

}  // namespace assay::plan
