#include <algorithm>
#include <set>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "infer/verdict.h"

namespace assay::infer {
namespace {

/// With fewer rows held out, all rows are used for both.
constexpr int64_t kMinHoldoutRows = 60;

struct Proposal {
  Candidate candidate;
  int level = 1;
  plan::Check plan;
};

int64_t RowsOf(const std::vector<engine::FieldProfile>& fields) {
  return fields.empty() ? 0 : fields.front().record_count;
}

/// Candidates that do not compile (a rule that refuses the field's type) are not proposed.
std::vector<Proposal> Propose(const std::vector<engine::FieldProfile>& fields,
                              const plan::Schema& schema, int level, Timestamp now) {
  std::vector<Proposal> proposals;
  for (const Suggestion& suggestion : AllSuggestions()) {
    if (suggestion.level > level) continue;
    for (Candidate& candidate : suggestion.propose(fields, now)) {
      Result<rules::CompiledCheck> compiled = rules::Compile(candidate.definition, schema, now);
      if (!compiled) continue;
      proposals.push_back({.candidate = std::move(candidate),
                           .level = suggestion.level,
                           .plan = std::move(compiled->plan)});
    }
  }
  return proposals;
}

Result<std::vector<engine::CheckCounts>> CountOnAllRows(engine::Session& session,
                                                        const engine::Dataset& dataset,
                                                        const engine::DatasetSchema& schema,
                                                        const std::vector<plan::Check>& checks,
                                                        const engine::RunContext& context) {
  engine::ScanOptions options;
  options.max_failing_rows_per_check = 0;
  ASSAY_TRY(const engine::ScanResult result,
            engine::Scan(session, dataset, schema, checks, options, context));
  std::vector<engine::CheckCounts> counts;
  for (const engine::CheckOutcome& outcome : result.checks) counts.push_back(outcome.total);
  return counts;
}

/// Of two checks that say the same of a field, the one that says less.
bool IsImplied(const InferredCheck& check, const std::set<std::string>& enumerated_fields) {
  const std::string& rule = check.definition.rule;
  return (rule == "matchesPattern" || rule == "between") &&
         enumerated_fields.contains(check.definition.fields.front());
}

}  // namespace

Result<std::vector<InferredCheck>> Infer(engine::Session& session,
                                         const engine::Dataset& dataset,
                                         const engine::DatasetSchema& schema,
                                         const engine::ContainerProfile& profile,
                                         const InferenceOptions& options, Timestamp now,
                                         const engine::RunContext& context) {
  const int64_t training_rows = RowsOf(profile.training_fields);
  const int64_t held_out_rows = profile.record_count - training_rows;
  const bool is_split = training_rows >= kMinTrainingRows && held_out_rows >= kMinHoldoutRows;
  const auto& fields = is_split ? profile.training_fields : profile.fields;
  const std::vector<Proposal> proposals = Propose(fields, schema.schema, options.level, now);
  if (proposals.empty()) return std::vector<InferredCheck>();

  std::vector<plan::Check> checks;
  for (const Proposal& proposal : proposals) checks.push_back(proposal.plan);
  auto counted =
      is_split ? engine::CountOnHoldout(session, dataset, schema, checks, options.holdout_share,
                                        options.max_holdout_rows, context)
               : CountOnAllRows(session, dataset, schema, checks, context);
  ASSAY_TRY(const std::vector<engine::CheckCounts> counts, std::move(counted));

  std::vector<InferredCheck> kept;
  std::set<std::string> enumerated_fields;
  for (size_t i = 0; i < proposals.size(); ++i) {
    if (!Holds(proposals[i].candidate.min_holding_share, counts[i])) continue;
    const rules::CheckDefinition& definition = proposals[i].candidate.definition;
    if (definition.rule == "expectedValues")
      enumerated_fields.insert(definition.fields.front());
    kept.push_back({.definition = definition,
                    .level = proposals[i].level,
                    .fitted_rows = RowsOf(fields),
                    .holdout_rows = is_split ? counts[i].asserted_rows : 0,
                    .holdout_exceptions = is_split ? counts[i].failing_rows : 0});
  }
  std::erase_if(
      kept, [&](const InferredCheck& check) { return IsImplied(check, enumerated_fields); });
  return kept;
}

}  // namespace assay::infer
