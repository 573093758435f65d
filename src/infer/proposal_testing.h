// Testing proposed checks on rows that they were not fitted on.

#pragma once

#include <string>
#include <vector>

#include "infer/suggestion.h"

namespace assay::infer {

/// A candidate that compiles.
struct Proposal {
  Candidate candidate;
  int level = 1;
  plan::Check plan;
  std::vector<std::string> fields;  // that it looks at, those compared with included
};

/// Where proposals are tested.
struct TestingGround {
  engine::Session& session;
  const engine::Dataset& dataset;
  const engine::DatasetSchema& schema;
  const InferenceOptions& options;
  bool is_split = false;  // whether rows were held out: otherwise all rows test
  const engine::RunContext& context;
};

/// What was counted for a proposal.
struct ProposalTest {
  engine::CheckCounts counts;  // of group sizes: groups
  bool is_held_out = false;    // whether on held-out rows only
  std::vector<Json> examples;  // see InferredCheck
};

/// One for each proposal; one that could not be tested has asserted nothing. Without examples
/// where rows are held out. Rows and keys are counted in one read of the rows that test;
/// dependencies in another, of at most 30,000 rows; the sizes of groups over all rows.
Result<std::vector<ProposalTest>> TestProposals(const TestingGround& ground,
                                                const std::vector<Proposal>& proposals);

/// Adds the examples to tests that were made on held-out rows and have exceptions. `tests` is
/// parallel to `proposals`. One more read of the rows that test, where there are such.
Status AddExamples(const TestingGround& ground, const std::vector<Proposal>& proposals,
                   std::vector<ProposalTest>& tests);

}  // namespace assay::infer
