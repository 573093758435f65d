#include "api/shapes/check_trial.h"

#include <fmt/format.h>

#include "api/schema_check.h"
#include "api/shapes/quality_check.h"
#include "base/fields.h"
#include "operations/scan_json.h"

namespace assay::api {
namespace {

const Fields<CheckTrialInput>& InputFields() {
  static const Fields<CheckTrialInput> fields = {
      Optional("max_records_analyzed_per_partition",
               &CheckTrialInput::max_records_analyzed_per_partition,
               "Rows of each file, up to 1000000; -1: all."),
      Optional("check_variables", &CheckTrialInput::check_variables,
               "Values for {{ placeholders }}, each a literal in SQL."),
  };
  return fields;
}

Json InputSchema() {
  return Constrain(
      AllowNullForOptional(InputFields().Schema()),
      {{"max_records_analyzed_per_partition", {{"minimum", -1}, {"maximum", 1'000'000}}}});
}

struct SourceRecordView {
  std::string relative_path;
  std::optional<int64_t> row_number;
  std::vector<std::string> failing_fields;
  Json record;

  static const Fields<SourceRecordView>& JsonFields() {
    using V = SourceRecordView;
    static const Fields<V> fields = {
        Required("relative_path", &V::relative_path, "Its file; empty: of another container."),
        Optional("row_number", &V::row_number, "From 0, in its file."),
        Required("failing_fields", &V::failing_fields, "Those that the check looks at."),
        Required("record", &V::record, "Its values."),
    };
    return fields;
  }
};

struct AnomalyView {
  std::string type;
  std::string message;
  bool is_rolled_up = false;
  int64_t anomalous_records_count = 0;
  std::vector<SourceRecordView> source_records;

  static const Fields<AnomalyView>& JsonFields() {
    using V = AnomalyView;
    static const Fields<V> fields = {
        Required("type", &V::type, "record or shape."),
        Required("message", &V::message, "What is wrong."),
        Required("is_rolled_up", &V::is_rolled_up, "Whether it is about many rows at once."),
        Required("anomalous_records_count", &V::anomalous_records_count, "How many."),
        Required("source_records", &V::source_records, "Examples."),
    };
    return fields;
  }
};

struct TrialView {
  std::string assertion_result;
  std::optional<std::string> message;
  int64_t records_processed = 0;
  int64_t asserted_records = 0;
  int64_t anomalous_records = 0;
  int64_t anomaly_count = 0;
  std::vector<AnomalyView> anomalies;
  std::vector<std::string> failures;
};

const Fields<TrialView>& ViewFields() {
  using V = TrialView;
  static const Fields<V> fields = {
      Required(
          "assertion_result", &V::assertion_result,
          "passed, failed, or unasserted: it could not run, or there was nothing to assert."),
      Optional("message", &V::message, "Why it could not run, or what was found on the whole."),
      Required("records_processed", &V::records_processed, "Rows that were read."),
      Required("asserted_records", &V::asserted_records, "Those that the filter leaves."),
      Required("anomalous_records", &V::anomalous_records, "Those of these that fail."),
      Required("anomaly_count", &V::anomaly_count, "Anomalies that a scan would store."),
      Required("anomalies", &V::anomalies, "These, with examples."),
      Required("failures", &V::failures, "Files that could not be read, with the reason."),
  };
  return fields;
}

AnomalyView ViewOf(const operations::Anomaly& anomaly) {
  AnomalyView view{.type = operations::AnomalyTypeName(anomaly.type),
                   .message = anomaly.failed_checks.front().message,
                   .is_rolled_up = anomaly.is_rolled_up,
                   .anomalous_records_count = anomaly.anomalous_records_count,
                   .source_records = {}};
  for (const operations::SourceRecord& record : anomaly.source_records) {
    SourceRecordView& source = view.source_records.emplace_back(
        SourceRecordView{.relative_path = record.relative_path,
                         .row_number = {},
                         .failing_fields = record.failing_fields,
                         .record = record.record});
    if (record.row_number >= 0) source.row_number = record.row_number;
  }
  return view;
}

}  // namespace

Shape CheckDryRunShape() {
  return {.name = "QualityCheckDryRun", .schema = InputSchema()};
}

Shape CheckValidationShape() {
  Json schema = InputSchema();
  schema["properties"]["quality_check"] = QualityCheckCreateShape().schema;
  schema["required"] = Json::array({"quality_check"});
  return {.name = "QualityCheckValidation", .schema = std::move(schema)};
}

Answer<CheckTrialInput> ReadCheckTrial(const Json& body) {
  API_TRY(auto input, At({"body"}, InputFields().Parse(body, UnknownKeys::kIgnore)));
  if (input.max_records_analyzed_per_partition == 0) {
    return Refuse(Problem::InvalidKey("max_records_analyzed_per_partition",
                                      "must be -1 for all records, or at least 1"));
  }
  return input;
}

Shape CheckTrialShape() {
  return {.name = "QualityCheckTrial", .schema = ViewFields().Schema()};
}

Json PrintCheckTrial(const operations::ContainerScan& scan) {
  const operations::CheckResult& result = scan.checks.front();
  TrialView view{.assertion_result = operations::AssertionName(result.outcome.assertion),
                 .message = {},
                 .records_processed = scan.record_count,
                 .asserted_records = result.outcome.total.asserted_rows,
                 .anomalous_records = result.outcome.total.failing_rows,
                 .anomaly_count = static_cast<int64_t>(scan.anomalies.size()),
                 .anomalies = {},
                 .failures = {}};
  const std::string& message = result.error.empty() ? result.outcome.detail : result.error;
  if (!message.empty()) view.message = message;
  for (const operations::Anomaly& anomaly : scan.anomalies) {
    view.anomalies.push_back(ViewOf(anomaly));
  }
  for (const engine::FileFailure& failure : scan.failures) {
    view.failures.push_back(
        fmt::format("{}: {}", failure.relative_path, failure.error.message));
  }
  return ViewFields().Print(view);
}

}  // namespace assay::api
