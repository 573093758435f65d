#include "engine/scan/failing_positions.h"

#include <algorithm>

namespace assay::engine::scan {
namespace {

constexpr size_t kSmallestPrune = 4096;

}  // namespace

FailingPositions::FailingPositions(size_t checks, int64_t limit)
    : limit_(limit), bounds_(checks), prune_at_(kSmallestPrune) {}

bool FailingPositions::Wants(uint32_t check, size_t file_index, int64_t row_number) const {
  const Bound& bound = bounds_[check];
  if (limit_ <= 0) return false;
  if (!bound.is_set) return true;
  return file_index != bound.file_index ? file_index < bound.file_index
                                        : row_number <= bound.row_number;
}

void FailingPositions::Add(FailingPosition position) {
  positions_.push_back(std::move(position));
  if (positions_.size() >= prune_at_) Prune();
}

void FailingPositions::Combine(FailingPositions&& other) {
  for (FailingPosition& position : other.positions_) Add(std::move(position));
  other.positions_.clear();
}

void FailingPositions::Prune() {
  std::sort(positions_.begin(), positions_.end());
  std::vector<int64_t> seen(bounds_.size(), 0);
  std::vector<FailingPosition> kept;
  for (FailingPosition& position : positions_) {
    bool is_wanted = false;
    for (const uint32_t check : position.failed_checks) {
      if (++seen[check] > limit_) continue;
      is_wanted = true;
      if (seen[check] == limit_)
        bounds_[check] = {true, position.file_index, position.row_number};
    }
    if (is_wanted) kept.push_back(std::move(position));
  }
  positions_ = std::move(kept);
  prune_at_ = std::max(kSmallestPrune, positions_.size() * 2);
}

std::vector<FailingPosition> FailingPositions::Take() {
  Prune();
  return std::move(positions_);
}

}  // namespace assay::engine::scan
