#include "plan/names/words.h"

#include <algorithm>
#include <array>

#include "plan/plain_letters.h"

namespace assay::plan::names {
namespace {

/// As they are once dots and accents are left out; several words are apart by spaces.
constexpr std::array kLegalForms = std::to_array<std::string_view>({"ab",
                                                                    "ag",
                                                                    "aps",
                                                                    "as",
                                                                    "asa",
                                                                    "bv",
                                                                    "bvba",
                                                                    "co",
                                                                    "company",
                                                                    "corp",
                                                                    "corporation",
                                                                    "cv",
                                                                    "doo",
                                                                    "eirl",
                                                                    "eurl",
                                                                    "ev",
                                                                    "gbr",
                                                                    "gesmbh",
                                                                    "gmbh",
                                                                    "inc",
                                                                    "incorporated",
                                                                    "jsc",
                                                                    "kabushiki kaisha",
                                                                    "kft",
                                                                    "kg",
                                                                    "kgaa",
                                                                    "kk",
                                                                    "limitada",
                                                                    "limited",
                                                                    "llc",
                                                                    "llp",
                                                                    "lp",
                                                                    "ltd",
                                                                    "ltda",
                                                                    "mbh",
                                                                    "nv",
                                                                    "nyrt",
                                                                    "oao",
                                                                    "ohg",
                                                                    "ooo",
                                                                    "oy",
                                                                    "oyj",
                                                                    "pao",
                                                                    "pjsc",
                                                                    "plc",
                                                                    "pte",
                                                                    "pty",
                                                                    "pvt",
                                                                    "sa",
                                                                    "sa de cv",
                                                                    "sapi de cv",
                                                                    "sarl",
                                                                    "sas",
                                                                    "sasu",
                                                                    "sca",
                                                                    "scs",
                                                                    "se",
                                                                    "sl",
                                                                    "slu",
                                                                    "snc",
                                                                    "sp z oo",
                                                                    "sp zoo",
                                                                    "spa",
                                                                    "spj",
                                                                    "spk",
                                                                    "spol sro",
                                                                    "spzoo",
                                                                    "srl",
                                                                    "sro",
                                                                    "ug",
                                                                    "vof",
                                                                    "zao",
                                                                    "zrt"});

bool IsAscii(std::string_view text) {
  return text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80;
}

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// ' and its typographic forms, and the dot of abbreviations.
bool IsLeftOut(std::string_view character) {
  return character == "'" || character == "." || character == "\u2018" ||
         character == "\u2019" || character == "\u02BC" || character == "`";
}

/// Whether a character beyond ASCII is punctuation or white space: U+0080 to U+00BF but for the
/// ordinals, U+2000 to U+206F, U+3000 to U+3002.
bool IsPunctuation(std::string_view character) {
  if (character == "\u00AA" || character == "\u00BA") return false;
  if (character.size() == 2) return character[0] == '\xC2';
  if (character.size() != 3) return false;
  const std::string_view block = character.substr(0, 2);
  if (block == "\xE2\x80") return true;
  if (block == "\xE2\x81") return static_cast<unsigned char>(character[2]) <= 0xAF;
  return block == "\xE3\x80" && static_cast<unsigned char>(character[2]) <= 0x82;
}

std::vector<std::string> AllWords(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (size_t i = 0; i < name.size();) {
    std::string plain;
    AppendPlain(name, i, plain);
    if (IsLeftOut(plain)) continue;
    if (plain == "&" || plain == "+") {
      end_word();
      words.emplace_back("and");
    } else if (IsAscii(plain) ? !IsLetterOrDigit(plain[0]) : IsPunctuation(plain)) {
      end_word();
    } else {
      word += plain;
    }
  }
  end_word();
  return words;
}

/// How many of the last words are a legal form.
size_t LegalFormWords(const std::vector<std::string>& words) {
  constexpr size_t kMost = 3;
  std::string form;
  size_t longest = 0;
  for (size_t count = 1; count <= std::min(kMost, words.size()); ++count) {
    form = words[words.size() - count] + (count == 1 ? "" : " " + form);
    if (std::ranges::find(kLegalForms, form) != kLegalForms.end()) longest = count;
  }
  return longest;
}

}  // namespace

std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words = AllWords(name);
  for (;;) {
    const size_t of_form =
        words.size() > 1 && words.back() == "and" ? 1 : LegalFormWords(words);
    if (of_form == 0 || of_form >= words.size()) break;
    words.resize(words.size() - of_form);
  }
  if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
  return words;
}

}  // namespace assay::plan::names
