#include "operations/scan_json.h"

#include "operations/profile_json.h"

namespace assay::operations {
namespace {

Json CheckResultToJson(const CheckResult& result) {
  const rules::CheckDefinition& definition = result.check.definition;
  Json json = Json::object();
  json["check_id"] = result.check.id;
  json["rule"] = definition.rule;
  json["fields"] = definition.fields;
  json["filter"] = definition.filter ? Json(*definition.filter) : Json(nullptr);
  json["coverage"] = definition.coverage;
  json["properties"] = definition.properties;
  json["description"] = definition.description;
  json["inferred"] = result.check.is_inferred;
  json["assertion_result"] = AssertionName(result.outcome.assertion);
  json["asserted_records"] = result.outcome.total.asserted_rows;
  json["anomalous_records"] = result.outcome.total.failing_rows;
  json["measure"] = result.outcome.measure ? result.outcome.measure->ToJson() : Json(nullptr);
  json["assertion_details"] = result.error.empty() ? result.outcome.detail : result.error;
  return json;
}

}  // namespace

const char* AnomalyTypeName(AnomalyType type) {
  switch (type) {
    case AnomalyType::kRecord: return "record";
    case AnomalyType::kShape: return "shape";
  }
  return "";
}

const char* AssertionName(engine::CheckOutcome::Assertion assertion) {
  switch (assertion) {
    case engine::CheckOutcome::Assertion::kPassed: return "passed";
    case engine::CheckOutcome::Assertion::kFailed: return "failed";
    case engine::CheckOutcome::Assertion::kUnasserted: return "unasserted";
  }
  return "";
}

/// All fields of a row that may be wrong where the check fails.
std::vector<std::string> FieldsOf(const CheckResult& check) {
  std::vector<std::string> fields =
      check.fields.empty() ? check.check.definition.fields : check.fields;
  fields.insert(fields.end(), check.compared_fields.begin(), check.compared_fields.end());
  return fields;
}

Json AnomalyToJson(const Anomaly& anomaly, const ContainerScan& scan) {
  Json failed_checks = Json::array();
  for (const auto& failed : anomaly.failed_checks) {
    const ScanCheck& check = scan.checks[failed.check_index].check;
    failed_checks.push_back({{"id", check.id},
                             {"rule_type", check.definition.rule},
                             {"fields", FieldsOf(scan.checks[failed.check_index])},
                             {"message", failed.message},
                             {"suggested_field", nullptr},
                             {"suggested_value", nullptr},
                             {"suggested_score", nullptr}});
  }
  Json source_records = Json::array();
  for (const auto& record : anomaly.source_records) {
    source_records.push_back({{"file", record.relative_path},
                              {"row_number", record.row_number},
                              {"failing_fields", record.failing_fields},
                              {"record", record.record}});
  }
  Json json = Json::object();
  json["uuid"] = anomaly.uuid;
  json["type"] = AnomalyTypeName(anomaly.type);
  json["is_rolled_up"] = anomaly.is_rolled_up;
  json["anomalous_records_count"] = anomaly.anomalous_records_count;
  json["fingerprint"] = anomaly.fingerprint;
  json["file"] = anomaly.relative_path.empty() ? Json(nullptr) : Json(anomaly.relative_path);
  json["description"] =
      anomaly.failed_checks.empty() ? "" : anomaly.failed_checks.front().message;
  json["failed_checks"] = std::move(failed_checks);
  json["source_records"] = std::move(source_records);
  return json;
}

Json ContainerScanToJson(const ContainerScan& scan) {
  Json checks = Json::array();
  for (const auto& check : scan.checks) checks.push_back(CheckResultToJson(check));
  Json anomalies = Json::array();
  for (const auto& anomaly : scan.anomalies) anomalies.push_back(AnomalyToJson(anomaly, scan));
  Json json = Json::object();
  json["container"] = scan.container;
  json["start_time"] = FormatTimestamp(scan.start_time);
  json["end_time"] = FormatTimestamp(scan.end_time);
  json["result"] = scan.failures.empty() ? "success" : "failure";
  json["records_processed"] = scan.record_count;
  json["anomaly_count"] = scan.anomalies.size();
  json["check_metrics"] = std::move(checks);
  json["anomalies"] = std::move(anomalies);
  json["files"] = FileSummariesToJson(scan.files);
  json["failures"] = FileFailuresToJson(scan.failures);
  return json;
}

}  // namespace assay::operations
