#include "infer/dependency.h"

#include <algorithm>
#include <unordered_map>

namespace assay::infer {
namespace {

constexpr int64_t kLargeGroup = 10;
constexpr size_t kLeastGroups = 5;
constexpr double kLeastFailing = 10;

struct Group {
  double rows = 0, failing = 0;
};

std::optional<double> DispersionOf(const std::vector<Group>& groups) {
  double rows = 0, failing = 0;
  for (const Group& group : groups) {
    rows += group.rows;
    failing += group.failing;
  }
  if (groups.size() < kLeastGroups || failing < kLeastFailing || failing == rows)
    return std::nullopt;
  const double share = failing / rows;
  double squares = 0;
  for (const Group& group : groups) {
    const double deviation = group.failing - group.rows * share;
    squares += deviation * deviation / (group.rows * share * (1 - share));
  }
  return squares / static_cast<double>(groups.size() - 1);
}

}  // namespace

CodedColumn CodedColumn::Of(const engine::RowSample::Column& column) {
  CodedColumn coded;
  std::unordered_map<uint64_t, uint32_t> codes;
  coded.codes.reserve(column.identities.size());
  for (const uint64_t identity : column.identities) {
    const auto next = static_cast<uint32_t>(codes.size() + 1);
    coded.codes.push_back(identity == 0 ? 0 : codes.try_emplace(identity, next).first->second);
  }
  coded.distinct = static_cast<uint32_t>(codes.size());
  return coded;
}

KeyGroups::KeyGroups(const CodedColumn& keys) : starts_(keys.distinct + 1, 0) {
  for (const uint32_t code : keys.codes) {
    if (code > 0) ++starts_[code];
  }
  for (size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  rows_.resize(starts_.back());
  std::vector<uint32_t> next(starts_.begin(), starts_.end());
  for (uint32_t row = 0; row < keys.codes.size(); ++row) {
    if (keys.codes[row] > 0) rows_[next[keys.codes[row] - 1]++] = row;
  }
}

KeyGroups::Outcome KeyGroups::Count(const CodedColumn& values) const {
  Outcome outcome;
  std::vector<Group> large;
  std::vector<int64_t> counts(values.distinct + 1, 0);
  for (size_t group = 0; group + 1 < starts_.size(); ++group) {
    int64_t rows = 0, most = 0, second = 0;
    for (uint32_t i = starts_[group]; i < starts_[group + 1]; ++i) {
      const uint32_t code = values.codes[rows_[i]];
      if (code == 0) continue;
      ++rows;
      ++counts[code];
    }
    for (uint32_t i = starts_[group]; i < starts_[group + 1]; ++i) {
      int64_t& count = counts[values.codes[rows_[i]]];
      if (count > most) {
        second = most;
        most = count;
      } else {
        second = std::max(second, count);
      }
      count = 0;
    }
    const int64_t failing = most > second ? rows - most : rows;
    outcome.counts.asserted_rows += rows;
    outcome.counts.failing_rows += failing;
    if (rows >= kLargeGroup)
      large.push_back({static_cast<double>(rows), static_cast<double>(failing)});
  }
  outcome.dispersion = DispersionOf(large);
  return outcome;
}

}  // namespace assay::infer
