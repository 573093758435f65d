#include <algorithm>
#include <utility>

#include "base/id.h"
#include "operations/container_scan.h"
#include "operations/fingerprint.h"
#include "operations/masked_outcome.h"
#include "operations/messages.h"

namespace assay::operations {
namespace {

/// How the failures of one check are told.
enum class Telling {
  kNothing,   // it holds, or could not run
  kRowByRow,  // each failing row by itself
  kRolledUp,  // all failing rows together
  kAsAWhole,  // coverage, aggregate or schema: a shape anomaly
};

Telling TellingOf(const CheckResult& check, const ScanSettings& settings) {
  if (check.outcome.assertion != engine::CheckOutcome::Assertion::kFailed)
    return Telling::kNothing;
  if (check.anomaly_type == AnomalyType::kShape) return Telling::kAsAWhole;
  return check.outcome.total.failing_rows > settings.high_count_rollup_threshold
             ? Telling::kRolledUp
             : Telling::kRowByRow;
}

const char* RowStatusName(engine::RecordDifference::Status status) {
  switch (status) {
    case engine::RecordDifference::Status::kChanged: return "changed";
    case engine::RecordDifference::Status::kRemoved: return "removed";
    case engine::RecordDifference::Status::kAdded: return "added";
  }
  return "";
}

/// What the anomalies of one container are made from.
struct Findings {
  const std::string& container;
  const std::vector<CheckResult>& checks;
  const std::vector<std::optional<rules::CompiledCheck>>& compiled;
  const engine::ScanResult& result;
  const engine::Dataset& dataset;
  const plan::Schema& schema;
  const ScanSettings& settings;
  std::vector<Telling> tellings;  // parallel to checks
  std::vector<std::string> identities;

  SourceRecord RecordOf(const engine::FailingRow& row, const std::vector<size_t>& failed,
                        const Json& shown) const {
    SourceRecord source{.relative_path = dataset.files[row.file_index].relative_path,
                        .row_number = row.row_number,
                        .failing_fields = {},
                        .record = shown};
    for (const size_t index : failed) {
      for (const auto* fields : {&compiled[index]->fields, &compiled[index]->compared_fields}) {
        for (const std::string& field : *fields) {
          if (std::ranges::find(source.failing_fields, field) == source.failing_fields.end())
            source.failing_fields.push_back(field);
        }
      }
    }
    return source;
  }

  /// A record that differs from that of another container.
  SourceRecord RecordOf(const engine::RecordDifference& difference) const {
    using Status = engine::RecordDifference::Status;
    const bool is_here = difference.status != Status::kAdded;
    SourceRecord source{
        .relative_path = is_here ? dataset.files[difference.file_index].relative_path : "",
        .row_number = difference.row_number,
        .failing_fields = difference.differing_fields,
        .record = {{"_row_status", RowStatusName(difference.status)}}};
    for (const auto& [name, left, right] : difference.values) {
      const Json left_shown = settings.masks.Masked(name, left);
      const Json right_shown = settings.masks.Masked(name, right);
      if (difference.status == Status::kChanged && left != right) {
        source.record[name] = {{"left", left_shown}, {"right", right_shown}};
      } else {
        source.record[name] = is_here ? left_shown : right_shown;
      }
    }
    return source;
  }

  /// A row that a query returned.
  static SourceRecord RecordOf(const Json& returned) {
    return {.relative_path = "", .row_number = -1, .failing_fields = {}, .record = returned};
  }

  /// Checks of the row that make records; empty when all of those are rolled up.
  std::vector<size_t> OwnChecks(const engine::FailingRow& row) const {
    std::vector<size_t> own;
    bool is_only_rolled_up = true;
    for (const size_t index : row.failed_checks) {
      if (tellings[index] != Telling::kRowByRow && tellings[index] != Telling::kRolledUp)
        continue;
      own.push_back(index);
      if (tellings[index] == Telling::kRowByRow) is_only_rolled_up = false;
    }
    return is_only_rolled_up ? std::vector<size_t>() : own;
  }

  std::string MessageOf(size_t index, const Json& record) const {
    const std::optional<std::string>& field = checks[index].check.message_field;
    std::optional<std::string> given;
    if (field) given = GivenMessage(record, *field);
    if (given) return *std::move(given);
    return checks[index].outcome.query ? ReturnedRowMessage(*compiled[index], record)
                                       : RowMessage(*compiled[index], record);
  }

  Anomaly OfReturnedRow(size_t index, const Json& row) const {
    const Json shown = settings.masks.empty() ? row : MaskedReturn(row);
    Anomaly anomaly;
    anomaly.uuid = NewUuid();
    anomaly.anomalous_records_count = 1;
    anomaly.failed_checks.push_back({index, MessageOf(index, shown)});
    anomaly.fingerprint = RecordFingerprint({identities[index]}, row);
    anomaly.source_records.push_back(RecordOf(shown));
    return anomaly;
  }

  Anomaly OfRow(const engine::FailingRow& row, const std::vector<size_t>& own,
                const Json& shown) const {
    Anomaly anomaly;
    anomaly.uuid = NewUuid();
    anomaly.anomalous_records_count = 1;
    std::vector<std::string> failed_identities;
    for (const size_t index : own) {
      anomaly.failed_checks.push_back({index, MessageOf(index, shown)});
      failed_identities.push_back(identities[index]);
    }
    anomaly.fingerprint = RecordFingerprint(std::move(failed_identities), row.record);
    anomaly.source_records.push_back(RecordOf(row, own, shown));
    anomaly.relative_path = anomaly.source_records.front().relative_path;
    return anomaly;
  }

  /// A rolled-up or shape anomaly, still without the examples among the failing rows.
  Anomaly OfCheck(size_t index) const {
    const rules::CompiledCheck& check = *compiled[index];
    const engine::CheckOutcome& outcome = checks[index].outcome;
    Anomaly anomaly;
    anomaly.uuid = NewUuid();
    anomaly.type = checks[index].anomaly_type;
    anomaly.is_rolled_up = tellings[index] == Telling::kRolledUp;
    anomaly.anomalous_records_count = outcome.total.failing_rows;
    anomaly.fingerprint =
        ShapeFingerprint(identities[index], container, check, outcome, schema);
    const engine::CheckOutcome shown = Masked(outcome, check, settings.masks);
    anomaly.failed_checks.push_back({index, WholeMessage(container, check, shown)});
    if (outcome.difference) AddRecords(outcome.difference->first, anomaly);
    if (shown.query) AddRecords(shown.query->first, anomaly);
    return anomaly;
  }

  template <class Record>
  void AddRecords(const std::vector<Record>& records, Anomaly& anomaly) const {
    for (const Record& record : records) {
      if (!std::cmp_less(anomaly.source_records.size(), settings.source_record_limit)) break;
      anomaly.source_records.push_back(RecordOf(record));
    }
  }
};

}  // namespace

std::vector<Anomaly> FindAnomalies(
    const std::string& container, const std::vector<CheckResult>& checks,
    const std::vector<std::optional<rules::CompiledCheck>>& compiled,
    const engine::ScanResult& result, const engine::Dataset& dataset,
    const plan::Schema& schema, const ScanSettings& settings) {
  Findings findings{container, checks, compiled, result, dataset, schema, settings, {}, {}};
  std::vector<std::optional<Anomaly>> of_checks(checks.size());
  for (size_t i = 0; i < checks.size(); ++i) {
    findings.tellings.push_back(compiled[i] ? TellingOf(checks[i], settings)
                                            : Telling::kNothing);
    findings.identities.push_back(CheckIdentity(checks[i].check.definition));
    if (findings.tellings[i] == Telling::kRolledUp ||
        findings.tellings[i] == Telling::kAsAWhole) {
      of_checks[i] = findings.OfCheck(i);
    }
  }

  std::vector<Anomaly> anomalies;
  for (const engine::FailingRow& row : result.failing_rows) {
    const std::vector<size_t> own = findings.OwnChecks(row);
    const Json shown = settings.masks.Masked(row.record);
    if (!own.empty()) anomalies.push_back(findings.OfRow(row, own, shown));
    for (const size_t index : row.failed_checks) {
      std::optional<Anomaly>& whole = of_checks[index];
      if (whole && std::cmp_less(whole->source_records.size(), settings.source_record_limit)) {
        whole->source_records.push_back(findings.RecordOf(row, {index}, shown));
      }
    }
  }
  for (size_t i = 0; i < checks.size(); ++i) {
    const auto& query = checks[i].outcome.query;
    if (findings.tellings[i] != Telling::kRowByRow || !query) continue;
    for (const Json& row : query->first) anomalies.push_back(findings.OfReturnedRow(i, row));
  }
  for (const Telling telling : {Telling::kRolledUp, Telling::kAsAWhole}) {
    for (size_t i = 0; i < checks.size(); ++i) {
      if (findings.tellings[i] == telling) anomalies.push_back(*std::move(of_checks[i]));
    }
  }
  return anomalies;
}

}  // namespace assay::operations
