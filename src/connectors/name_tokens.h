// Cuts a file or folder name into tokens and says what each of them is (docs/containers.md).

#pragma once

#include <string_view>
#include <vector>

namespace assay::connectors {

enum class TokenKind {
  // Part of what the name means.
  kWord,
  // Differs from file to file by its nature.
  kNumber,     // "00012"
  kDate,       // "20240229", "2024-02-28", "2024-02-28T10-30", "2024Q1", "jan2024"
  kId,         // a UUID, a hash, a random identifier
  kCounter,    // a counter word with a number: "v2", "part3"
  kDatedWord,  // a word glued to a date: "log2023-06"
  // Differs from file to file only if the neighbours of the file show it.
  kNumberedWord,  // a word glued to another number: "store12"
  kPlace,         // "us", "emea", "north"
  kMonth,         // "jan", with no year beside it
  kWeekday,       // "monday"
};

/// Views into the name that was cut.
struct NameToken {
  TokenKind kind = TokenKind::kWord;
  std::string_view text;
  std::string_view separator;  // what stands before it; may be empty
  std::string_view prefix;     // the letters before the number, of glued kinds
  std::string_view suffix;     // the letters behind it
  bool varies = false;         // from file to file of one container
};

struct NameTokens {
  std::vector<NameToken> tokens;
  std::string_view tail;  // separators behind the last token
};

/// Whether a token of this kind varies from file to file whatever stands beside the file.
bool VariesByNature(TokenKind kind);
/// Whether it varies if enough neighbours differ in it.
bool VariesByEvidence(TokenKind kind);

/// "a date", "a number", ... for explanations.
const char* TokenKindName(TokenKind kind);

/// Cuts `name` (without its file ending) at everything that is neither an ASCII letter or digit
/// nor a byte of a non-ASCII character; a date or UUID stays whole. Never fails; O(length). The
/// tokens point into `name`; those that vary by nature are marked so. Reuses the memory of
/// `tokens`.
void CutName(std::string_view name, NameTokens& tokens);

}  // namespace assay::connectors
