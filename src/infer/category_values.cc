#include "infer/category_values.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>

#include "infer/character_classes.h"
#include "infer/evidence.h"
#include "rules/nearest_name.h"

namespace assay::infer {
namespace {

constexpr size_t kMostCategories = 60;
constexpr double kLeastAverageCount = 20;
constexpr double kVariantRatio = 5;  // how much more frequent the right spelling is
constexpr double kMisspeltRatio = 15;
constexpr double kRareShare = 0.01;
constexpr double kForeignShare = 0.005;
constexpr double kTailRatio = 25;
constexpr size_t kLeastTail = 3;
constexpr double kStrayShare = 0.0002;  // each
constexpr double kMostStrays = 0.001;   // together

std::string Folded(const std::string& text) {
  std::string folded;
  for (const char c : text) {
    if (c == ' ' || c == '\t') continue;
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return folded;
}

/// Two words as short as codes differ by little without being related.
size_t MostEdits(size_t length) {
  if (length < 4) return 0;
  if (length == 4) return 1;
  return length < 12 ? 2 : 3;
}

/// What all values so far have in common.
class CommonShape {
 public:
  void Add(const std::string& value) {
    for (const char c : value) kinds_.insert(KindOf(c) != 0 ? KindClass(c) : c);
    shortest_ = std::min(shortest_, value.size());
    longest_ = std::max(longest_, value.size());
  }
  bool IsForeign(const std::string& value) const {
    if (value.size() > 2 * longest_ + 3 || 2 * value.size() < shortest_) return true;
    return std::ranges::any_of(
        value, [&](char c) { return !kinds_.contains(KindOf(c) != 0 ? KindClass(c) : c); });
  }

 private:
  /// One character for each kind of letter and for digits.
  static char KindClass(char c) {
    const CharacterKinds kind = KindOf(c);
    if ((kind & kLower) != 0) return 'a';
    if ((kind & kUpper) != 0) return 'A';
    return kind == kDigit ? '0' : '\x80';
  }

  std::set<char> kinds_;
  size_t shortest_ = SIZE_MAX, longest_ = 0;
};

bool IsVariant(const engine::HistogramBucket& rare, const engine::HistogramBucket& frequent) {
  return static_cast<double>(rare.count) * kVariantRatio <=
             static_cast<double>(frequent.count) &&
         Folded(rare.value) == Folded(frequent.value);
}

bool IsMisspelling(const engine::HistogramBucket& rare,
                   const engine::HistogramBucket& frequent) {
  return static_cast<double>(rare.count) * kMisspeltRatio <=
             static_cast<double>(frequent.count) &&
         rules::EditDistance(rare.value, frequent.value) <= MostEdits(frequent.value.size());
}

bool IsPlaceholder(const std::string& value) {
  constexpr std::array<std::string_view, 11> kPlaceholders = {
      "", "-", "--", "?", "??", "???", "n/a", "#n/a", "null", "nan", "undefined"};
  return std::ranges::find(kPlaceholders, Folded(value)) != kPlaceholders.end();
}

/// Removes several rare values that nothing connects with the others.
void DropTail(std::vector<const engine::HistogramBucket*>& kept, double all) {
  for (size_t i = 2; i + kLeastTail <= kept.size(); ++i) {
    const auto before = static_cast<double>(kept[i - 1]->count);
    const auto after = static_cast<double>(kept[i]->count);
    if (after > kRareShare * all || after * kTailRatio > before) continue;
    kept.resize(i);
    return;
  }
}

}  // namespace

Categories TextCategories(const std::vector<engine::HistogramBucket>& frequent, int64_t total) {
  const auto all = static_cast<double>(total);
  std::vector<const engine::HistogramBucket*> kept;
  CommonShape shape;
  int64_t stray_count = 0, seen_count = 0;
  for (const engine::HistogramBucket& value : frequent) {
    seen_count += value.count;
    if (value.is_cut) return {};
    const double share = static_cast<double>(value.count) / all;
    const bool is_rare = share <= kRareShare;
    const bool is_misspelt =
        std::ranges::any_of(kept, [&](const engine::HistogramBucket* other) {
          return IsVariant(value, *other) || (is_rare && IsMisspelling(value, *other));
        });
    if (is_misspelt || (IsPlaceholder(value.value) && share <= kMaxErrorShare)) continue;
    if (share <= kForeignShare && !kept.empty() && shape.IsForeign(value.value)) continue;
    if (share < kStrayShare || value.count == 1) {
      stray_count += value.count;
      continue;
    }
    kept.push_back(&value);
    shape.Add(value.value);
  }
  DropTail(kept, all);
  int64_t kept_count = 0;
  for (const engine::HistogramBucket* value : kept) kept_count += value->count;

  Categories categories;
  categories.dropped_share = 1 - static_cast<double>(kept_count) / all;
  // What lies beyond the most frequent values is not known.
  const double unseen_share = static_cast<double>(total - seen_count) / all;
  const auto least_count = kLeastAverageCount * static_cast<double>(kept.size());
  if (kept.size() < 2 || kept.size() > kMostCategories ||
      static_cast<double>(kept_count) < least_count ||
      categories.dropped_share > kMaxErrorShare ||
      static_cast<double>(stray_count) > std::max(1.0, kMostStrays * all) ||
      unseen_share > kMaxErrorShare / 2) {
    return {};
  }
  for (const engine::HistogramBucket* value : kept) categories.values.push_back(value->value);
  return categories;
}

}  // namespace assay::infer
