#include "rules/field_words.h"

#include <algorithm>

namespace assay::rules {
namespace {

/// " first name " for "first", "name".
std::string Spaced(const std::vector<std::string>& words) {
  std::string text = " ";
  for (const std::string& word : words) text += word + " ";
  return text;
}

}  // namespace

std::vector<std::string> WordsOfField(std::string_view name) {
  std::vector<std::string> words;
  bool starts_word = true;
  char previous = 0;
  for (const char c : name) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_letter = is_upper || (c >= 'a' && c <= 'z');
    const bool is_hump = is_upper && previous >= 'a' && previous <= 'z';
    previous = c;
    if (!is_letter) {
      starts_word = true;
      continue;
    }
    if (starts_word || is_hump) words.emplace_back();
    starts_word = false;
    words.back() += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

bool HasPhrase(std::string_view name, std::span<const std::string_view> phrases) {
  const std::string words = Spaced(WordsOfField(name));
  return std::ranges::any_of(phrases, [&](std::string_view phrase) {
    std::string joined(phrase);
    std::erase(joined, ' ');
    return words.find(" " + std::string(phrase) + " ") != std::string::npos ||
           words.find(" " + joined + " ") != std::string::npos;
  });
}

}  // namespace assay::rules
