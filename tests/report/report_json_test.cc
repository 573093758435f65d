#include "report/report_json.h"

#include <gtest/gtest.h>

#include "tests/report/sample_reports.h"

namespace assay::report {
namespace {

TEST(ReportJsonTest, ProfilesCarryTheirErrors) {
  ProfileReport report = SampleProfile();
  report.unread = {{"s3://gone/", {ErrorKind::kNotFound, "no such bucket"}}};
  const Json json = ProfileReportJson(report);
  EXPECT_EQ(json["containers"].size(), 1u);
  EXPECT_EQ(json["containers"][0]["name"], "orders_*.csv");
  EXPECT_EQ(json["containers"][0]["record_count"], 1'200'000);
  EXPECT_EQ(json["containers"][0]["fields"][2]["name"], "amount");
  EXPECT_EQ(json["containers"][0]["fields"][2]["min"], -12.5);
  EXPECT_EQ(
      json["errors"],
      Json::parse(R"([{"name":"s3://gone/","kind":"not_found","message":"no such bucket"}])"));
}

TEST(ReportJsonTest, ScansCarryMetricsAndAnomalies) {
  const Json json = ScanReportJson(SampleScan());
  EXPECT_EQ(json["anomaly_count"], 3);
  EXPECT_EQ(json["enrichment"], "s3://results/quality/orders/");
  const Json& scan = json["containers"][0];
  EXPECT_EQ(scan["records_processed"], 1'200'000);
  EXPECT_EQ(scan["check_metrics"][1]["assertion_result"], "failed");
  EXPECT_EQ(scan["check_metrics"][1]["anomalous_records"], 2);
  EXPECT_EQ(scan["check_metrics"][4]["assertion_result"], "unasserted");
  const Json& anomaly = scan["anomalies"][0];
  EXPECT_EQ(anomaly["type"], "record");
  EXPECT_EQ(anomaly["anomalous_records_count"], 1);
  EXPECT_EQ(anomaly["failed_checks"][0]["id"], 2);
  EXPECT_EQ(anomaly["failed_checks"][0]["rule_type"], "between");
  EXPECT_EQ(anomaly["source_records"][0]["failing_fields"], Json::parse(R"(["amount"])"));
  EXPECT_EQ(anomaly["source_records"][0]["record"]["amount"], -12.5);
}

TEST(ReportJsonTest, PrintsWhateverTheDataHolds) {
  const std::string text = PrintJson(ProfileReportJson(ProfileOfText("\xff\"\x01")));
  EXPECT_TRUE(ParseJson(text).has_value());
  EXPECT_TRUE(ParseJson(PrintJson(ScanReportJson(ScanOfText("\xff\"\x01")))).has_value());
}

}  // namespace
}  // namespace assay::report
