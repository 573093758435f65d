// Adding up groups that hold or fail into the outcome of a check on them.

#pragma once

#include <string>

#include "engine/scan.h"

namespace assay::engine::scan {

/// Counts groups, and names the first that fail. Not thread-safe.
class GroupTally {
 public:
  /// Failing groups that an outcome names.
  static constexpr int64_t kNamed = 3;

  /// `coverage`: the share of the groups that must hold.
  explicit GroupTally(double coverage) : coverage_(coverage) {}

  void Hold();
  /// `what` names the group and says what is wrong: "a.csv has 3".
  void Fail(const std::string& what);

  /// Groups of which only sums are known, and then the first that fail.
  void SetSums(const GroupCounts& groups);
  void Name(const std::string& what);

  /// Rows of groups, of checks that count them.
  void AddRows(int64_t asserted, int64_t failing);

  /// kUnasserted when there were no groups.
  CheckOutcome Finish() const;

 private:
  const double coverage_;
  CheckOutcome outcome_;
};

}  // namespace assay::engine::scan
