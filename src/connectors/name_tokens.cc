#include "connectors/name_tokens.h"

#include <algorithm>

#include "connectors/date_text.h"
#include "connectors/name_words.h"

namespace assay::connectors {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Bytes of non-ASCII characters count as letters, so that "größe" stays one word.
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsNameByte(char c) {
  return IsDigit(c) || IsLetter(c);
}

constexpr size_t kUuidLength = 36;

bool StartsWithUuid(std::string_view text) {
  if (text.size() < kUuidLength || (text.size() > kUuidLength && IsNameByte(text[kUuidLength])))
    return false;
  for (size_t i = 0; i < kUuidLength; ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : !IsHex(text[i])) return false;
  }
  return true;
}

/// A run of letters and digits as letters, digits, letters; any of them may be empty. `changes`
/// is how often letters and digits alternate in the whole word.
struct WordParts {
  std::string_view prefix, digits, suffix;
  int changes = 0;
};

WordParts SplitWord(std::string_view word) {
  WordParts parts;
  for (size_t i = 1; i < word.size(); ++i) {
    if (IsDigit(word[i]) != IsDigit(word[i - 1])) ++parts.changes;
  }
  const auto first_digit = std::find_if(word.begin(), word.end(), IsDigit);
  const auto digits_end = std::find_if_not(first_digit, word.end(), IsDigit);
  parts.prefix = {word.begin(), first_digit};
  parts.digits = {first_digit, digits_end};
  parts.suffix = {digits_end, word.end()};
  return parts;
}

/// Random identifiers mix letters and digits in a way that words do not: long hexadecimal
/// numbers, short ones that alternate, and long words that alternate often.
bool LooksRandom(std::string_view word, const WordParts& parts) {
  const bool is_hex = std::all_of(word.begin(), word.end(), IsHex);
  if (is_hex && word.size() >= 16) return true;
  if (is_hex && word.size() >= 8 && parts.changes >= 2) return true;
  return word.size() >= 12 && parts.changes >= 4;
}

NameToken Glued(TokenKind kind, std::string_view word, const WordParts& parts) {
  NameToken token;
  token.kind = kind;
  token.text = word;
  token.prefix = parts.prefix;
  token.suffix = parts.suffix;
  return token;
}

NameToken ClassifyLetters(std::string_view word) {
  NameToken token = Glued(TokenKind::kWord, word, {});
  if (ClassifyPlace(word) != PlaceWord::kNo) token.kind = TokenKind::kPlace;
  if (IsMonthName(word)) token.kind = TokenKind::kMonth;
  if (IsWeekdayName(word)) token.kind = TokenKind::kWeekday;
  return token;
}

NameToken ClassifyMixed(std::string_view word) {
  const WordParts parts = SplitWord(word);
  if (IsCompactDate(word)) return Glued(TokenKind::kDate, word, {});
  if (LooksRandom(word, parts)) return Glued(TokenKind::kId, word, {});
  const bool is_date = IsDateDigits(parts.digits);
  if (parts.changes == 1 && parts.suffix.empty()) {
    if (IsMonthName(parts.prefix) && parts.digits.size() <= 4)
      return Glued(TokenKind::kDate, word, {});
    if (IsCounterWord(parts.prefix)) return Glued(TokenKind::kCounter, word, parts);
    return Glued(is_date ? TokenKind::kDatedWord : TokenKind::kNumberedWord, word, parts);
  }
  if (parts.changes == 1 && parts.prefix.empty()) {
    if (IsMonthName(parts.suffix) && (is_date || parts.digits.size() <= 2))
      return Glued(TokenKind::kDate, word, {});
    if (is_date) return Glued(TokenKind::kDatedWord, word, parts);
  }
  if (parts.changes == 2 && parts.prefix.empty()) {  // "01jan2024"
    const WordParts rest = SplitWord(parts.suffix);
    if (IsMonthName(rest.prefix) && parts.digits.size() <= 2)
      return Glued(TokenKind::kDate, word, {});
  }
  if (parts.changes == 2 && is_date && parts.digits.size() > 4 && !parts.prefix.empty()) {
    return Glued(TokenKind::kDatedWord, word, parts);
  }
  return Glued(TokenKind::kWord, word, {});
}

/// The token that starts at `rest`, which begins with a letter or digit.
NameToken ReadToken(std::string_view rest) {
  if (StartsWithUuid(rest)) return Glued(TokenKind::kId, rest.substr(0, kUuidLength), {});
  // A date ends the token unless letters are glued behind it, which then are a word of their
  // own.
  if (const size_t length = SeparatedDateLength(rest); length != 0) {
    return Glued(TokenKind::kDate, rest.substr(0, length), {});
  }
  const auto end = std::find_if_not(rest.begin(), rest.end(), IsNameByte);
  const std::string_view word(rest.begin(), end);
  const auto first_digit = std::find_if(word.begin(), word.end(), IsDigit);
  if (first_digit == word.begin() && std::all_of(word.begin(), word.end(), IsDigit)) {
    return Glued(IsDateDigits(word) ? TokenKind::kDate : TokenKind::kNumber, word, {});
  }
  if (first_digit == word.end()) return ClassifyLetters(word);
  const size_t prefix_size = static_cast<size_t>(first_digit - word.begin());
  if (prefix_size != 0) {
    if (const size_t length = SeparatedDateLength(rest.substr(prefix_size)); length != 0) {
      const std::string_view text = rest.substr(0, prefix_size + length);
      const std::string_view prefix = text.substr(0, prefix_size);
      if (IsCounterWord(prefix)) return Glued(TokenKind::kDate, text, {});
      return Glued(TokenKind::kDatedWord, text, {.prefix = prefix, .digits = {}, .suffix = {}});
    }
  }
  return ClassifyMixed(word);
}

bool IsYearToken(const NameToken& token) {
  return token.kind == TokenKind::kDate && token.text.size() == 4 && IsDateDigits(token.text);
}

/// A month's name beside a year is part of a date.
void JoinMonthsWithYears(std::vector<NameToken>& tokens) {
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != TokenKind::kMonth) continue;
    const bool has_year = (i > 0 && IsYearToken(tokens[i - 1])) ||
                          (i + 1 < tokens.size() && IsYearToken(tokens[i + 1]));
    if (has_year) tokens[i].kind = TokenKind::kDate;
  }
}

/// What may vary needs a word that stays, or else nothing would tell one table's files from
/// another's: "us.csv" and "eu.csv" stay two names, and "part1.csv" keeps its "part".
void KeepAnAnchor(std::vector<NameToken>& tokens) {
  const bool has_word = std::any_of(tokens.begin(), tokens.end(), [](const NameToken& token) {
    return token.kind == TokenKind::kWord || token.kind == TokenKind::kDatedWord ||
           token.kind == TokenKind::kNumberedWord;
  });
  if (has_word) return;
  bool has_anchor = false;
  for (NameToken& token : tokens) {
    const bool is_named = token.kind == TokenKind::kPlace || token.kind == TokenKind::kMonth ||
                          token.kind == TokenKind::kWeekday;
    if (!is_named) continue;
    token.kind = TokenKind::kWord;
    has_anchor = true;
  }
  if (has_anchor) return;
  for (NameToken& token : tokens) {
    if (token.kind == TokenKind::kCounter) token.kind = TokenKind::kDatedWord;
  }
}

}  // namespace

bool VariesByNature(TokenKind kind) {
  switch (kind) {
    case TokenKind::kNumber:
    case TokenKind::kDate:
    case TokenKind::kId:
    case TokenKind::kCounter:
    case TokenKind::kDatedWord: return true;
    case TokenKind::kWord:
    case TokenKind::kNumberedWord:
    case TokenKind::kPlace:
    case TokenKind::kMonth:
    case TokenKind::kWeekday: return false;
  }
  return false;
}

bool VariesByEvidence(TokenKind kind) {
  return kind != TokenKind::kWord && !VariesByNature(kind);
}

const char* TokenKindName(TokenKind kind) {
  switch (kind) {
    case TokenKind::kWord: return "a word";
    case TokenKind::kNumber: return "a number";
    case TokenKind::kDate: return "a date";
    case TokenKind::kId: return "an identifier";
    case TokenKind::kCounter: return "a counter";
    case TokenKind::kDatedWord: return "a word with a date or counter";
    case TokenKind::kNumberedWord: return "a numbered word";
    case TokenKind::kPlace: return "a place";
    case TokenKind::kMonth: return "a month";
    case TokenKind::kWeekday: return "a weekday";
  }
  return "a word";
}

void CutName(std::string_view name, NameTokens& out) {
  out.tokens.clear();
  size_t position = 0;
  while (true) {
    const size_t start = position;
    while (position < name.size() && !IsNameByte(name[position])) ++position;
    const std::string_view separator = name.substr(start, position - start);
    if (position == name.size()) {
      out.tail = separator;
      break;
    }
    NameToken token = ReadToken(name.substr(position));
    token.separator = separator;
    position += token.text.size();
    out.tokens.push_back(token);
  }
  JoinMonthsWithYears(out.tokens);
  KeepAnAnchor(out.tokens);
  for (NameToken& token : out.tokens) token.varies = VariesByNature(token.kind);
}

}  // namespace assay::connectors
