// Which rows fail which checks: complete counts, and the first few rows of each check.

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::engine::scan {

/// A row that fails at least one check.
struct FailingPosition {
  size_t file_index = 0;
  int64_t row_number = 0;
  std::vector<uint32_t> failed_checks;  // ascending

  friend auto operator<=>(const FailingPosition& a, const FailingPosition& b) {
    return a.file_index != b.file_index ? a.file_index <=> b.file_index
                                        : a.row_number <=> b.row_number;
  }
  friend bool operator==(const FailingPosition& a, const FailingPosition& b) {
    return a.file_index == b.file_index && a.row_number == b.row_number;
  }
};

/// Keeps, for each check, at least the `limit` failing rows that come first in file and row
/// order, each with all checks it fails. The rows may come in any order. Memory: at most about
/// twice the rows that are kept in the end.
class FailingPositions {
 public:
  FailingPositions(size_t checks, int64_t limit);

  /// Whether a row at this position could still be among the first of `check`. Cheap.
  bool Wants(uint32_t check, size_t file_index, int64_t row_number) const;
  void Add(FailingPosition position);
  void Combine(FailingPositions&& other);

  /// The kept rows in order; a row is kept when it is among the first `limit` of any check.
  std::vector<FailingPosition> Take();

 private:
  void Prune();

  struct Bound {
    bool is_set = false;  // `limit` rows are known that come no later than this
    size_t file_index = 0;
    int64_t row_number = 0;
  };
  int64_t limit_;
  std::vector<Bound> bounds_;  // per check
  std::vector<FailingPosition> positions_;
  size_t prune_at_;
};

}  // namespace assay::engine::scan
