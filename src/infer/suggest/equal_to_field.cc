// Suggests equalToField: two fields of a row that nearly always hold the same.

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <map>

#include "infer/order_pairs.h"
#include "infer/suggestion.h"

namespace assay::infer::suggest {
namespace {

constexpr size_t kMostPairs = 100;
constexpr size_t kLeastRows = 30;
constexpr size_t kFirstRows = 64;  // most pairs are seen to differ in these
constexpr double kMostDifferent = 0.15;
constexpr double kLeastChanceFailing = 0.5;

/// The share of rows that two fields would differ in if their values were shuffled.
double ChanceOfDifference(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  std::map<uint64_t, std::pair<double, double>> counts;
  double all_a = 0, all_b = 0;
  for (size_t row = 0; row < a.size(); ++row) {
    if (a[row] == 0 || b[row] == 0) continue;
    ++counts[a[row]].first;
    ++counts[b[row]].second;
    ++all_a;
    ++all_b;
  }
  double equal = 0;
  for (const auto& [value, of] : counts) equal += of.first * of.second;
  return 1 - equal / (all_a * all_b);
}

/// The values of a column as numbers where it has them: 1 and 1.0 are equal.
std::vector<uint64_t> Comparable(const engine::RowSample::Column& column) {
  if (column.numbers.empty()) return column.identities;
  std::vector<uint64_t> values;
  for (const double number : column.numbers) {
    const double positive_zero = number == 0 ? 0 : number;
    const auto bits = std::bit_cast<uint64_t>(positive_zero);
    values.push_back(std::isnan(number) ? 0 : bits + 1);
  }
  return values;
}

struct Difference {
  size_t rows = 0, different = 0;
};

Difference Compare(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  Difference difference;
  for (size_t row = 0; row < a.size(); ++row) {
    if (a[row] == 0 || b[row] == 0) continue;
    ++difference.rows;
    difference.different += a[row] != b[row];
    if (difference.rows == kFirstRows && difference.different > kFirstRows / 2) break;
  }
  return difference;
}

std::vector<Candidate> Relate(const TrainingRows& rows) {
  std::vector<std::vector<uint64_t>> values;
  for (size_t i = 0; i < rows.fields.size(); ++i) {
    values.push_back(IsRelatable(rows.fields[i]) ? Comparable(rows.sample.columns[i])
                                                 : std::vector<uint64_t>());
  }
  std::vector<Candidate> candidates;
  for (size_t a = 0; a < values.size(); ++a) {
    for (size_t b = a + 1; b < values.size(); ++b) {
      const ValueKind kind = KindOfValues(rows.fields[a]);
      if (kind == ValueKind::kOther || kind != KindOfValues(rows.fields[b])) continue;
      if (values[a].empty() || values[b].empty() || candidates.size() == kMostPairs) continue;
      const Difference difference = Compare(values[a], values[b]);
      if (difference.rows < kLeastRows) continue;
      const double failing =
          static_cast<double>(difference.different) / static_cast<double>(difference.rows);
      if (failing > kMostDifferent) continue;
      const double by_chance = ChanceOfDifference(values[a], values[b]);
      if (by_chance < kLeastChanceFailing) continue;
      const std::string& first = rows.fields[a].field.name;
      const std::string& second = rows.fields[b].field.name;
      candidates.push_back(
          {.definition = {.rule = "equalToField",
                          .fields = {first},
                          .properties = Json::object({{"field_name", second}}),
                          .description = fmt::format("{} equals {}", first, second)},
           .min_holding_share = 1 - MostFailing(by_chance),
           .chance_failing_share = by_chance});
    }
  }
  return candidates;
}

}  // namespace

Suggestion equal_to_field() {
  return {.name = "equalToField", .level = 3, .relate = Relate};
}

}  // namespace assay::infer::suggest
