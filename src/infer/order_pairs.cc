#include "infer/order_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "infer/evidence.h"

namespace assay::infer {
namespace {

constexpr size_t kMostPairs = 400;
constexpr size_t kLeastRows = 30;
constexpr size_t kQuantiles = 128;
constexpr size_t kFirstRows = 256;
constexpr double kLeastChanceFailing = 0.05;
constexpr double kMostFailing = 0.15;
constexpr double kChanceRatio = 3;
constexpr double kMostEqual = 0.98;

/// Evenly spaced quantiles of the numbers that are there; empty when they are few.
std::vector<double> QuantilesOf(const std::vector<double>& numbers) {
  std::vector<double> sorted;
  std::ranges::copy_if(numbers, std::back_inserter(sorted),
                       [](double number) { return !std::isnan(number); });
  if (sorted.size() < kLeastRows) return {};
  std::ranges::sort(sorted);
  std::vector<double> quantiles;
  for (size_t i = 0; i < kQuantiles; ++i)
    quantiles.push_back(sorted[(2 * i + 1) * sorted.size() / (2 * kQuantiles)]);
  return quantiles;
}

/// How often a value of `a` is above one of `b` when they have nothing to do with each other.
double ShareAbove(const std::vector<double>& a, const std::vector<double>& b) {
  size_t below = 0, pairs = 0;
  for (const double value : a) {
    while (below < b.size() && b[below] < value) ++below;
    pairs += below;
  }
  return static_cast<double>(pairs) / static_cast<double>(a.size() * b.size());
}

struct Comparison {
  size_t rows = 0, above = 0, equal = 0;
};

Comparison Compare(const std::vector<double>& a, const std::vector<double>& b) {
  Comparison comparison;
  for (size_t row = 0; row < a.size(); ++row) {
    if (std::isnan(a[row]) || std::isnan(b[row])) continue;
    ++comparison.rows;
    comparison.above += a[row] > b[row];
    comparison.equal += a[row] == b[row];
    // Most pairs are seen to have no order soon.
    if (comparison.rows == kFirstRows && comparison.above > kFirstRows / 3) break;
  }
  return comparison;
}

std::optional<OrderPair> OrderOf(const TrainingRows& rows, size_t lower, size_t upper,
                                 double chance_failing_share) {
  if (chance_failing_share < kLeastChanceFailing) return std::nullopt;
  const Comparison comparison =
      Compare(rows.sample.columns[lower].numbers, rows.sample.columns[upper].numbers);
  if (comparison.rows < kLeastRows) return std::nullopt;
  const auto count = static_cast<double>(comparison.rows);
  if (static_cast<double>(comparison.equal) > kMostEqual * count) return std::nullopt;
  const double failing = static_cast<double>(comparison.above) / count;
  if (failing > MostFailing(chance_failing_share)) return std::nullopt;
  return OrderPair{.lower = lower,
                   .upper = upper,
                   .failing_share = failing,
                   .chance_failing_share = chance_failing_share};
}

/// Drops pairs that two others imply.
std::vector<OrderPair> WithoutImplied(const std::vector<OrderPair>& pairs) {
  std::map<std::pair<size_t, size_t>, double> failing;
  for (const OrderPair& pair : pairs) failing[{pair.lower, pair.upper}] = pair.failing_share;
  std::vector<OrderPair> kept;
  for (const OrderPair& pair : pairs) {
    const bool is_implied = std::ranges::any_of(pairs, [&](const OrderPair& first) {
      if (first.lower != pair.lower || first.failing_share > pair.failing_share) return false;
      if (failing.contains({first.upper, first.lower})) return false;  // nearly the same field
      const auto second = failing.find({first.upper, pair.upper});
      return second != failing.end() && second->second <= pair.failing_share;
    });
    if (!is_implied) kept.push_back(pair);
  }
  return kept;
}

}  // namespace

double MostFailing(double chance_failing_share) {
  return std::min(kMostFailing, chance_failing_share / kChanceRatio);
}

std::vector<OrderPair> FindOrderedPairs(const TrainingRows& rows) {
  std::vector<std::vector<double>> quantiles;
  for (size_t i = 0; i < rows.fields.size(); ++i) {
    const engine::FieldProfile& profile = rows.fields[i];
    const bool has_order = IsRelatable(profile) && !IsIdentifierName(profile.field.name);
    quantiles.push_back(has_order ? QuantilesOf(rows.sample.columns[i].numbers)
                                  : std::vector<double>());
  }
  std::vector<OrderPair> pairs;
  for (size_t a = 0; a < quantiles.size(); ++a) {
    for (size_t b = 0; b < quantiles.size(); ++b) {
      if (a == b || quantiles[a].empty() || quantiles[b].empty()) continue;
      if (KindOfValues(rows.fields[a]) != KindOfValues(rows.fields[b])) continue;
      const auto pair = OrderOf(rows, a, b, ShareAbove(quantiles[a], quantiles[b]));
      if (pair) pairs.push_back(*pair);
    }
  }
  std::ranges::stable_sort(pairs, {}, [](const OrderPair& pair) {
    return pair.failing_share - pair.chance_failing_share;
  });
  if (pairs.size() > kMostPairs) pairs.resize(kMostPairs);
  return WithoutImplied(pairs);
}

std::vector<Candidate> OrderCandidates(const TrainingRows& rows, OrderRule rule) {
  std::vector<Candidate> candidates;
  for (const OrderPair& pair : FindOrderedPairs(rows)) {
    const bool is_less = pair.lower < pair.upper;
    if (is_less != (rule == OrderRule::kLessThanField)) continue;
    const std::string& first = rows.fields[std::min(pair.lower, pair.upper)].field.name;
    const std::string& second = rows.fields[std::max(pair.lower, pair.upper)].field.name;
    candidates.push_back(
        {.definition = {.rule = is_less ? "lessThanField" : "greaterThanField",
                        .fields = {first},
                        .properties =
                            Json::object({{"field_name", second}, {"inclusive", true}}),
                        .description = fmt::format("{} is at {} {}", first,
                                                   is_less ? "most" : "least", second)},
         .min_holding_share = 1 - MostFailing(pair.chance_failing_share),
         .chance_failing_share = pair.chance_failing_share});
  }
  return candidates;
}

}  // namespace assay::infer
