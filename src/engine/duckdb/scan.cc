#include "engine/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "engine/duckdb/apart_checks.h"
#include "engine/duckdb/entities.h"
#include "engine/duckdb/file_pass.h"
#include "engine/duckdb/file_version.h"
#include "engine/duckdb/membership.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/record_reader.h"
#include "engine/duckdb/repeated_rows.h"
#include "engine/duckdb/scan_checks.h"
#include "engine/duckdb/whole_checks.h"
#include "engine/reader_sql.h"
#include "engine/table_reading.h"

namespace assay::engine {
namespace {

/// Above this many captured rows a check's examples would no longer fit in memory comfortably.
constexpr int64_t kMostFailingRows = 1'000'000;

/// One pass of checks over files, accumulated.
class ScanPass {
 public:
  ScanPass(Session& session, const Dataset& dataset, const DatasetSchema& schema,
           const ScanChecks& checks, size_t check_count, const ScanOptions& options)
      : session_(session),
        dataset_(dataset),
        schema_(schema),
        checks_(checks),
        check_count_(check_count),
        options_(options),
        positions_(check_count, options.max_failing_rows_per_check),
        counts_(dataset.files.size(), std::vector<CheckCounts>(check_count)) {
    for (size_t i = 0; i < checks.unique_checks.size(); ++i)
      hashes_.emplace_back(SpillDirectory(), SpillMemory());
  }

  Result<FileWork> ReadFile(size_t file, const Holdout& holdout, int64_t max_rows,
                            const std::stop_token& stop, const ShareCallback& progress) {
    const auto collector = std::make_shared<ScanCollector>();
    collector->row_checks = checks_.row_checks;
    collector->unique_checks = checks_.unique_checks;
    collector->check_count = check_count_;
    collector->file_index = file;
    collector->max_failing_rows_per_check = options_.max_failing_rows_per_check;
    collector->holdout = holdout;
    collector->spill_directory = SpillDirectory();
    collector->spill_memory_bytes = SpillMemory();
    if (schema_.table) ASSAY_RETURN_IF_ERROR(schema_.table->MakeAddressable(max_rows, stop));
    const std::string sql = fmt::format(
        "SELECT assay_scan(CAST({} AS UBIGINT), {}{}) FROM {}",
        reinterpret_cast<uintptr_t>(collector.get()), QuoteName(kRowNumberColumn),
        checks_.arguments, FileSql(dataset_, schema_, file, RowNumbers::kYes, max_rows));
    ASSAY_TRY(const auto rows, RunQuery(session_, schema_, sql, stop, progress));
    ASSAY_RETURN_IF_ERROR(collector->status);
    return FileWork{.row_count = rows->GetValue(0, 0).GetValue<int64_t>(),
                    .add = [this, collector] { return Add(*collector); }};
  }

  /// Completes the checks on keys, entities and order; `files` are those that were read. A
  /// check whose rows cannot be read again is refused in `refusals`, which is parallel to all
  /// checks.
  Status FindRepeats(const std::vector<size_t>& files, const std::stop_token& stop,
                     std::vector<std::string>& refusals) {
    for (size_t i = 0; i < hashes_.size(); ++i) {
      ASSAY_RETURN_IF_ERROR(
          AddSurplus(checks_.unique_checks[i],
                     SurplusRows::Find(session_, dataset_, schema_, files, checks_, i,
                                       hashes_[i], options_.max_rows_per_file, stop),
                     stop, refusals));
    }
    for (const auto& [check, sql] : checks_.dependency_checks) {
      ASSAY_RETURN_IF_ERROR(
          AddSurplus(check,
                     SurplusRows::FindConflicting(session_, dataset_, schema_, files, sql,
                                                  options_.max_rows_per_file, stop),
                     stop, refusals));
    }
    for (const auto& [check, sql] : checks_.entity_checks) {
      ASSAY_RETURN_IF_ERROR(AddSurplus(check,
                                       FindMixedEntities(session_, dataset_, schema_, files,
                                                         sql, options_.max_rows_per_file, stop),
                                       stop, refusals));
    }
    for (const auto& [check, sql] : checks_.order_checks) {
      ASSAY_RETURN_IF_ERROR(
          AddSurplus(check,
                     SurplusRows::FindOutOfOrder(session_, dataset_, schema_, files, sql,
                                                 options_.max_rows_per_file, stop),
                     stop, refusals));
    }
    return {};
  }

  /// Completes the membership checks, in the same way.
  Status FindMembers(const std::vector<size_t>& files, const std::stop_token& stop,
                     std::vector<std::string>& refusals) {
    auto failures =
        FindMembershipFailures(session_, dataset_, schema_, files, checks_.memberships,
                               options_.references, options_.max_rows_per_file, stop);
    for (auto& [check, rows] : failures)
      ASSAY_RETURN_IF_ERROR(AddSurplus(check, std::move(rows), stop, refusals));
    return {};
  }

  /// The surplus rows of each unique check by its hashes alone, without looking for them.
  Result<std::vector<int64_t>> CountRepeats(const std::stop_token& stop) const {
    std::vector<int64_t> surplus;
    for (const auto& hashes : hashes_) {
      ASSAY_TRY(const int64_t distinct,
                hashes.Find([](std::span<const uint64_t>) -> Status { return {}; }, stop));
      surplus.push_back(hashes.count() - distinct);
    }
    return surplus;
  }

  /// All rows to hand back in order. Each has every check on keys, order or membership that it
  /// fails, and the row checks if it is among the first rows of one of these.
  Result<std::vector<scan::FailingPosition>> TakePositions(const std::stop_token& stop) {
    std::map<RowPosition, std::set<uint32_t>> merged;
    for (const auto& position : positions_.Take()) {
      merged[{position.file_index, position.row_number}].insert(position.failed_checks.begin(),
                                                                position.failed_checks.end());
    }
    for (const auto& [check, surplus] : surplus_) {
      ASSAY_TRY(const auto first, surplus.First(options_.max_failing_rows_per_check, stop));
      for (const RowPosition& row : first) merged[row].insert(check);
    }
    ASSAY_RETURN_IF_ERROR(AddKeyChecks(merged, stop));
    std::vector<scan::FailingPosition> positions;
    for (const auto& [at, failed] : merged) {
      positions.push_back({.file_index = at.first,
                           .row_number = at.second,
                           .failed_checks = {failed.begin(), failed.end()}});
    }
    return positions;
  }

  const std::vector<std::vector<CheckCounts>>& counts() const { return counts_; }

 private:
  Status AddSurplus(size_t check, Result<SurplusRows> surplus, const std::stop_token& stop,
                    std::vector<std::string>& refusals) {
    if (!surplus && surplus.error().kind == ErrorKind::kCancelled)
      return std::unexpected(surplus.error());
    if (!surplus) {
      refusals[check] = surplus.error().message;
      return {};
    }
    ASSAY_TRY(const std::vector<int64_t> counts, surplus->CountByFile(counts_.size(), stop));
    for (size_t file = 0; file < counts_.size(); ++file)
      counts_[file][check].failing_rows = counts[file];
    surplus_.emplace(static_cast<uint32_t>(check), *std::move(surplus));
    return {};
  }

  /// Adds the checks on keys, order and membership that the rows fail beyond the first rows of
  /// each.
  Status AddKeyChecks(std::map<RowPosition, std::set<uint32_t>>& rows,
                      const std::stop_token& stop) const {
    if (surplus_.empty() || rows.empty()) return {};
    std::vector<RowPosition> positions;
    for (const auto& [at, failed] : rows) positions.push_back(at);
    const ScratchTable table(session_, schema_);
    ASSAY_RETURN_IF_ERROR(FillPositions(table, positions));
    for (const auto& [check, surplus] : surplus_) {
      ASSAY_TRY(const auto among, surplus.Among(table, stop));
      for (const RowPosition& row : among) rows[row].insert(check);
    }
    return {};
  }

  Status Add(ScanCollector& collector) {
    if (!collector.positions) return {};
    positions_.Combine(std::move(*collector.positions));
    counts_[collector.file_index] = std::move(collector.counts);
    for (size_t i = 0; i < hashes_.size(); ++i)
      ASSAY_RETURN_IF_ERROR(hashes_[i].Combine(std::move(collector.hashes[i])));
    return {};
  }

  const std::string& SpillDirectory() const { return session_.internals().temporary_directory; }
  int64_t SpillMemory() const {
    const auto unique = static_cast<int64_t>(std::max<size_t>(1, checks_.unique_checks.size()));
    return std::max<int64_t>(int64_t{1} << 20,
                             session_.internals().options.memory_limit_bytes / 16 / unique);
  }

  Session& session_;
  const Dataset& dataset_;
  const DatasetSchema& schema_;
  const ScanChecks& checks_;
  size_t check_count_;
  const ScanOptions& options_;
  scan::FailingPositions positions_;
  std::vector<std::vector<CheckCounts>> counts_;  // per file, per check
  std::vector<scan::RepeatedHashes> hashes_;
  std::map<uint32_t, SurplusRows> surplus_;  // by check: those on keys, order and membership
};

void FinishOutcome(const plan::Check& check, CheckOutcome& outcome) {
  for (const CheckCounts& counts : outcome.by_file) {
    outcome.total.asserted_rows += counts.asserted_rows;
    outcome.total.failing_rows += counts.failing_rows;
  }
  if (outcome.total.asserted_rows == 0) {
    outcome.assertion = CheckOutcome::Assertion::kUnasserted;
    return;
  }
  const double passing =
      static_cast<double>(outcome.total.asserted_rows - outcome.total.failing_rows) /
      static_cast<double>(outcome.total.asserted_rows);
  const bool holds =
      check.coverage < 1 ? passing >= check.coverage : outcome.total.failing_rows == 0;
  outcome.assertion =
      holds ? CheckOutcome::Assertion::kPassed : CheckOutcome::Assertion::kFailed;
}

/// Whether some of the rows can stand for all: of other checks a part says nothing.
bool IsOfRows(const plan::Check& check) {
  return std::holds_alternative<plan::RowCheck>(check.form) ||
         std::holds_alternative<plan::UniqueCheck>(check.form);
}

/// The outcome of a check that could run.
CheckOutcome OutcomeOf(const plan::Check& check, size_t index, const WholeChecks& whole,
                       const Dataset& dataset, const DatasetSchema& schema,
                       const ScanPass& pass, const std::vector<size_t>& files_read) {
  CheckOutcome outcome;
  if (const auto* schema_check = std::get_if<plan::SchemaCheck>(&check.form)) {
    outcome.detail = SchemaDifferences(*schema_check, schema.schema);
    outcome.assertion = outcome.detail.empty() ? CheckOutcome::Assertion::kPassed
                                               : CheckOutcome::Assertion::kFailed;
    return outcome;
  }
  if (std::holds_alternative<plan::GroupSizeCheck>(check.form) && !whole.outcomes[index]) {
    std::vector<int64_t> rows;
    for (const auto& counts : pass.counts()) rows.push_back(counts[index].asserted_rows);
    return FileSizesOutcome(check, dataset, files_read, rows);
  }
  for (const auto& counts : pass.counts()) outcome.by_file.push_back(counts[index]);
  if (!whole.outcomes[index]) {
    FinishOutcome(check, outcome);
    return outcome;
  }
  CheckOutcome of_whole = *whole.outcomes[index];
  if (plan::MeasureOf(check.form) != nullptr) {
    for (const CheckCounts& counts : outcome.by_file)
      of_whole.total.asserted_rows += counts.asserted_rows;
  }
  return of_whole;
}

/// Reads the captured rows; a file that can no longer be read gives rows without values.
Status ReadFailingRows(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                       const ScanChecks& checks,
                       const std::vector<scan::FailingPosition>& positions,
                       const RunContext& context, ScanResult& result) {
  for (size_t first = 0; first < positions.size();) {
    const size_t file = positions[first].file_index;
    size_t end = first;
    std::vector<int64_t> numbers;
    for (; end < positions.size() && positions[end].file_index == file; ++end)
      numbers.push_back(positions[end].row_number);
    auto records = ReadListedVersion(session, dataset, schema, file, [&] {
      return ReadRecords(session, dataset, schema, file, numbers, checks.row_conditions,
                         context.stop);
    });
    if (!records) {
      if (records.error().kind == ErrorKind::kCancelled)
        return std::unexpected(records.error());
      result.failures.push_back(
          {dataset.files[file].relative_path,
           {records.error().kind,
            "its failing rows were counted but could not be read again: " +
                records.error().message}});
      records = std::map<int64_t, ReadRow>();
    }
    for (; first < end; ++first) {
      FailingRow row{.file_index = file,
                     .row_number = positions[first].row_number,
                     .record = Json::object()};
      std::set<size_t> failed(positions[first].failed_checks.begin(),
                              positions[first].failed_checks.end());
      if (const auto found = records->find(row.row_number); found != records->end()) {
        row.record = std::move(found->second.record);
        for (const size_t i : found->second.conditions)
          failed.insert(checks.row_checks[i].check_index);
      }
      row.failed_checks.assign(failed.begin(), failed.end());
      result.failing_rows.push_back(std::move(row));
    }
  }
  return {};
}

/// Runs the pass over rows that were set aside, at most about `max_rows` of them.
Result<PassReport> ReadHoldout(Session& session, const Dataset& dataset,
                               const DatasetSchema& schema, ScanPass& pass,
                               double holdout_share, int64_t max_rows,
                               const RunContext& context) {
  // Each file gives its share of the rows, from its front: reading on would cost a second full
  // pass.
  const auto files = static_cast<double>(std::max<size_t>(1, schema.readable.size()));
  const auto rows_per_file =
      static_cast<int64_t>(static_cast<double>(max_rows) / holdout_share / files) +
      kHoldoutBlockRows;
  return ForEachFile(session, dataset, schema, "testing proposals on " + dataset.name, context,
                     [&](size_t file, const ShareCallback& progress) {
                       return pass.ReadFile(
                           file, Holdout(dataset.files[file].relative_path, holdout_share),
                           rows_per_file, context.stop, progress);
                     });
}

}  // namespace

Result<ScanResult> Scan(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                        const std::vector<plan::Check>& given_checks,
                        const ScanOptions& given_options, const RunContext& context) {
  ScanOptions options = given_options;
  options.max_failing_rows_per_check =
      std::clamp<int64_t>(options.max_failing_rows_per_check, 0, kMostFailingRows);
  ASSAY_TRY(const WholeChecks whole,
            RunWholeChecks(session, dataset, schema, given_checks, options, context));
  const std::vector<plan::Check>& checks = whole.checks;
  ASSAY_TRY(const ScanChecks scan_checks,
            MakeScanChecks(session, dataset, schema, checks, options.references));
  ScanPass pass(session, dataset, schema, scan_checks, checks.size(), options);
  ASSAY_TRY(PassReport report,
            ForEachFile(session, dataset, schema, "scanning " + dataset.name, context,
                        [&](size_t file, const ShareCallback& progress) {
                          return pass.ReadFile(file, Holdout(), options.max_rows_per_file,
                                               context.stop, progress);
                        }));
  if (schema.table && !report.failures.empty())
    return std::unexpected(report.failures.front().error);
  ScanResult result{.checks = std::vector<CheckOutcome>(checks.size()),
                    .files = std::move(report.files),
                    .failures = schema.failures};
  std::ranges::move(report.failures, std::back_inserter(result.failures));
  for (const FileSummary& file : result.files) result.record_count += file.row_count;
  std::vector<std::string> refusals = scan_checks.refusals;
  ASSAY_RETURN_IF_ERROR(pass.FindRepeats(report.read, context.stop, refusals));
  ASSAY_RETURN_IF_ERROR(pass.FindMembers(report.read, context.stop, refusals));
  for (size_t i = 0; i < checks.size(); ++i) {
    const std::string& refusal = whole.refusals[i].empty() ? refusals[i] : whole.refusals[i];
    if (!refusal.empty()) {
      result.checks[i].detail = refusal;
    } else {
      result.checks[i] = OutcomeOf(checks[i], i, whole, dataset, schema, pass, report.read);
    }
  }
  ASSAY_TRY(const auto positions, pass.TakePositions(context.stop));
  ASSAY_RETURN_IF_ERROR(
      ReadFailingRows(session, dataset, schema, scan_checks, positions, context, result));
  // Last: a statement that fails would end the transaction in which a table is read.
  const PassedRows passed{.files = report.read, .row_count = result.record_count};
  for (size_t i = 0; i < checks.size(); ++i) {
    if (!RunsApart(checks[i].form)) continue;
    ASSAY_TRY(result.checks[i],
              RunApart(session, dataset, schema, passed, checks[i], options, context.stop));
    if (result.checks[i].difference) FinishOutcome(checks[i], result.checks[i]);
  }
  return result;
}

Result<std::vector<CheckCounts>> CountOnHoldout(Session& session, const Dataset& dataset,
                                                const DatasetSchema& schema,
                                                const std::vector<plan::Check>& checks,
                                                double holdout_share, int64_t max_rows,
                                                const RunContext& context) {
  const ScanOptions options{.max_failing_rows_per_check = 0};
  ASSAY_TRY(const ScanChecks scan_checks, MakeScanChecks(session, dataset, schema, checks, {}));
  ScanPass pass(session, dataset, schema, scan_checks, checks.size(), options);
  ASSAY_TRY(const PassReport report,
            ReadHoldout(session, dataset, schema, pass, holdout_share, max_rows, context));
  ASSAY_TRY(const std::vector<int64_t> surplus, pass.CountRepeats(context.stop));
  std::vector<CheckCounts> totals(checks.size());
  for (size_t i = 0; i < surplus.size(); ++i)
    totals[scan_checks.unique_checks[i]].failing_rows = surplus[i];
  for (const auto& counts : pass.counts()) {
    for (size_t i = 0; i < checks.size(); ++i) {
      if (!IsOfRows(checks[i])) continue;
      totals[i].asserted_rows += counts[i].asserted_rows;
      totals[i].failing_rows += counts[i].failing_rows;
    }
  }
  return totals;
}

Result<std::vector<FailingRow>> ExamplesOnHoldout(Session& session, const Dataset& dataset,
                                                  const DatasetSchema& schema,
                                                  const std::vector<plan::Check>& checks,
                                                  double holdout_share, int64_t max_rows,
                                                  int64_t max_examples,
                                                  const RunContext& context) {
  const ScanOptions options{.max_failing_rows_per_check =
                                std::clamp<int64_t>(max_examples, 0, kMostFailingRows)};
  ASSAY_TRY(const ScanChecks scan_checks, MakeScanChecks(session, dataset, schema, checks, {}));
  ScanPass pass(session, dataset, schema, scan_checks, checks.size(), options);
  ASSAY_TRY(const PassReport report,
            ReadHoldout(session, dataset, schema, pass, holdout_share, max_rows, context));
  ASSAY_TRY(const auto positions, pass.TakePositions(context.stop));
  ScanResult result;
  ASSAY_RETURN_IF_ERROR(
      ReadFailingRows(session, dataset, schema, scan_checks, positions, context, result));
  return std::move(result.failing_rows);
}

}  // namespace assay::engine
