#include "infer/proposal_testing.h"

#include <algorithm>
#include <map>

#include "infer/dependency.h"

namespace assay::infer {
namespace {

constexpr int64_t kMostDependencyRows = 30'000;

bool IsCountedByRows(const plan::Check& check) {
  return std::holds_alternative<plan::RowCheck>(check.form) ||
         std::holds_alternative<plan::UniqueCheck>(check.form);
}

/// The values of these fields in a record.
Json ValuesOf(const Json& record, const std::vector<std::string>& fields) {
  Json values = Json::object();
  for (const std::string& field : fields)
    if (record.contains(field)) values[field] = record[field];
  return values;
}

void AddExample(const engine::FailingRow& row, const Proposal& proposal, ProposalTest& test) {
  if (static_cast<int64_t>(test.examples.size()) >= kMostExamples) return;
  test.examples.push_back(ValuesOf(row.record, proposal.fields));
}

engine::CheckCounts CountsOf(const engine::CheckOutcome& outcome, const plan::Check& check) {
  if (!std::holds_alternative<plan::GroupSizeCheck>(check.form)) return outcome.total;
  return {.asserted_rows = outcome.groups.asserted_groups,
          .failing_rows = outcome.groups.failing_groups};
}

/// Tests the chosen proposals on all rows.
Status TestOnAllRows(const TestingGround& ground, const std::vector<Proposal>& proposals,
                     const std::vector<size_t>& chosen, std::vector<ProposalTest>& tests) {
  if (chosen.empty()) return {};
  std::vector<plan::Check> checks;
  for (const size_t i : chosen) checks.push_back(proposals[i].plan);
  engine::ScanOptions options;
  options.max_failing_rows_per_check = ground.is_split ? 0 : kMostExamples;
  ASSAY_TRY(const engine::ScanResult result,
            engine::Scan(ground.session, ground.dataset, ground.schema, checks, options,
                         ground.context));
  for (size_t i = 0; i < chosen.size(); ++i)
    tests[chosen[i]].counts = CountsOf(result.checks[i], checks[i]);
  for (const engine::FailingRow& row : result.failing_rows) {
    for (const size_t i : row.failed_checks)
      AddExample(row, proposals[chosen[i]], tests[chosen[i]]);
  }
  return {};
}

Status TestRows(const TestingGround& ground, const std::vector<Proposal>& proposals,
                const std::vector<size_t>& chosen, std::vector<ProposalTest>& tests) {
  if (chosen.empty()) return {};
  std::vector<plan::Check> checks;
  for (const size_t i : chosen) checks.push_back(proposals[i].plan);
  ASSAY_TRY(const std::vector<engine::CheckCounts> counts,
            engine::CountOnHoldout(ground.session, ground.dataset, ground.schema, checks,
                                   ground.options.holdout_share,
                                   ground.options.max_holdout_rows, ground.context));
  for (size_t i = 0; i < chosen.size(); ++i)
    tests[chosen[i]] = {.counts = counts[i], .is_held_out = true};
  return {};
}

/// Dependencies of one field on another one, counted on held-out rows.
Status TestDependencies(const TestingGround& ground, const std::vector<Proposal>& proposals,
                        const std::vector<size_t>& chosen, std::vector<ProposalTest>& tests) {
  if (chosen.empty()) return {};
  std::vector<std::string> names;
  std::map<std::string, size_t> columns;
  for (const size_t i : chosen) {
    for (const std::string& field : proposals[i].fields) {
      if (columns.emplace(field, names.size()).second) names.push_back(field);
    }
  }
  ASSAY_TRY(const engine::RowSample sample,
            engine::SampleRows(
                ground.session, ground.dataset, ground.schema, names,
                {.rows = engine::RowSampleOptions::Rows::kHeldOut,
                 .holdout_share = ground.options.holdout_share,
                 .max_rows = std::min(kMostDependencyRows, ground.options.max_holdout_rows)},
                ground.context));
  std::vector<CodedColumn> coded;
  for (const engine::RowSample::Column& column : sample.columns)
    coded.push_back(CodedColumn::Of(column));
  for (const size_t i : chosen) {
    const auto& check = std::get<plan::DependencyCheck>(proposals[i].plan.form);
    const std::string key = check.keys.front().FieldNames().front();
    const std::string value = check.values.front().FieldNames().front();
    tests[i] = {
        .counts = KeyGroups(coded[columns.at(key)]).Count(coded[columns.at(value)]).counts,
        .is_held_out = true};
  }
  return {};
}

}  // namespace

Result<std::vector<ProposalTest>> TestProposals(const TestingGround& ground,
                                                const std::vector<Proposal>& proposals) {
  std::vector<ProposalTest> tests(proposals.size());
  std::vector<size_t> by_rows, dependencies, whole;
  for (size_t i = 0; i < proposals.size(); ++i) {
    const plan::Check& check = proposals[i].plan;
    const bool is_dependency = std::holds_alternative<plan::DependencyCheck>(check.form);
    if (ground.is_split && IsCountedByRows(check)) {
      by_rows.push_back(i);
    } else if (ground.is_split && is_dependency) {
      dependencies.push_back(i);
    } else {
      whole.push_back(i);
    }
  }
  ASSAY_RETURN_IF_ERROR(TestRows(ground, proposals, by_rows, tests));
  ASSAY_RETURN_IF_ERROR(TestDependencies(ground, proposals, dependencies, tests));
  ASSAY_RETURN_IF_ERROR(TestOnAllRows(ground, proposals, whole, tests));
  return tests;
}

Status AddExamples(const TestingGround& ground, const std::vector<Proposal>& proposals,
                   std::vector<ProposalTest>& tests) {
  std::vector<size_t> chosen;
  std::vector<plan::Check> checks;
  for (size_t i = 0; i < proposals.size(); ++i) {
    const bool is_row_check = std::holds_alternative<plan::RowCheck>(proposals[i].plan.form);
    if (!is_row_check || !tests[i].is_held_out || tests[i].counts.failing_rows == 0) continue;
    chosen.push_back(i);
    checks.push_back(proposals[i].plan);
  }
  if (chosen.empty()) return {};
  ASSAY_TRY(
      const std::vector<engine::FailingRow> rows,
      engine::ExamplesOnHoldout(ground.session, ground.dataset, ground.schema, checks,
                                ground.options.holdout_share, ground.options.max_holdout_rows,
                                kMostExamples, ground.context));
  for (const engine::FailingRow& row : rows) {
    for (const size_t i : row.failed_checks)
      AddExample(row, proposals[chosen[i]], tests[chosen[i]]);
  }
  return {};
}

}  // namespace assay::infer
