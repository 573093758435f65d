#include "plan/names/clusters.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "base/utf8.h"
#include "plan/names/edit_distance.h"
#include "plan/names/phonetic_code.h"
#include "plan/names/words.h"

namespace assay::plan::names {
namespace {

constexpr size_t kShortestPart = 3;  // bytes of a name that is looked for in others
constexpr size_t kNamesBetweenStops = 64;

/// Disjoint sets (Tarjan 1975), by path halving.
class Sets {
 public:
  explicit Sets(size_t count) : parents_(count) {
    std::iota(parents_.begin(), parents_.end(), size_t{0});
  }
  size_t Find(size_t i) {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  void Join(size_t a, size_t b) {
    parents_[std::max(Find(a), Find(b))] = std::min(Find(a), Find(b));
  }

 private:
  std::vector<size_t> parents_;
};

std::u32string CodePoints(std::string_view text) {
  std::u32string points;
  for (size_t i = 0; i < text.size();) {
    const int length = Utf8SequenceLength(text, i);
    const auto first = static_cast<unsigned char>(text[i]);
    char32_t point = first;
    if (length > 1) {
      point = first & (0x7Fu >> length);
      for (int k = 1; k < length; ++k)
        point =
            point << 6 | (static_cast<unsigned char>(text[i + static_cast<size_t>(k)]) & 0x3Fu);
    }
    points += point;
    i += length > 0 ? static_cast<size_t>(length) : 1;
  }
  return points;
}

/// The words of one or more names.
struct Form {
  std::string text;  // words apart by single spaces
  std::u32string letters;
  std::string digits;
  uint64_t characters = 0;  // which there are, a bit for those of the same remainder by 64
};

Form MakeForm(std::string text) {
  Form form{.text = std::move(text), .letters = {}, .digits = {}};
  form.letters = CodePoints(form.text);
  for (const char c : form.text) {
    if (c >= '0' && c <= '9') form.digits += c;
  }
  for (const char32_t c : form.letters) form.characters |= uint64_t{1} << (c % 64);
  return form;
}

std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(text.find(' ', start), text.size());
    words.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

void PairHomophones(const std::vector<Form>& forms, Sets& sets) {
  std::unordered_map<std::string, size_t> first_of_sound;
  for (size_t i = 0; i < forms.size(); ++i) {
    std::string sound;
    bool has_sound = false;
    for (const std::string_view word : Split(forms[i].text)) {
      const std::string code = PhoneticCode(word);
      has_sound |= !code.empty();
      sound += code + " ";
    }
    if (!has_sound) continue;
    const auto [entry, is_new] = first_of_sound.emplace(std::move(sound), i);
    if (!is_new) sets.Join(entry->second, i);
  }
}

void PairSubstrings(const std::vector<Form>& forms, Sets& sets) {
  std::unordered_map<std::string_view, size_t> by_text;
  for (size_t i = 0; i < forms.size(); ++i) {
    if (forms[i].text.size() >= kShortestPart) by_text.emplace(forms[i].text, i);
  }
  for (size_t i = 0; i < forms.size(); ++i) {
    const std::string_view text = forms[i].text;
    const std::vector<std::string_view> words = Split(text);
    for (size_t first = 0; first < words.size(); ++first) {
      const size_t start = static_cast<size_t>(words[first].data() - text.data());
      for (size_t last = first; last < std::min(words.size(), first + kMostWords); ++last) {
        const size_t end =
            static_cast<size_t>(words[last].data() - text.data()) + words[last].size();
        const auto part = by_text.find(text.substr(start, end - start));
        if (part != by_text.end()) sets.Join(part->second, i);
      }
    }
  }
}

/// Pairs forms by their spelling.
class SpellingPairs {
 public:
  SpellingPairs(const std::vector<Form>& forms, double min_similarity)
      : forms_(forms), min_similarity_(min_similarity), seen_by_(forms.size(), forms.size()) {
    for (size_t i = 0; i < forms.size(); ++i) {
      for (const uint64_t group : GroupsOf(forms[i])) members_[group].push_back(i);
    }
  }

  Status JoinAll(Sets& sets, const std::stop_token& stop) {
    for (size_t i = 0; i < forms_.size(); ++i) {
      if (i % kNamesBetweenStops == 0 && stop.stop_requested())
        return Fail(ErrorKind::kCancelled, "stopped");
      JoinSimilar(i, sets);
    }
    return {};
  }

 private:
  /// All groups of three letters, also those that reach over the ends; each once.
  static std::vector<uint64_t> GroupsOf(const Form& form) {
    constexpr int kBits = 21;  // of a code point
    constexpr uint64_t kMask = (uint64_t{1} << (3 * kBits)) - 1;
    std::vector<uint64_t> groups;
    uint64_t group = 0;
    for (size_t i = 0; i < form.letters.size() + 2; ++i) {
      const char32_t letter = i < form.letters.size() ? form.letters[i] : 0;
      group = (group << kBits | letter) & kMask;
      groups.push_back(group);
    }
    std::ranges::sort(groups);
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    return groups;
  }

  void JoinSimilar(size_t i, Sets& sets) {
    std::vector<std::pair<size_t, uint64_t>> groups;  // by how many have them
    for (const uint64_t group : GroupsOf(forms_[i]))
      groups.emplace_back(members_.at(group).size(), group);
    std::ranges::sort(groups);
    size_t candidates = 0;
    for (const auto& [count, group] : groups) {
      candidates += count;
      if (candidates > kMostCandidates) return;
      for (const size_t other : members_.at(group)) {
        if (other == i || seen_by_[other] == i) continue;
        seen_by_[other] = i;
        if (sets.Find(other) != sets.Find(i) && IsSimilar(forms_[i], forms_[other]))
          sets.Join(i, other);
      }
    }
  }

  bool IsSimilar(const Form& a, const Form& b) {
    const size_t longest = std::max(a.letters.size(), b.letters.size());
    constexpr double kRounding = 1e-9;
    const auto limit = static_cast<size_t>(
        std::floor((1 - min_similarity_) * static_cast<double>(longest) + kRounding));
    // Each edit brings or takes away one character at most.
    const auto only = [](uint64_t in, uint64_t out) {
      return static_cast<size_t>(std::popcount(in & ~out));
    };
    if (only(a.characters, b.characters) > limit || only(b.characters, a.characters) > limit)
      return false;
    return a.digits == b.digits && distance_(a.letters, b.letters, limit) <= limit;
  }

  const std::vector<Form>& forms_;
  const double min_similarity_;
  std::unordered_map<uint64_t, std::vector<size_t>> members_;  // forms with a group of letters
  std::vector<size_t> seen_by_;  // the last form that each was compared with
  EditDistance distance_;
};

}  // namespace

Result<std::vector<size_t>> Cluster(std::span<const std::string> names,
                                    const Similarity& similarity, const std::stop_token& stop) {
  std::map<std::string, std::vector<size_t>> names_by_form;
  for (size_t i = 0; i < names.size(); ++i)
    names_by_form[fmt::format("{}", fmt::join(WordsOf(names[i]), " "))].push_back(i);
  std::vector<Form> forms;
  for (const auto& [text, indexes] : names_by_form) forms.push_back(MakeForm(text));

  Sets sets(forms.size());
  if (similarity.pairs_homophones) PairHomophones(forms, sets);
  if (similarity.pairs_substrings) PairSubstrings(forms, sets);
  if (similarity.min_spelling < 1) {
    SpellingPairs pairs(forms, similarity.min_spelling);
    ASSAY_RETURN_IF_ERROR(pairs.JoinAll(sets, stop));
  }

  std::vector<size_t> clusters(names.size());
  size_t form = 0;
  for (const auto& [text, indexes] : names_by_form) {
    for (const size_t name : indexes)
      clusters[name] = text.empty() ? forms.size() + name : sets.Find(form);
    ++form;
  }
  return clusters;
}

}  // namespace assay::plan::names
