#include "connectors/name_pattern.h"

#include <fmt/format.h>

#include <algorithm>

#include "connectors/name_words.h"

namespace assay::connectors {
namespace {

// Control bytes that mark the items of a key; names that hold them only group a little wider.
constexpr char kItemEnd = '\x1f';
constexpr char kGluedMark = '\x01';
constexpr char kEvidenceMark = '\x02';
constexpr std::string_view kRunMark = "\x03";
constexpr std::string_view kWholeNameMark = "\x04";

bool IsGlued(TokenKind kind) {
  return kind == TokenKind::kDatedWord || kind == TokenKind::kNumberedWord;
}

void AppendGlued(std::string& key, char mark, const NameToken& token) {
  key += mark;
  key += token.prefix;
  key += kItemEnd;
  key += token.suffix;
}

/// Varying tokens side by side are one item: a second delivery of a day ("orders_20240229_2")
/// or another writer's numbering belongs to the same table.
void AppendVarying(std::string& key, const NameToken& token, bool& in_run) {
  if (IsGlued(token.kind)) {
    AppendGlued(key, kGluedMark, token);
    in_run = false;
  } else {
    if (!in_run) key += kRunMark;
    in_run = true;
  }
}

/// The separator of a group whose names differ in it: the usual one, whatever the order of
/// names.
std::string CommonSeparator(const std::string& a, std::string_view b) {
  if (a == b) return a;
  if (a == "_" || b == "_") return "_";
  if (a == "-" || b == "-") return "-";
  return std::min(a, std::string(b));
}

}  // namespace

std::string EvidenceKey(const NameTokens& name) {
  std::string key;
  bool in_run = false;
  for (const NameToken& token : name.tokens) {
    if (VariesByNature(token.kind)) {
      AppendVarying(key, token, in_run);
    } else if (VariesByEvidence(token.kind)) {
      AppendGlued(key, kEvidenceMark, token);
      key += static_cast<char>('a' + static_cast<int>(token.kind));
      in_run = false;
    } else {
      key += token.text;
      in_run = false;
    }
    if (!in_run) key += kItemEnd;
  }
  return key;
}

void NameEvidence::Add(const NameTokens& name) {
  constexpr size_t kEnoughValues = 3;
  size_t i = 0;
  for (const NameToken& token : name.tokens) {
    if (!VariesByEvidence(token.kind)) continue;
    if (i == slots_.size()) slots_.emplace_back();
    Slot& slot = slots_[i++];
    if (token.kind == TokenKind::kPlace && ClassifyPlace(token.text) == PlaceWord::kYes)
      slot.has_certain_place = true;
    if (slot.values.size() >= kEnoughValues) continue;
    if (std::find(slot.values.begin(), slot.values.end(), token.text) == slot.values.end()) {
      slot.values.emplace_back(token.text);
    }
  }
}

bool NameEvidence::Varies(const NameToken& token, const Slot& slot) const {
  if (token.kind == TokenKind::kNumberedWord) return slot.values.size() >= 3;
  if (token.kind == TokenKind::kPlace) return slot.values.size() >= 2 && slot.has_certain_place;
  return slot.values.size() >= 2;
}

void NameEvidence::MarkVarying(NameTokens& name) const {
  size_t i = 0;
  for (NameToken& token : name.tokens) {
    if (!VariesByEvidence(token.kind)) continue;
    token.varies = i < slots_.size() && Varies(token, slots_[i]);
    ++i;
  }
}

std::string PatternKey(std::string_view stem, const NameTokens& name) {
  const bool anything_varies = std::any_of(name.tokens.begin(), name.tokens.end(),
                                           [](const NameToken& token) { return token.varies; });
  if (!anything_varies) return std::string(kWholeNameMark) + std::string(stem);
  std::string key;
  bool in_run = false;
  for (const NameToken& token : name.tokens) {
    if (token.varies) {
      AppendVarying(key, token, in_run);
    } else {
      key += token.text;
      in_run = false;
    }
    if (!in_run) key += kItemEnd;
  }
  return key;
}

std::vector<NamePattern::Piece> NamePattern::Pieces(const NameTokens& name) {
  std::vector<Piece> pieces;
  for (const NameToken& token : name.tokens) {
    const bool is_run = token.varies && !IsGlued(token.kind);
    if (is_run && !pieces.empty() && pieces.back().kind == PieceKind::kRun) {
      Piece& run = pieces.back();
      run.separators.emplace_back(token.separator);
      if (token.kind == TokenKind::kId) run.is_whole = true;
      continue;
    }
    Piece piece;
    piece.separator = token.separator;
    if (!token.varies) {
      piece.kind = PieceKind::kText;
      piece.text = token.text;
    } else if (is_run) {
      piece.kind = PieceKind::kRun;
      piece.is_whole = token.kind == TokenKind::kId;
    } else {
      piece.kind = PieceKind::kGlued;
      piece.prefix = token.prefix;
      piece.suffix = token.suffix;
      piece.keeps_prefix = token.kind == TokenKind::kNumberedWord;
    }
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

NamePattern::NamePattern(std::string_view stem, const NameTokens& name)
    : pieces_(Pieces(name)), tail_(name.tail) {
  const bool is_fixed = std::all_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) {
    return piece.kind == PieceKind::kText;
  });
  if (!is_fixed) return;
  Piece whole;
  whole.text = stem;
  pieces_ = {std::move(whole)};
  tail_.clear();
}

void NamePattern::Add(const NameTokens& name) {
  const std::vector<Piece> others = Pieces(name);
  // A name in which nothing varies is the same text for all of its group.
  const bool is_fixed = pieces_.size() == 1 && pieces_[0].kind == PieceKind::kText;
  if (is_fixed || others.size() != pieces_.size()) return;
  for (size_t i = 0; i < pieces_.size(); ++i) {
    Piece& mine = pieces_[i];
    const Piece& other = others[i];
    mine.separator = CommonSeparator(mine.separator, other.separator);
    mine.is_whole =
        mine.is_whole || other.is_whole || mine.separators.size() != other.separators.size();
    mine.keeps_prefix = mine.keeps_prefix || other.keeps_prefix;
    for (size_t k = 0; !mine.is_whole && k < mine.separators.size(); ++k) {
      mine.separators[k] = CommonSeparator(mine.separators[k], other.separators[k]);
    }
  }
  tail_ = CommonSeparator(tail_, name.tail);
}

std::string NamePattern::Print(Detail detail) const {
  const bool has_text = std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) {
    return piece.kind == PieceKind::kText;
  });
  std::string pattern;
  for (const Piece& piece : pieces_) {
    pattern += piece.separator;
    switch (piece.kind) {
      case PieceKind::kText: pattern += piece.text; break;
      case PieceKind::kGlued: {
        const bool in_full = detail == Detail::kLong || piece.keeps_prefix || !has_text;
        pattern += in_full ? piece.prefix + "*" + piece.suffix : "*";
        break;
      }
      case PieceKind::kRun:
        pattern += '*';
        if (piece.is_whole) break;
        for (const std::string& separator : piece.separators) pattern += separator + "*";
        break;
    }
  }
  return pattern + tail_;
}

std::string DescribeTokens(const NameTokens& name) {
  std::string text;
  for (const NameToken& token : name.tokens) {
    if (!text.empty()) text += "; ";
    text += token.varies
                ? fmt::format("'{}' varies ({})", token.text, TokenKindName(token.kind))
                : fmt::format("'{}' stays", token.text);
  }
  return text;
}

}  // namespace assay::connectors
