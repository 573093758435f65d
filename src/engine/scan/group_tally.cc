#include "engine/scan/group_tally.h"

#include <fmt/format.h>

namespace assay::engine::scan {

void GroupTally::Hold() {
  ++outcome_.groups.asserted_groups;
}

void GroupTally::Fail(const std::string& what) {
  ++outcome_.groups.asserted_groups;
  ++outcome_.groups.failing_groups;
  if (outcome_.groups.failing_groups <= kNamed) Name(what);
}

void GroupTally::SetSums(const GroupCounts& groups) {
  outcome_.groups = groups;
}

void GroupTally::Name(const std::string& what) {
  outcome_.detail += (outcome_.detail.empty() ? "" : ", ") + what;
}

void GroupTally::AddRows(int64_t asserted, int64_t failing) {
  outcome_.total.asserted_rows += asserted;
  outcome_.total.failing_rows += failing;
}

CheckOutcome GroupTally::Finish() const {
  CheckOutcome outcome = outcome_;
  const auto [asserted, failing] = outcome.groups;
  if (failing > kNamed) outcome.detail += fmt::format(" and {} more", failing - kNamed);
  if (asserted == 0) return outcome;
  const double passing =
      static_cast<double>(asserted - failing) / static_cast<double>(asserted);
  const bool holds = coverage_ < 1 ? passing >= coverage_ : failing == 0;
  outcome.assertion =
      holds ? CheckOutcome::Assertion::kPassed : CheckOutcome::Assertion::kFailed;
  return outcome;
}

}  // namespace assay::engine::scan
