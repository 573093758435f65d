#include <algorithm>
#include <iterator>
#include <set>

#include "infer/evidence.h"
#include "infer/proposal_testing.h"
#include "infer/suggestion.h"
#include "infer/verdict.h"

namespace assay::infer {
namespace {

/// With fewer rows held out, all rows are used for both.
constexpr int64_t kMinHoldoutRows = 60;

int64_t RowsOf(const std::vector<engine::FieldProfile>& fields) {
  return fields.empty() ? 0 : fields.front().record_count;
}

/// Fields and some of the training rows; no rows below the level that needs them.
Result<TrainingRows> TrainingRowsOf(const TestingGround& ground,
                                    const engine::ContainerProfile& profile) {
  TrainingRows rows{.fields = ground.is_split ? profile.training_fields : profile.fields,
                    .sample = {},
                    .record_count = profile.total_record_count ? 0 : profile.record_count};
  rows.sample.columns.resize(rows.fields.size());
  if (ground.options.level < kRelationLevel) return rows;
  std::vector<std::string> names;
  for (const engine::FieldProfile& field : rows.fields) names.push_back(field.field.name);
  ASSAY_TRY(
      rows.sample,
      engine::SampleRows(ground.session, ground.dataset, ground.schema, names,
                         {.holdout_share = ground.is_split ? ground.options.holdout_share : 0,
                          .row_count = profile.record_count},
                         ground.context));
  return rows;
}

/// Candidates that do not compile (a rule that refuses the field's type) are not proposed.
std::vector<Proposal> Propose(const TrainingRows& rows, const plan::Schema& schema, int level,
                              Timestamp now) {
  std::vector<Proposal> proposals;
  for (const Suggestion& suggestion : AllSuggestions()) {
    if (suggestion.level > level) continue;
    for (Candidate& candidate :
         suggestion.relate ? suggestion.relate(rows) : suggestion.propose(rows.fields, now)) {
      Result<rules::CompiledCheck> compiled = rules::Compile(candidate.definition, schema, now);
      if (!compiled) continue;
      std::vector<std::string> used = std::move(compiled->fields);
      std::ranges::move(compiled->compared_fields, std::back_inserter(used));
      proposals.push_back({.candidate = std::move(candidate),
                           .level = suggestion.level,
                           .plan = std::move(compiled->plan),
                           .fields = std::move(used)});
    }
  }
  return proposals;
}

bool IsKept(const Proposal& proposal, const ProposalTest& test) {
  return Holds(proposal.candidate.min_holding_share, test.counts) &&
         IsBeyondChance(proposal.candidate.chance_failing_share, test.counts);
}

/// What the kept proposals of lower levels say of fields.
class Said {
 public:
  /// Whether another check of the same fields says as much or more.
  bool Implies(const rules::CheckDefinition& check) const {
    if (check.coverage < 1 && rules_.contains({check.rule, check.fields})) return true;
    const bool limits_values = check.rule == "matchesPattern" || check.rule == "between";
    return limits_values && rules_.contains({"expectedValues", check.fields});
  }
  void Add(const rules::CheckDefinition& check) {
    if (check.coverage == 1) rules_.emplace(check.rule, check.fields);
  }

 private:
  std::set<std::pair<std::string, std::vector<std::string>>> rules_;
};

}  // namespace

Result<std::vector<InferredCheck>> Infer(engine::Session& session,
                                         const engine::Dataset& dataset,
                                         const engine::DatasetSchema& schema,
                                         const engine::ContainerProfile& profile,
                                         const InferenceOptions& options, Timestamp now,
                                         const engine::RunContext& context) {
  const int64_t training_rows = RowsOf(profile.training_fields);
  const int64_t held_out_rows = profile.record_count - training_rows;
  const TestingGround ground{
      .session = session,
      .dataset = dataset,
      .schema = schema,
      .options = options,
      .is_split = training_rows >= kMinTrainingRows && held_out_rows >= kMinHoldoutRows,
      .context = context};
  ASSAY_TRY(const TrainingRows rows, TrainingRowsOf(ground, profile));
  std::vector<Proposal> proposals = Propose(rows, schema.schema, options.level, now);
  if (proposals.empty()) return std::vector<InferredCheck>();
  ASSAY_TRY(std::vector<ProposalTest> all_tests, TestProposals(ground, proposals));

  Said said;
  for (size_t i = 0; i < proposals.size(); ++i) {
    if (IsKept(proposals[i], all_tests[i])) said.Add(proposals[i].candidate.definition);
  }
  std::vector<Proposal> kept;
  std::vector<ProposalTest> tests;
  for (size_t i = 0; i < proposals.size(); ++i) {
    if (!IsKept(proposals[i], all_tests[i])) continue;
    if (said.Implies(proposals[i].candidate.definition)) continue;
    kept.push_back(std::move(proposals[i]));
    tests.push_back(std::move(all_tests[i]));
  }
  ASSAY_RETURN_IF_ERROR(AddExamples(ground, kept, tests));

  std::vector<InferredCheck> checks;
  for (size_t i = 0; i < kept.size(); ++i) {
    const bool is_held_out = tests[i].is_held_out;
    checks.push_back({.definition = std::move(kept[i].candidate.definition),
                      .level = kept[i].level,
                      .fitted_rows = RowsOf(rows.fields),
                      .holdout_rows = is_held_out ? tests[i].counts.asserted_rows : 0,
                      .holdout_exceptions = is_held_out ? tests[i].counts.failing_rows : 0,
                      .examples = std::move(tests[i].examples)});
  }
  return checks;
}

}  // namespace assay::infer
