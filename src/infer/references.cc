#include "infer/references.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "infer/evidence.h"
#include "plan/number_text.h"
#include "rules/field_words.h"

namespace assay::infer {
namespace {

constexpr double kMostRepeatedKeys = 0.1;  // of the values of a key: it may have errors
constexpr double kFewByChance = 0.5;
constexpr int64_t kFewestValues = 5;          // that both sketches can tell of
constexpr int64_t kFewestValuesWhereAll = 3;  // where they hold all values

bool IsComparable(plan::FieldType type) {
  return type == plan::FieldType::kString || type == plan::FieldType::kIntegral;
}

/// Plurals of English as their singular, roughly: what matters is that both sides come out
/// alike.
std::string Singular(std::string word) {
  if (word.size() > 3 && word.ends_with("ies")) return word.replace(word.size() - 3, 3, "y");
  if (word.size() > 3 && word.ends_with("ses")) return word.substr(0, word.size() - 2);
  if (word.size() > 2 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
  return word;
}

/// The words that say what something is, not that it is a number or a file.
std::vector<std::string> MeaningfulWords(const std::string& name) {
  constexpr std::array<std::string_view, 18> kOthers = {
      "id",  "ids", "key", "code", "no",      "num", "number", "uuid",   "guid",
      "ref", "fk",  "pk",  "csv",  "parquet", "gz",  "json",   "ndjson", "value"};
  std::vector<std::string> words;
  for (std::string& word : rules::WordsOfField(name)) {
    if (std::ranges::find(kOthers, word) == kOthers.end())
      words.push_back(Singular(std::move(word)));
  }
  return words;
}

bool HaveCommonWord(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(
      a, [&](const std::string& word) { return std::ranges::find(b, word) != b.end(); });
}

bool DoNamesSaySo(const std::string& field, const KnownContainer& container,
                  const KnownField& key) {
  const std::vector<std::string> words = MeaningfulWords(field);
  return HaveCommonWord(words, MeaningfulWords(container.name)) ||
         HaveCommonWord(words, MeaningfulWords(key.name));
}

/// The share of integers of the key's range that it has: that many others are found in it.
double ChanceOf(const KnownField& key) {
  if (key.type != plan::FieldType::kIntegral || !key.min || !key.max) return 0;
  return std::min(1.0, static_cast<double>(key.distinct_values) / (*key.max - *key.min + 1));
}

/// The share of rows that may well fail, or nothing when too many do.
std::optional<double> ErrorShare(const engine::ValueOverlap& overlap) {
  if (overlap.rows == 0) return std::nullopt;
  const double share =
      static_cast<double>(overlap.missing_rows) / static_cast<double>(overlap.rows);
  if (share <= kMaxErrorShare) return share;
  const bool look_like_errors = static_cast<double>(overlap.missing_once) >=
                                kExplainedShare * static_cast<double>(overlap.missing_rows);
  const int64_t found_values = overlap.values - overlap.missing_values;
  const bool repeats_what_is_right =
      overlap.rows - overlap.missing_rows >= 3 * std::max<int64_t>(found_values, 1);
  if (share <= kMaxExplainedShare && look_like_errors && repeats_what_is_right) return share;
  return std::nullopt;
}

bool AreEnough(const engine::ValueOverlap& overlap, const engine::ValueSketch& field,
               const engine::ValueSketch& key) {
  const bool are_all = field.is_complete() && key.is_complete();
  return overlap.values - overlap.missing_values >=
         (are_all ? kFewestValuesWhereAll : kFewestValues);
}

/// How one candidate compares with another: the better one is less.
struct Rank {
  bool lacks_names = false;
  double error_share = 0;
  int64_t key_values = 0;
  auto operator<=>(const Rank&) const = default;
};

}  // namespace

std::vector<KnownField> KeysOf(const std::vector<engine::FieldProfile>& fields) {
  std::vector<KnownField> keys;
  for (const engine::FieldProfile& field : fields) {
    const bool may_be_key = field.value_sketch && IsComparable(field.field.type) &&
                            field.unique_distinct_ratio.value_or(0) >= 1 - kMostRepeatedKeys &&
                            field.approximate_distinct_values >= kFewestValuesWhereAll;
    if (!may_be_key) continue;
    keys.push_back({.name = field.field.name,
                    .type = field.field.type,
                    .distinct_values = field.approximate_distinct_values,
                    .min = field.min.and_then(plan::ReadDouble),
                    .max = field.max.and_then(plan::ReadDouble),
                    .sketch = *field.value_sketch});
  }
  return keys;
}

std::vector<ReferenceCandidate> FindReferences(const std::vector<engine::FieldProfile>& fields,
                                               int64_t own_container_id,
                                               const std::vector<KnownContainer>& others) {
  std::vector<ReferenceCandidate> candidates;
  for (const engine::FieldProfile& field : fields) {
    if (!field.value_sketch || ValueCount(field) < kMinTrainingRows) continue;
    std::optional<Rank> best;
    ReferenceCandidate candidate{.field = field.field.name, .key = {}};
    for (const KnownContainer& container : others) {
      for (const KnownField& key : container.keys) {
        const bool is_itself = container.id == own_container_id && key.name == field.field.name;
        if (is_itself || key.type != field.field.type) continue;
        const bool say_so = DoNamesSaySo(field.field.name, container, key);
        if (!say_so && ChanceOf(key) > kFewByChance) continue;
        const engine::ValueOverlap overlap =
            engine::FindOverlap(*field.value_sketch, key.sketch);
        if (!AreEnough(overlap, *field.value_sketch, key.sketch)) continue;
        const std::optional<double> error_share = ErrorShare(overlap);
        if (!error_share) continue;
        const Rank rank{!say_so, *error_share, key.distinct_values};
        if (best && !(rank < *best)) continue;
        best = rank;
        candidate.container_id = container.id;
        candidate.container_name = container.name;
        candidate.key = key.name;
        candidate.min_holding_share = HoldingShare(*error_share);
      }
    }
    if (best) candidates.push_back(std::move(candidate));
  }
  return candidates;
}

}  // namespace assay::infer
