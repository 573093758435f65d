#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/profile_facts.h"
#include "report/profile_text.h"
#include "report/scan_text.h"
#include "report/utf8.h"
#include "tests/report/sample_reports.h"

namespace assay::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ProfileTextTest, ShowsAFieldALine) {
  EXPECT_EQ(PrintProfiles(SampleProfile(), {}),
            R"(orders_*.csv   1,200,000 rows · 6 fields · 2 files · 149 MB

  field       type        complete    distinct                  min                  max     mean  distribution  most common
  order_no    String          100%  ~1,201,344           AB-0000001           ZX-0999999                         AA-9999999 99.0% · AA9999999 1.0%
  status      String          100%           5            cancelled              shipped           █▃▂▁▁         shipped 62.0% · open 21.0% · paid 14.0%
  amount      Fractional     99.2%     ~91,532               -12.50             8,934.99  1,198.5  ██▇▄▂▁▁▁▁▁
  quantity    Integral       80.0%           9                    1                   12      2.4  █▅▃▂▁▁▁▁▁     1 41.7% · 2 26.0% · 3 15.6%
  ordered_at  Timestamp       100%  ~1,180,220  2025-01-01 00:00:03  2025-12-31 23:59:58           ▂▃▄▅▆▇█████▇
  coupon      Unknown           0%           0

  order_no: 4 empty, 2 not UTF-8
  amount and total correlate: 0.98

  not read: orders_2026.csv: line 17 has 9 fields, others have 6
)");
}

TEST(ProfileTextTest, FitsTheTerminal) {
  for (const size_t width : {70, 80, 100, 120, 200}) {
    std::string text = PrintProfiles(SampleProfile(), {.width = width});
    for (size_t start = 0; start < text.size();) {
      const size_t end = text.find('\n', start);
      EXPECT_LE(DisplayWidth(text.substr(start, end - start)), width);
      start = end + 1;
    }
    EXPECT_THAT(text, HasSubstr("~1,201,344"));
  }
}

TEST(ProfileTextTest, DataCannotSteerTheTerminal) {
  const std::string hostile = "\x1b]0;title\x07\r\n\u202E";
  EXPECT_THAT(PrintProfiles(ProfileOfText(hostile), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(PrintScans(ScanOfText(hostile), {}), Not(HasSubstr("\x1b")));
}

TEST(ScanTextTest, FailedChecksComeFirstAndTheVerdictLast) {
  EXPECT_EQ(PrintScans(SampleScan(), {}),
            R"(orders_*.csv   1,200,000 rows · 2 files · 5 checks

  result     check                          rows  failing  share  expects
  ✗ fails    between(amount)           1,191,000        2  <0.1%  min 0, max 10000
  ✗ fails    matchesPattern(order_no)  1,200,000   12,000   1.0%  pattern ^[A-Z]{2}-[0-9]{7}$
  – no rows  notFuture(ordered_at)
  ! not run  maxLength(colour)                                    value 3
  ✓ holds    notNull(order_no)         1,200,000        0

  not run: maxLength(colour): maxLength: no field colour; the nearest is coupon

  where                       what is wrong
  12,000 rows                 order_no does not match the pattern in 12,000 of 1,200,000 rows
  orders_2025.csv, row 17     amount is -12.50, below 0
  orders_2025.csv, row 1,300  amount is -3, below 0

2 of 5 checks failed, 1 without rows, 1 not asserted
Results were written to s3://results/quality/orders/
)");
}

TEST(ScanTextTest, VerdictsSayWhatWasNotAsserted) {
  EXPECT_EQ(VerdictText({.checks = 14, .passed = 14}), "All 14 checks hold");
  EXPECT_EQ(VerdictText({.checks = 1, .passed = 1}), "The check holds");
  EXPECT_EQ(VerdictText({.checks = 14, .passed = 13, .not_run = 1}),
            "13 of 14 checks hold, 1 not asserted");
  EXPECT_EQ(VerdictText({.checks = 2, .passed = 2, .files_not_read = 3}),
            "2 of 2 checks hold, 3 files not read");
  EXPECT_EQ(VerdictText({.checks = 2, .passed = 2, .sources_not_read = 1}),
            "2 of 2 checks hold, 1 source not read");
  EXPECT_EQ(VerdictText({}), "No checks were run");
}

TEST(ScanTextTest, ACheckWithoutRowsHolds) {
  EXPECT_EQ(VerdictText({.checks = 3, .passed = 3, .without_rows = 1}),
            "All 3 checks hold, 1 without rows");
}

TEST(ScanTextTest, WhatWasNotReadIsNamedBeforeTheVerdict) {
  ScanReport report = SampleScan();
  operations::ContainerScan& scan = report.containers[0];
  scan.checks.resize(1);
  scan.anomalies.clear();
  report.unread = {{"s3://gone/", {ErrorKind::kNotFound, "no such bucket: gone"}}};
  report.enrichment_uri.clear();
  EXPECT_TRUE(PrintScans(report, {}).ends_with(R"(
  not read: s3://gone/: no such bucket: gone

1 of 1 check holds, 1 source not read
)")) << PrintScans(report, {});
}

TEST(ProfileTextTest, WhatWasNotReadIsNamed) {
  ProfileReport report;
  report.unread = {{"s3://gone/", {ErrorKind::kNotFound, "no such bucket: gone"}}};
  EXPECT_EQ(PrintProfiles(report, {}), "  not read: s3://gone/: no such bucket: gone\n");
}

TEST(ProfileFactsTest, SampledRowsSayOfHowMany) {
  engine::ContainerProfile profile;
  profile.record_count = 100;
  profile.total_record_count = 5'000;
  EXPECT_EQ(ContainerFacts(profile),
            (std::vector<std::string>{"100 of 5,000 rows", "0 fields", "0 files"}));
}

TEST(ProfileFactsTest, PairsAreNamedOnce) {
  engine::ContainerProfile profile;
  profile.fields.resize(3);
  profile.fields[0].field.name = "a";
  profile.fields[0].correlations = {{"b", 0.6}, {"c", -0.9}};
  profile.fields[1].field.name = "b";
  profile.fields[1].correlations = {{"a", 0.6}};
  profile.fields[2].field.name = "c";
  profile.fields[2].correlations = {{"a", -0.9}};
  const std::vector<CorrelatedPair> pairs = CorrelatedPairs(profile);
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].a + pairs[0].b, "ac");
  EXPECT_EQ(pairs[1].a + pairs[1].b, "ab");
}

TEST(ProfileFactsTest, TextThatIsMostlyAnotherTypeIsOdd) {
  engine::FieldProfile profile;
  profile.field.type = plan::FieldType::kString;
  profile.type_votes = {{plan::FieldType::kDate, 0.98}, {plan::FieldType::kIntegral, 0.5}};
  profile.nan_count = 0;
  profile.blank_count = 3;
  EXPECT_EQ(FieldOddities(profile),
            (std::vector<std::string>{"3 blank", "98.0% parse as Date"}));
}

}  // namespace
}  // namespace assay::report
