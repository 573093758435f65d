#include "operations/container_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "operations/masked_outcome.h"

namespace assay::operations {
namespace {

Status CheckSettings(const ScanSettings& settings) {
  if (settings.high_count_rollup_threshold < 1 || settings.high_count_rollup_threshold > 1000) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("high_count_rollup_threshold must be from 1 to 1000, not {}",
                            settings.high_count_rollup_threshold));
  }
  if (settings.source_record_limit < 1 || settings.source_record_limit > 1'000'000'000) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("source_record_limit must be from 1 to 1000000000, not {}",
                            settings.source_record_limit));
  }
  return {};
}

/// Makes the engine's results, which leave out checks that did not compile, refer to all
/// checks. `positions`: of the checks that the engine got.
void ReferToAllChecks(engine::ScanResult& result, const std::vector<size_t>& positions) {
  for (engine::FailingRow& row : result.failing_rows) {
    for (size_t& index : row.failed_checks) index = positions[index];
  }
}

/// Drops the files that could not be read from the engine's counts by file.
std::vector<engine::CheckCounts> CountsOfRead(std::vector<engine::CheckCounts> by_file,
                                              const std::vector<size_t>& read) {
  if (by_file.empty()) return by_file;
  std::vector<engine::CheckCounts> counts;
  for (const size_t file : read) counts.push_back(by_file[file]);
  return counts;
}

/// Positions in the dataset of the files that the engine read.
std::vector<size_t> FilesRead(const engine::Dataset& dataset,
                              std::vector<engine::FileSummary>& files) {
  std::map<std::string, size_t> positions;
  for (size_t i = 0; i < dataset.files.size(); ++i)
    positions.emplace(dataset.files[i].relative_path, i);
  std::ranges::sort(files, {}, [&](const engine::FileSummary& file) {
    return positions[file.relative_path];
  });
  std::vector<size_t> read;
  for (const engine::FileSummary& file : files) read.push_back(positions[file.relative_path]);
  return read;
}

/// Failures met while reading the schema and while scanning, each file once.
std::vector<engine::FileFailure> AllFailures(const std::vector<engine::FileFailure>& of_schema,
                                             std::vector<engine::FileFailure> of_scan) {
  std::vector<engine::FileFailure> failures = of_schema;
  for (engine::FileFailure& failure : of_scan) {
    if (std::ranges::find(failures, failure.relative_path,
                          &engine::FileFailure::relative_path) == failures.end()) {
      failures.push_back(std::move(failure));
    }
  }
  return failures;
}

/// What checks on changes measured before, by their position among the plans.
Result<std::map<size_t, plan::Literal>> EarlierMeasures(const std::vector<ScanCheck>& checks,
                                                        const std::vector<plan::Check>& plans,
                                                        const std::vector<size_t>& positions,
                                                        const FindEarlier& find) {
  std::map<size_t, plan::Literal> earlier;
  for (size_t i = 0; i < plans.size() && find; ++i) {
    const auto* measure = std::get_if<plan::MeasureCheck>(&plans[i].form);
    if (measure == nullptr || !measure->change) continue;
    ASSAY_TRY(auto found, find(checks[positions[i]], *measure->change));
    if (found) earlier.emplace(i, *std::move(found));
  }
  return earlier;
}

/// The number that is kept of a measure: NaN and infinities are none.
std::optional<plan::Literal> MeasurementOf(const engine::CheckOutcome& outcome,
                                           const ScanSettings& settings) {
  const bool is_of_whole =
      settings.extent == engine::ScanOptions::Extent::kWhole && settings.max_rows_per_file < 0;
  if (!is_of_whole || !outcome.measure) return std::nullopt;
  const bool is_number = outcome.measure->kind == plan::LiteralKind::kInteger ||
                         outcome.measure->kind == plan::LiteralKind::kDecimal ||
                         outcome.measure->kind == plan::LiteralKind::kDouble;
  if (!is_number || !plan::Literal::Number(outcome.measure->text)) return std::nullopt;
  return outcome.measure;
}

Timestamp WallClock() {
  return SystemClock().Now();
}

}  // namespace

Result<ContainerScan> ScanContainer(engine::Session& session, const engine::Dataset& dataset,
                                    const engine::DatasetSchema& schema,
                                    const std::vector<ScanCheck>& checks,
                                    const ScanSettings& settings, Timestamp now,
                                    const engine::RunContext& context) {
  ASSAY_RETURN_IF_ERROR(CheckSettings(settings));
  ContainerScan scan;
  scan.container = dataset.name;
  scan.start_time = WallClock();
  std::vector<const rules::CheckDefinition*> definitions;
  for (const ScanCheck& check : checks) definitions.push_back(&check.definition);
  ASSAY_TRY(const OpenedReferences references,
            OpenedReferences::Open(definitions, settings.open_reference));
  const rules::References known = references.ForRules();
  ScanSettings told = settings;  // how results are told
  references.AddMasksTo(told.masks);
  std::vector<std::optional<rules::CompiledCheck>> compiled;
  std::vector<plan::Check> plans;
  std::vector<size_t> positions;
  for (const ScanCheck& check : checks) {
    Result<rules::CompiledCheck> result =
        rules::Compile(check.definition, schema.schema, now, settings.variables, known);
    CheckResult& entry = scan.checks.emplace_back();
    entry.check = check;
    entry.fields = result ? result->fields : check.definition.fields;
    if (result) entry.compared_fields = result->compared_fields;
    if (!result) {
      entry.error = result.error().message;
      compiled.emplace_back();
      continue;
    }
    entry.anomaly_type = plan::HoldsRowByRow(result->plan.form) && result->plan.coverage >= 1
                             ? AnomalyType::kRecord
                             : AnomalyType::kShape;
    positions.push_back(compiled.size());
    plans.push_back(result->plan);
    compiled.emplace_back(*std::move(result));
  }

  ASSAY_TRY(auto earlier_measures,
            EarlierMeasures(checks, plans, positions, settings.find_earlier));
  const engine::ScanOptions options{
      .max_rows_per_file = settings.max_rows_per_file,
      .max_failing_rows_per_check =
          std::max(settings.high_count_rollup_threshold, settings.source_record_limit),
      .extent = settings.extent,
      .references = references.ForEngine(),
      .earlier_measures = std::move(earlier_measures)};
  ASSAY_TRY(engine::ScanResult result,
            engine::Scan(session, dataset, schema, plans, options, context));
  ReferToAllChecks(result, positions);
  const std::vector<size_t> read = FilesRead(dataset, result.files);
  for (size_t i = 0; i < positions.size(); ++i) {
    CheckResult& entry = scan.checks[positions[i]];
    entry.outcome = std::move(result.checks[i]);
    entry.outcome.by_file = CountsOfRead(std::move(entry.outcome.by_file), read);
    if (entry.outcome.assertion == engine::CheckOutcome::Assertion::kUnasserted) {
      entry.error = entry.outcome.detail;
    }
    entry.measurement = MeasurementOf(entry.outcome, settings);
  }
  scan.record_count = result.record_count;
  scan.anomalies =
      FindAnomalies(dataset.name, scan.checks, compiled, result, dataset, schema.schema, told);
  for (size_t i = 0; i < scan.checks.size(); ++i) {
    if (compiled[i])
      scan.checks[i].outcome = Masked(scan.checks[i].outcome, *compiled[i], told.masks);
  }
  scan.files = std::move(result.files);
  scan.failures = AllFailures(schema.failures, std::move(result.failures));
  scan.end_time = WallClock();
  return scan;
}

void AppendScan(ContainerScan& scan, ContainerScan other) {
  if (scan.checks.empty()) {
    scan = std::move(other);
    return;
  }
  for (Anomaly& anomaly : other.anomalies) {
    for (FailedCheck& failed : anomaly.failed_checks) failed.check_index += scan.checks.size();
    scan.anomalies.push_back(std::move(anomaly));
  }
  for (CheckResult& result : other.checks) {
    result.outcome.by_file.clear();  // of other files
    scan.checks.push_back(std::move(result));
  }
  scan.failures = AllFailures(scan.failures, std::move(other.failures));
}

}  // namespace assay::operations
