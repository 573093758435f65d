// From a profile to proposed checks. One suggestion in infer/suggest/ each; the registry is
// generated.

#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/profile.h"
#include "engine/scan.h"
#include "infer/training_rows.h"
#include "rules/check.h"

namespace assay::infer {

/// The level from which relations are looked for: between fields, and with other containers.
inline constexpr int kRelationLevel = 3;

/// A proposed check and what speaks for it.
struct Candidate {
  rules::CheckDefinition definition;
  double min_holding_share = 1;  // of held-out asserted rows that must pass for it to be kept
  /// Of relations between fields: the share of rows that would fail if there were none. Kept
  /// only if fewer failures than that cannot be chance. 0: not known.
  double chance_failing_share = 0;
};

/// A way to propose checks of one rule type. Pure: depends on what it is given alone.
struct Suggestion {
  std::string name;  // the rule it proposes; what it asserts of it, where there are several
  int level = 1;     // inference level from which it is used (platform levels 1 to 5)
  /// Gets the statistics of the training rows (ContainerProfile::training_fields).
  std::function<std::vector<Candidate>(const std::vector<engine::FieldProfile>& fields,
                                       Timestamp now)>
      propose = {};
  /// In its place, of relations between fields: gets some of the training rows too.
  std::function<std::vector<Candidate>(const TrainingRows& rows)> relate = {};
};

std::span<const Suggestion> AllSuggestions();

/// A kept proposal with its evidence.
struct InferredCheck {
  rules::CheckDefinition definition;
  int level = 1;
  int64_t fitted_rows = 0;
  int64_t holdout_rows = 0;  // asserted on held-out data; 0: too few rows to hold some out
  int64_t holdout_exceptions = 0;
  /// The first of the rows that it was tested on and that fail, at most kMostExamples: the
  /// values of the fields it looks at.
  std::vector<Json> examples = {};
};

inline constexpr int64_t kMostExamples = 3;

struct InferenceOptions {
  int level = 2;
  double holdout_share = 0.4;          // of rows (percent_testing_threshold of the platform)
  int64_t max_holdout_rows = 100'000;  // max_count_testing_sample
};

/// Fits candidates on `profile`, tests them on held-out rows and keeps those that hold
/// (verdict.h). `profile` is to be taken with the same holdout_share. With under 30 training or
/// 60 held-out rows all rows serve for both, and InferredCheck::holdout_rows is 0. Checks that
/// another one of the same field implies (a pattern of enumerated values) are left out. Cost:
/// one read of the columns that candidates use, of the held-out rows only; from level 3 on a
/// read of some rows before it (engine/row_sample.h), and one of the held-out rows for
/// dependencies.
Result<std::vector<InferredCheck>> Infer(engine::Session& session,
                                         const engine::Dataset& dataset,
                                         const engine::DatasetSchema& schema,
                                         const engine::ContainerProfile& profile,
                                         const InferenceOptions& options, Timestamp now,
                                         const engine::RunContext& context);

}  // namespace assay::infer
