// From the tokens of names to the keys that group them and the pattern that a group is named
// by.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/name_tokens.h"

namespace assay::connectors {

/// Equal for names that could be one table if all that may vary by evidence did vary.
/// Separators do not count, nor how many varying tokens stand side by side.
std::string EvidenceKey(const NameTokens& name);

/// What the names of one EvidenceKey show together. The order of Add() does not matter.
class NameEvidence {
 public:
  /// `name` must have the key of those added before.
  void Add(const NameTokens& name);

  /// Marks the tokens that vary: places, months and weekdays with two different values, of
  /// which at least one place is no other word; numbered words with three.
  void MarkVarying(NameTokens& name) const;

 private:
  struct Slot {
    std::vector<std::string> values;  // distinct, no more than are needed to decide
    bool has_certain_place = false;
  };
  bool Varies(const NameToken& token, const Slot& slot) const;

  std::vector<Slot> slots_;  // of the tokens that may vary by evidence, in their order
};

/// Equal for names of one container (given folder and format). Names in which nothing varies
/// are equal only if they are the same text `stem`. Hashes of it are stored
/// (FoundContainer::key): a release in which it differs loses containers and their history.
std::string PatternKey(std::string_view stem, const NameTokens& name);

/// The pattern of all names of one PatternKey.
class NamePattern {
 public:
  NamePattern(std::string_view stem, const NameTokens& name);

  /// Widens the pattern to one more name. The order of Add() does not matter.
  void Add(const NameTokens& name);

  enum class Detail { kShort, kLong };
  /// "orders_*". kLong keeps the word in front of a glued date ("log*_error", short:
  /// "*_error"), as kShort does where no other word would be left.
  std::string Print(Detail detail) const;

 private:
  enum class PieceKind { kText, kGlued, kRun };
  struct Piece {
    PieceKind kind = PieceKind::kText;
    std::string separator;                // in front
    std::string text;                     // kText; of a nothing-varies name: all of it
    std::string prefix, suffix;           // kGlued
    bool keeps_prefix = false;            // kGlued: also in the short form
    bool is_whole = true;                 // kRun: printed as one star
    std::vector<std::string> separators;  // kRun: in front of its second, third, ... token
  };
  static std::vector<Piece> Pieces(const NameTokens& name);

  std::vector<Piece> pieces_;
  std::string tail_;
};

/// "'orders' stays; '20240229' varies (a date)": for explanations.
std::string DescribeTokens(const NameTokens& name);

}  // namespace assay::connectors
