#include "tests/report/sample_reports.h"

#include <cmath>

namespace assay::report {
namespace {

using engine::FieldProfile;
using plan::FieldType;

const Timestamp kTime = Timestamp(std::chrono::seconds(1'767'225'600));  // 2026-01-01

FieldProfile Field(std::string name, FieldType type, std::string native_type, int64_t nulls,
                   int64_t distinct) {
  FieldProfile profile;
  profile.field = {
      .name = name, .path = {name}, .type = type, .native_type = std::move(native_type)};
  profile.record_count = 1'200'000;
  profile.null_count = nulls;
  profile.completeness = 1 - static_cast<double>(nulls) / 1'200'000;
  profile.approximate_distinct_values = distinct;
  profile.distinct_is_exact = distinct <= 10'000;
  return profile;
}

/// Buckets whose counts follow a bell around `centre` (in buckets).
engine::KllSketch Bell(double low, double high, double centre, double spread) {
  engine::KllSketch sketch{.k = 800, .c = 2.0 / 3, .buckets = {}};
  constexpr int kBuckets = 24;
  for (int i = 0; i < kBuckets; ++i) {
    const double distance = (i - centre) / spread;
    const double step = (high - low) / kBuckets;
    sketch.buckets.push_back(
        {.low = low + step * i,
         .high = low + step * (i + 1),
         .count = std::llround(120'000 * std::exp(-distance * distance / 2))});
  }
  return sketch;
}

FieldProfile Amount() {
  FieldProfile amount = Field("amount", FieldType::kFractional, "DECIMAL(12,2)", 9'000, 91'532);
  amount.min = "-12.50";
  amount.max = "8934.99";
  amount.q1 = "412.05";
  amount.median = "930.10";
  amount.q3 = "1644.00";
  amount.sum = "1427384120.55";
  amount.mean = 1198.476;
  amount.std_dev = 1020.33;
  amount.skewness = 1.92;
  amount.kurtosis = 4.41;
  amount.entropy = 15.8;
  amount.unique_distinct_ratio = 0.031;
  amount.is_not_normal = true;
  amount.kll = Bell(-12.5, 8934.99, 2, 3.4);
  amount.correlations = {{"total", 0.982}, {"quantity", 0.61}};
  return amount;
}

FieldProfile Status() {
  FieldProfile status = Field("status", FieldType::kString, "VARCHAR", 0, 5);
  status.min = "cancelled";
  status.max = "shipped";
  status.min_length = 4;
  status.max_length = 9;
  status.mean_length = 6.1;
  status.entropy = 1.71;
  status.unique_distinct_ratio = 0.2;
  status.histogram_buckets = {{"shipped", 744'000, 0.62},
                              {"open", 252'000, 0.21},
                              {"paid", 168'000, 0.14},
                              {"cancelled", 35'999, 0.029999},
                              {"SHIPED", 1, 0.0000008}};
  status.type_votes = {{FieldType::kString, 1.0}};
  return status;
}

FieldProfile OrderedAt() {
  FieldProfile time = Field("ordered_at", FieldType::kTimestamp, "TIMESTAMP", 0, 1'180'220);
  time.min = "2025-01-01 00:00:03";
  time.max = "2025-12-31 23:59:58";
  time.q1 = "2025-04-02 10:00:00";
  time.median = "2025-07-03 04:10:11";
  time.q3 = "2025-10-01 09:30:00";
  time.kll = Bell(1'735'689'603, 1'767'225'598, 16, 9);
  time.unique_distinct_ratio = 0.984;
  return time;
}

FieldProfile OrderNumber() {
  FieldProfile number = Field("order_no", FieldType::kString, "VARCHAR", 0, 1'201'344);
  number.min = "AB-0000001";
  number.max = "ZX-0999999";
  number.min_length = 9;
  number.max_length = 10;
  number.mean_length = 9.99;
  number.unique_distinct_ratio = 1;
  number.patterns = {{"AA-9999999", 1'188'000, "KD-0418223"},
                     {"AA9999999", 12'000, "KD0418229"}};
  number.pattern_coverage = 1;
  number.empty_count = 4;
  number.invalid_utf8_count = 2;
  return number;
}

FieldProfile Quantity() {
  FieldProfile quantity = Field("quantity", FieldType::kIntegral, "INTEGER", 240'000, 9);
  quantity.min = "1";
  quantity.max = "12";
  quantity.q1 = "1";
  quantity.median = "2";
  quantity.q3 = "3";
  quantity.sum = "2304000";
  quantity.mean = 2.4;
  quantity.std_dev = 1.3;
  quantity.histogram_buckets = {
      {"1", 400'000, 0.417},  {"2", 250'000, 0.26}, {"3", 150'000, 0.156},
      {"4", 80'000, 0.083},   {"5", 40'000, 0.042}, {"6", 20'000, 0.021},
      {"10", 12'000, 0.0125}, {"12", 7'999, 0.008}, {"8", 1, 0.000001}};
  return quantity;
}

operations::CheckResult Check(int64_t id, std::string rule, std::vector<std::string> fields,
                              Json properties, engine::CheckOutcome::Assertion assertion,
                              int64_t asserted, int64_t failing) {
  operations::CheckResult result;
  result.check.id = id;
  result.check.definition = {.rule = std::move(rule),
                             .fields = std::move(fields),
                             .properties = std::move(properties)};
  result.outcome.assertion = assertion;
  result.outcome.total = {.asserted_rows = asserted, .failing_rows = failing};
  return result;
}

operations::Anomaly RowAnomaly(size_t check, std::string message, int64_t row,
                               std::string field, Json record) {
  operations::Anomaly anomaly;
  anomaly.uuid = "7f0c3f0e-1d53-4a3f-8a68-6d9c0b7d0a11";
  anomaly.anomalous_records_count = 1;
  anomaly.fingerprint = 42;
  anomaly.relative_path = "orders_2025.csv";
  anomaly.failed_checks = {{.check_index = check, .message = std::move(message)}};
  anomaly.source_records = {{.relative_path = "orders_2025.csv",
                             .row_number = row,
                             .failing_fields = {std::move(field)},
                             .record = std::move(record)}};
  return anomaly;
}

}  // namespace

ProfileReport SampleProfile() {
  engine::ContainerProfile orders;
  orders.name = "orders_*.csv";
  orders.record_count = 1'200'000;
  orders.fields = {
      OrderNumber(), Status(),
      Amount(),      Quantity(),
      OrderedAt(),   Field("coupon", FieldType::kUnknown, "VARCHAR", 1'200'000, 0)};
  orders.files = {{"orders_2024.csv", 500'000, 61'000'000},
                  {"orders_2025.csv", 700'000, 88'400'000}};
  orders.failures = {
      {"orders_2026.csv", {ErrorKind::kCorruptData, "line 17 has 9 fields, others have 6"}}};
  ProfileReport report;
  report.time = kTime;
  report.containers = {orders};
  return report;
}

ScanReport SampleScan() {
  using enum engine::CheckOutcome::Assertion;
  operations::ContainerScan scan;
  scan.container = "orders_*.csv";
  scan.start_time = kTime;
  scan.end_time = kTime + std::chrono::milliseconds(1250);
  scan.record_count = 1'200'000;
  scan.files = {{"orders_2024.csv", 500'000, 61'000'000},
                {"orders_2025.csv", 700'000, 88'400'000}};
  scan.checks = {
      Check(1, "notNull", {"order_no"}, Json::object(), kPassed, 1'200'000, 0),
      Check(2, "between", {"amount"}, {{"min", 0}, {"max", 10'000}}, kFailed, 1'191'000, 2),
      Check(3, "matchesPattern", {"order_no"}, {{"pattern", "^[A-Z]{2}-[0-9]{7}$"}}, kFailed,
            1'200'000, 12'000),
      Check(4, "notFuture", {"ordered_at"}, Json::object(), kUnasserted, 0, 0),
      Check(5, "maxLength", {"colour"}, {{"value", 3}}, kUnasserted, 0, 0),
  };
  scan.checks[4].error = "maxLength: no field colour; the nearest is coupon";
  const auto record = [](const char* number, Json amount) -> Json {
    return {{"order_no", number},
            {"status", "open"},
            {"amount", std::move(amount)},
            {"coupon", nullptr}};
  };
  scan.anomalies = {
      RowAnomaly(1, "amount is -12.50, below 0", 16, "amount", record("KD-0418223", -12.5)),
      RowAnomaly(1, "amount is -3, below 0", 1'299, "amount", record("KD-0500001", -3)),
      RowAnomaly(2, "order_no does not match the pattern in 12,000 of 1,200,000 rows", 88,
                 "order_no", record("KD0418229", 17)),
  };
  scan.anomalies[2].is_rolled_up = true;
  scan.anomalies[2].anomalous_records_count = 12'000;
  scan.anomalies[2].relative_path.clear();
  ScanReport report;
  report.time = kTime;
  report.containers = {scan};
  report.enrichment_uri = "s3://results/quality/orders/";
  return report;
}

ProfileReport ProfileOfText(const std::string& text) {
  FieldProfile field = Field(text, FieldType::kString, text, 1, 3);
  field.min = text;
  field.max = text;
  field.q1 = text;
  field.median = text;
  field.q3 = text;
  field.histogram_buckets = {{text, 3, 1.0}};
  field.patterns = {{text, 3, text}};
  field.correlations = {{text, 0.99}};
  FieldProfile number = Amount();
  number.min = text;
  number.field.native_type = text;
  engine::ContainerProfile container;
  container.name = text;
  container.record_count = 4;
  container.fields = {field, number};
  container.files = {{text, 4, 100}};
  container.failures = {{text, {ErrorKind::kCorruptData, text}}};
  ProfileReport report;
  report.time = kTime;
  report.containers = {container, container};
  report.unread = {{text, {ErrorKind::kNotFound, text}}};
  return report;
}

ScanReport ScanOfText(const std::string& text) {
  using enum engine::CheckOutcome::Assertion;
  operations::ContainerScan scan;
  scan.container = text;
  scan.checks = {Check(1, text, {text}, {{text, text}}, kFailed, 10, 1),
                 Check(2, text, {text}, {{text, text}}, kUnasserted, 0, 0)};
  for (auto& check : scan.checks) {
    check.check.definition.description = text;
    check.check.definition.filter = text;
    check.outcome.detail = text;
  }
  scan.checks[1].error = text;
  Json record = Json::object();
  record[text] = text;
  record["nested"] = {{text, text}};
  scan.anomalies = {RowAnomaly(0, text, 1, text, record)};
  scan.anomalies[0].relative_path = text;
  scan.anomalies[0].source_records[0].relative_path = text;
  scan.failures = {{text, {ErrorKind::kCorruptData, text}}};
  ScanReport report;
  report.time = kTime;
  report.containers = {scan};
  report.unread = {{text, {ErrorKind::kNotFound, text}}};
  report.enrichment_uri = text;
  return report;
}

}  // namespace assay::report
