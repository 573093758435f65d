// Suggests functionalDependency: the values of a field go with those of another one, such as a
// country with a city. Rows that differ from most of the others with the same key fail.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "infer/dependency.h"
#include "infer/order_pairs.h"
#include "infer/verdict.h"

namespace assay::infer::suggest {
namespace {

constexpr double kLeastGroupRows = 3;     // on average
constexpr double kMostConstant = 0.9;     // the share of the most frequent value
constexpr double kSpareEntropy = 2.5;     // bits that errors may add to the determined values
constexpr double kMostDispersion = 5;     // see KeyGroups::Outcome
constexpr size_t kMostOfOneField = 2;     // keys of a field, the best
constexpr size_t kMostDependencies = 60;  // a scan reads the fields of each once more

struct Field {
  CodedColumn column;
  double entropy = 0;         // bits
  double largest_share = 1;   // of the most frequent value
  double rows_per_value = 0;  // on average
};

struct Dependency {
  size_t key = 0, value = 0;
  double failing_share = 0, chance_failing_share = 0;
};

Field Summarize(const engine::RowSample::Column& column) {
  Field field{.column = CodedColumn::Of(column)};
  std::vector<double> counts(field.column.distinct, 0);
  double values = 0;
  for (const uint32_t code : field.column.codes) {
    if (code == 0) continue;
    ++counts[code - 1];
    ++values;
  }
  if (values == 0) return field;
  for (const double count : counts) field.entropy -= count / values * std::log2(count / values);
  field.largest_share = std::ranges::max(counts) / values;
  field.rows_per_value = values / static_cast<double>(counts.size());
  return field;
}

/// Numbers with fractions are measured: that they go with others is no dependency.
bool MayBeKey(const engine::FieldProfile& profile, const Field& field) {
  return profile.field.type != plan::FieldType::kFractional && field.column.distinct >= 2 &&
         field.rows_per_value >= kLeastGroupRows;
}

/// The best keys of each field, best first.
std::vector<Dependency> FindDependencies(const TrainingRows& rows,
                                         const std::vector<Field>& fields) {
  std::vector<std::vector<Dependency>> of_value(fields.size());
  for (size_t key = 0; key < fields.size(); ++key) {
    if (!IsRelatable(rows.fields[key]) || !MayBeKey(rows.fields[key], fields[key])) continue;
    const KeyGroups groups(fields[key].column);
    for (size_t value = 0; value < fields.size(); ++value) {
      if (value == key || !IsRelatable(rows.fields[value])) continue;
      if (fields[value].column.distinct < 2 || fields[value].largest_share > kMostConstant ||
          fields[value].entropy > fields[key].entropy + kSpareEntropy) {
        continue;
      }
      const double variety = 1 - fields[value].largest_share;
      const KeyGroups::Outcome outcome = groups.Count(fields[value].column);
      if (outcome.counts.asserted_rows == 0) continue;
      const auto asserted = static_cast<double>(outcome.counts.asserted_rows);
      const double failing = static_cast<double>(outcome.counts.failing_rows) / asserted;
      // Small groups have a majority by chance: half of the variety fails at least.
      const double by_chance = variety / 2;
      if (failing > MostFailing(variety)) continue;
      if (outcome.dispersion.value_or(0) > kMostDispersion) continue;
      if (!IsBeyondChance(by_chance, outcome.counts)) continue;
      of_value[value].push_back({.key = key,
                                 .value = value,
                                 .failing_share = failing,
                                 .chance_failing_share = by_chance});
    }
  }
  std::vector<Dependency> best;
  for (std::vector<Dependency>& keys : of_value) {
    std::ranges::stable_sort(keys, {}, [&](const Dependency& dependency) {
      return std::pair(dependency.failing_share, fields[dependency.key].column.distinct);
    });
    if (keys.size() > kMostOfOneField) keys.resize(kMostOfOneField);
    best.insert(best.end(), keys.begin(), keys.end());
  }
  std::ranges::stable_sort(best, {}, &Dependency::failing_share);
  if (best.size() > kMostDependencies) best.resize(kMostDependencies);
  return best;
}

std::vector<Candidate> Relate(const TrainingRows& rows) {
  std::vector<Field> fields;
  for (const engine::RowSample::Column& column : rows.sample.columns)
    fields.push_back(Summarize(column));
  std::vector<Candidate> candidates;
  for (const Dependency& dependency : FindDependencies(rows, fields)) {
    const std::string& key = rows.fields[dependency.key].field.name;
    const std::string& value = rows.fields[dependency.value].field.name;
    candidates.push_back(
        {.definition = {.rule = "functionalDependency",
                        .fields = {key, value},
                        .properties = {{"determinants", Json::array({key})},
                                       {"failing", "minority"}},
                        .description = fmt::format("{} determines {}", key, value)},
         .min_holding_share = 1 - MostFailing(2 * dependency.chance_failing_share),
         .chance_failing_share = dependency.chance_failing_share});
  }
  return candidates;
}

}  // namespace

Suggestion functional_dependency() {
  return {.name = "functionalDependency", .level = 3, .relate = Relate};
}

}  // namespace assay::infer::suggest
