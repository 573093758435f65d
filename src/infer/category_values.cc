#include "infer/category_values.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>

#include "infer/character_classes.h"
#include "infer/evidence.h"
#include "infer/near_miss.h"

namespace assay::infer {
namespace {

constexpr size_t kMostCategories = 60;
constexpr double kLeastAverageCount = 20;
constexpr double kVariantRatio = 2;  // how much more frequent the right spelling is
constexpr double kMisspeltRatio = 15;
constexpr double kShortMisspeltRatio = 25;  // of codes of up to three characters
constexpr size_t kShort = 3;
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
  const double ratio = frequent.value.size() <= kShort ? kShortMisspeltRatio : kMisspeltRatio;
  return static_cast<double>(rare.count) * ratio <= static_cast<double>(frequent.count) &&
         IsNearMiss(rare.value, frequent.value);
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

/// Numbered things, such as "dev-01", differ in digits without being misspelt.
bool DifferInDigitsOnly(const std::string& a, const std::string& b) {
  const auto without_digits = [](std::string text) {
    std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return text;
  };
  return without_digits(a) == without_digits(b);
}

/// Values by what they are taken for.
struct SortedValues {
  std::vector<const engine::HistogramBucket*> categories;
  int64_t seen_count = 0;
  int64_t explained_count = 0;  // of values that look like errors
  int64_t stray_count = 0;      // of those that resemble nothing
};

enum class Likeness { kNone, kDigits, kMisspelt };

Likeness LikenessOf(const engine::HistogramBucket& value, bool is_rare,
                    const std::vector<const engine::HistogramBucket*>& categories) {
  Likeness likeness = Likeness::kNone;
  for (const engine::HistogramBucket* category : categories) {
    if (IsVariant(value, *category)) return Likeness::kMisspelt;
    if (!is_rare || !IsMisspelling(value, *category)) continue;
    if (!DifferInDigitsOnly(value.value, category->value)) return Likeness::kMisspelt;
    likeness = Likeness::kDigits;
  }
  return likeness;
}

/// nullopt when one is too long to be a category.
std::optional<SortedValues> SortValues(const std::vector<engine::HistogramBucket>& frequent,
                                       double all) {
  SortedValues sorted;
  CommonShape shape;
  for (const engine::HistogramBucket& value : frequent) {
    if (value.is_cut) return std::nullopt;
    sorted.seen_count += value.count;
    const double share = static_cast<double>(value.count) / all;
    const Likeness likeness = LikenessOf(value, share <= kRareShare, sorted.categories);
    const bool is_placeholder = IsPlaceholder(value.value) && share <= kMaxErrorShare;
    const bool is_foreign =
        share <= kForeignShare && !sorted.categories.empty() && shape.IsForeign(value.value);
    if (likeness == Likeness::kMisspelt || is_placeholder || is_foreign) {
      sorted.explained_count += value.count;
    } else if (likeness == Likeness::kNone && (share < kStrayShare || value.count == 1)) {
      sorted.stray_count += value.count;
    } else if (likeness == Likeness::kNone) {
      sorted.categories.push_back(&value);
      shape.Add(value.value);
    }
  }
  DropTail(sorted.categories, all);
  return sorted;
}

}  // namespace

Categories TextCategories(const std::vector<engine::HistogramBucket>& frequent, int64_t total) {
  const auto all = static_cast<double>(total);
  const std::optional<SortedValues> sorted = SortValues(frequent, all);
  if (!sorted) return {};
  int64_t kept_count = 0;
  for (const engine::HistogramBucket* value : sorted->categories) kept_count += value->count;

  Categories categories;
  categories.dropped_share = 1 - static_cast<double>(kept_count) / all;
  const auto dropped_count = static_cast<double>(sorted->seen_count - kept_count);
  const double explained_share =
      dropped_count > 0 ? static_cast<double>(sorted->explained_count) / dropped_count : 0;
  const bool is_explained = explained_share >= kExplainedShare;
  const double most_dropped = is_explained ? kMaxExplainedShare : kMaxErrorShare;
  // What lies beyond the most frequent values is not known, but of the kind of the rare ones.
  const double unseen_share = static_cast<double>(total - sorted->seen_count) / all;
  const double most_unseen = is_explained
                                 ? std::max(kMaxErrorShare, categories.dropped_share) / 2
                                 : kMaxErrorShare / 2;
  // Among many misspellings some resemble nothing.
  const double most_strays =
      std::max(kMostStrays * all, is_explained ? (1 - kExplainedShare) * dropped_count : 0);
  const auto least_count = kLeastAverageCount * static_cast<double>(sorted->categories.size());
  if (sorted->categories.size() < 2 || sorted->categories.size() > kMostCategories ||
      static_cast<double>(kept_count) < least_count ||
      categories.dropped_share > most_dropped ||
      (1 - explained_share) * categories.dropped_share > kMaxErrorShare ||
      static_cast<double>(sorted->stray_count) > std::max(1.0, most_strays) ||
      unseen_share > most_unseen) {
    return {};
  }
  for (const engine::HistogramBucket* value : sorted->categories)
    categories.values.push_back(value->value);
  return categories;
}

}  // namespace assay::infer
