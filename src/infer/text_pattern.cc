#include "infer/text_pattern.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>

#include "infer/character_classes.h"
#include "infer/length_range.h"
#include "infer/typical_shapes.h"

namespace assay::infer {
namespace {

constexpr size_t kMinTexts = 20;
constexpr double kBulkShare = 0.95;
constexpr double kLeastTypical = 0.6;
constexpr double kAlternativeShare = 0.05;  // less is rather an error than another form
constexpr double kConstantShare = 0.99;
constexpr double kKindShare = 0.003;  // of texts that hold a kind of character
constexpr double kMandatoryShare = 0.98;
constexpr int64_t kMostCharacters = 255;  // of the limit of a length
constexpr size_t kMostPieces = 40;
constexpr std::string_view kJoiners = "._-'+ ";  // may stand inside words

/// How a text is cut into pieces.
enum class Cut {
  kRuns,    // letters of one case, digits, other characters outside ASCII
  kWords,   // letters, digits and characters outside ASCII together
  kPhrases  // words and what joins them
};

/// Part of a text: a run of characters of some kinds, or one fixed character.
struct Piece {
  std::string text;
  CharacterKinds kinds = 0;  // 0: a fixed character
  int64_t length = 0;        // code points
};

/// Texts that are cut into the same sequence of pieces.
struct Form {
  double weight = 0;
  std::vector<std::pair<std::vector<Piece>, double>> texts;
};

CharacterKinds RunOf(CharacterKinds kind) {
  if ((kind & kLower) != 0) return kLower;
  return (kind & kUpper) != 0 ? kUpper : kind;
}

std::vector<Piece> CutText(const std::string& text, Cut cut) {
  std::vector<Piece> pieces;
  for (const char c : text) {
    const CharacterKinds kind = KindOf(c);
    const bool joins = cut == Cut::kPhrases && kJoiners.find(c) != std::string_view::npos;
    const bool is_run = kind != 0 || joins;
    const bool continues = is_run && !pieces.empty() && pieces.back().length > 0 &&
                           (cut != Cut::kRuns || (RunOf(pieces.back().kinds) == RunOf(kind)));
    if (!continues) pieces.emplace_back();
    Piece& piece = pieces.back();
    piece.text += c;
    piece.kinds |= kind;
    if (is_run && BeginsCharacter(c)) ++piece.length;
  }
  return pieces;
}

std::string FormOf(const std::vector<Piece>& pieces, Cut cut) {
  std::string form;
  for (const Piece& piece : pieces) {
    if (piece.length == 0) {
      form += '\\' + piece.text;
    } else {
      form += cut == Cut::kRuns ? static_cast<char>('0' + RunOf(piece.kinds)) : 'w';
    }
  }
  return form;
}

/// The forms that are common, the most common first; empty when they do not cover the bulk.
std::vector<Form> CommonForms(const std::vector<WeightedText>& texts, Cut cut, size_t most) {
  std::map<std::string, Form> forms;
  double total = 0;
  for (const WeightedText& text : texts) {
    total += text.weight;
    if (text.is_cut) continue;
    std::vector<Piece> pieces = CutText(text.text, cut);
    if (pieces.empty() || pieces.size() > kMostPieces) continue;
    Form& form = forms[FormOf(pieces, cut)];
    form.weight += text.weight;
    form.texts.emplace_back(std::move(pieces), text.weight);
  }
  std::vector<Form> common;
  double covered = 0;
  for (auto& [key, form] : forms) {
    if (form.weight < kAlternativeShare * total) continue;
    covered += form.weight;
    common.push_back(std::move(form));
  }
  if (common.size() > most || covered < kBulkShare * total) return {};
  std::ranges::sort(common, [](const Form& a, const Form& b) { return a.weight > b.weight; });
  return common;
}

/// What stands at one position of a form.
struct Position {
  bool is_fixed_character = false;
  std::string constant;       // of all but few texts, else empty
  CharacterKinds kinds = 0;   // without rare ones
  std::string joiners;        // without rare ones
  char mandatory_joiner = 0;  // found in nearly all
  LengthWeights lengths;
};

Position Summarize(const Form& form, size_t index) {
  Position position;
  std::map<std::string_view, double> words;
  std::array<double, 6> kind_weights{};
  std::array<double, kJoiners.size()> joiner_weights{};
  for (const auto& [pieces, weight] : form.texts) {
    const Piece& piece = pieces[index];
    position.is_fixed_character = piece.length == 0;
    words[piece.text] += weight;
    position.lengths[piece.length] += weight;
    for (size_t bit = 0; bit < kind_weights.size(); ++bit) {
      if (((piece.kinds >> bit) & 1) != 0) kind_weights[bit] += weight;
    }
    for (size_t i = 0; i < kJoiners.size(); ++i) {
      if (piece.text.find(kJoiners[i]) != std::string::npos) joiner_weights[i] += weight;
    }
  }
  for (const auto& [word, weight] : words) {
    if (weight >= kConstantShare * form.weight) position.constant = word;
  }
  for (size_t bit = 0; bit < kind_weights.size(); ++bit) {
    if (kind_weights[bit] >= kKindShare * form.weight) {
      position.kinds = static_cast<CharacterKinds>(position.kinds | (1 << bit));
    }
  }
  for (size_t i = 0; i < kJoiners.size(); ++i) {
    // Spaces come into texts by mistake more often than the others.
    const double least = kJoiners[i] == ' ' ? kAlternativeShare : kKindShare;
    if (joiner_weights[i] >= least * form.weight) position.joiners += kJoiners[i];
    if (joiner_weights[i] >= kMandatoryShare * form.weight && position.mandatory_joiner == 0) {
      position.mandatory_joiner = kJoiners[i];
    }
  }
  return position;
}

bool IsHexadecimal(const Position& position) {
  const CharacterKinds letters = position.kinds & (kLower | kUpper);
  return (position.kinds & kDigit) != 0 && letters != 0 &&
         (letters & (kOtherLower | kOtherUpper)) == 0;
}

/// Rules 1 and 2: fixed lengths, except for numbers.
std::optional<std::string> CodeExpression(const Form& form) {
  std::string regex;
  for (size_t i = 0; i < form.texts.front().first.size(); ++i) {
    const Position position = Summarize(form, i);
    const bool is_number = position.kinds == kDigit;
    if (position.is_fixed_character || (!position.constant.empty() && !is_number)) {
      regex += Quoted(position.constant.empty() ? form.texts.front().first[i].text
                                                : position.constant);
      continue;
    }
    LengthRange lengths = UsualLengths(position.lengths);
    if (!lengths.is_fixed) {
      if (!is_number) return std::nullopt;
      lengths = {.low = 1, .high = lengths.high + 1};
    }
    regex += BracketExpression(position.kinds, "", IsHexadecimal(position)) +
             Repetition(lengths.low, lengths.high);
  }
  return regex;
}

std::optional<std::string> CodesExpression(const std::vector<WeightedText>& texts, Cut cut,
                                           size_t most) {
  std::vector<std::string> alternatives;
  for (const Form& form : CommonForms(texts, cut, most)) {
    const std::optional<std::string> regex = CodeExpression(form);
    if (!regex) return std::nullopt;
    alternatives.push_back(*regex);
  }
  if (alternatives.empty()) return std::nullopt;
  if (alternatives.size() == 1) return "^" + alternatives.front() + "$";
  return fmt::format("^(?:{})$", fmt::join(alternatives, "|"));
}

/// A phrase whose words are joined by a character that is in nearly all of them.
std::string JoinedExpression(const Form& form, size_t index, const Position& position) {
  LengthWeights word_lengths, word_counts;
  for (const auto& [pieces, weight] : form.texts) {
    int64_t length = 0, words = 0;
    for (const char c : pieces[index].text + position.mandatory_joiner) {
      if (c == position.mandatory_joiner) {
        word_lengths[length] += weight;
        length = 0;
        ++words;
      } else {
        length += BeginsCharacter(c) ? 1 : 0;
      }
    }
    word_counts[words - 1] += weight;
  }
  word_lengths.erase(0);
  std::string others = position.joiners;
  std::erase(others, position.mandatory_joiner);
  const std::string word =
      BracketExpression(position.kinds, others, false) +
      Repetition(1, word_lengths.empty() ? 1 : WithRoom(UsualLengths(word_lengths)).high);
  const int64_t most_words = std::max<int64_t>(2, UsualLengths(word_counts).high);
  return fmt::format("{}(?:{}{}){}", word,
                     BracketExpression(0, {&position.mandatory_joiner, 1}, false), word,
                     Repetition(1, most_words));
}

/// Rule 3.
std::optional<std::string> PhraseExpression(const std::vector<WeightedText>& texts) {
  const std::vector<Form> forms = CommonForms(texts, Cut::kPhrases, 1);
  if (forms.empty()) return std::nullopt;
  const Form& form = forms.front();
  std::string regex = "^";
  for (size_t i = 0; i < form.texts.front().first.size(); ++i) {
    const Position position = Summarize(form, i);
    if (position.is_fixed_character) {
      regex += Quoted(form.texts.front().first[i].text);
    } else if (position.mandatory_joiner != 0 && position.kinds != 0) {
      regex += JoinedExpression(form, i, position);
    } else {
      const LengthRange lengths = WithRoom(UsualLengths(position.lengths));
      regex += BracketExpression(position.kinds, position.joiners, IsHexadecimal(position)) +
               Repetition(lengths.low, lengths.high);
    }
  }
  return regex + "$";
}

/// Rule 4.
std::optional<std::string> LengthExpression(const std::vector<WeightedText>& texts) {
  LengthWeights lengths;
  for (const WeightedText& text : texts) {
    const auto length =
        text.is_cut ? 100 * kMostCharacters : std::ranges::count_if(text.text, BeginsCharacter);
    lengths[length] += text.weight;
  }
  const LengthRange range = WithRoom(UsualLengths(lengths));
  if (range.high > kMostCharacters) return std::nullopt;
  return fmt::format("^(?s:.{{{},{}}})$", range.is_fixed ? range.low : 0, range.high);
}

/// A code whose exceptions are slips: learned from texts of the common shapes alone.
std::optional<TextPattern> LearnFromTypical(const std::vector<WeightedText>& texts,
                                            ShapeDetail detail, Cut cut, size_t most) {
  const auto typical = TypicalTexts(texts, detail);
  if (!typical || typical->size() < kMinTexts) return std::nullopt;
  const std::optional<std::string> regex = CodesExpression(*typical, cut, most);
  if (!regex || CoveredShare(*regex, *typical) < kBulkShare) return std::nullopt;
  const double covered = CoveredShare(*regex, texts);
  if (covered < kLeastTypical) return std::nullopt;
  return TextPattern{.regex = *regex, .covered_share = covered};
}

}  // namespace

std::vector<WeightedText> TextsOf(const engine::FieldProfile& profile) {
  std::vector<WeightedText> texts;
  for (const engine::HistogramBucket& value : profile.value_sample) {
    texts.push_back({.text = value.value,
                     .weight = static_cast<double>(value.count),
                     .is_cut = value.is_cut});
  }
  if (!texts.empty()) return texts;
  for (const engine::CharacterPattern& pattern : profile.patterns) {
    texts.push_back({.text = pattern.example,
                     .weight = static_cast<double>(pattern.count),
                     .is_cut = pattern.pattern.ends_with("…")});
  }
  return texts;
}

double CoveredShare(const std::string& regex, const std::vector<WeightedText>& texts) {
  const RE2 compiled(regex, RE2::Quiet);
  if (!compiled.ok()) return 0;
  double covered = 0, total = 0;
  for (const WeightedText& text : texts) {
    total += text.weight;
    if (!text.is_cut && RE2::PartialMatch(text.text, compiled)) covered += text.weight;
  }
  return total > 0 ? covered / total : 0;
}

std::optional<TextPattern> LearnTextPattern(const std::vector<WeightedText>& texts) {
  if (texts.size() < kMinTexts) return std::nullopt;
  if (auto pattern = LearnFromTypical(texts, ShapeDetail::kKinds, Cut::kRuns, 3))
    return pattern;
  if (auto pattern = LearnFromTypical(texts, ShapeDetail::kWords, Cut::kWords, 2))
    return pattern;
  for (const auto& regex :
       {CodesExpression(texts, Cut::kRuns, 3), CodesExpression(texts, Cut::kWords, 2),
        PhraseExpression(texts), LengthExpression(texts)}) {
    if (!regex) continue;
    const double covered = CoveredShare(*regex, texts);
    if (covered >= kBulkShare) return TextPattern{.regex = *regex, .covered_share = covered};
  }
  return std::nullopt;
}

}  // namespace assay::infer
