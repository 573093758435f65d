// The whole cycle on sample data with known errors, and how well it did.

#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "demo/judge.h"
#include "engine/session.h"

namespace assay::demo {

struct DemoOptions {
  std::string directory = "assay-demo";
  uint64_t seed = 2025;
  double scale = 1;  // of the number of rows
  Timestamp now{};   // of the run
};

/// What the demo promises: authored checks find exactly the injected cells; inferred checks
/// find at least kMinInferredRecall of them and flag at most kMaxCleanFlagged of the clean
/// cells.
inline constexpr double kMinInferredRecall = 0.9;
inline constexpr double kMaxCleanFlagged = 0.001;

struct DemoOutcome {
  Verdict inferred;
  Verdict authored;
  std::string enrichment_folder;  // holds the four tables

  bool has_met_targets() const;
};

/// Makes the data, then lists, groups, profiles and infers, scans with the inferred and with
/// the authored checks, writes enrichment for both scans (operations 1 and 2), and prints what
/// came of it. What an earlier demo left in the directory is replaced.
///
/// Layout of the directory: data/, checks.yaml (authored), suggested.yaml (inferred),
/// enrichment/, injected.csv. kConflict when it holds anything else; kUnavailable when it
/// cannot be written; otherwise as the steps fail. Missed targets are no failure: ask
/// has_met_targets().
Result<DemoOutcome> RunDemo(const DemoOptions& options, std::ostream& out,
                            const engine::RunContext& context);

}  // namespace assay::demo
