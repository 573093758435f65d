#include "demo/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::demo {
namespace {

using operations::Anomaly;
using operations::AnomalyType;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* kFile = "orders/orders_1.csv";

/// A scan with checks over the given fields and no anomalies, of 100 rows.
operations::ContainerScan ScanOf(
    const std::vector<std::vector<std::string>>& fields_of_checks) {
  operations::ContainerScan scan;
  scan.container = "orders/orders_*.csv";
  scan.record_count = 100;
  for (const std::vector<std::string>& fields : fields_of_checks)
    scan.checks.emplace_back().fields = fields;
  return scan;
}

/// A row of kFile that fails the checks.
Anomaly RowAnomaly(int64_t row, const std::vector<size_t>& failed) {
  Anomaly anomaly;
  anomaly.anomalous_records_count = 1;
  for (const size_t check : failed) anomaly.failed_checks.push_back({check, ""});
  anomaly.source_records.push_back({kFile, row, {}, {}});
  return anomaly;
}

Verdict Judged(const std::vector<InjectedCell>& injected,
               const operations::ContainerScan& scan) {
  const Result<Verdict> verdict = Judge(injected, {scan}, {5});
  EXPECT_TRUE(verdict.has_value()) << verdict.error().message;
  return verdict.value_or(Verdict{});
}

TEST(JudgeTest, CountsFoundAndMissedCellsOfEachKind) {
  operations::ContainerScan scan = ScanOf({{"amount"}, {"status"}});
  scan.anomalies = {RowAnomaly(3, {0}), RowAnomaly(4, {1})};
  const Verdict verdict = Judged({{kFile, 3, "amount", "negative"},
                                  {kFile, 4, "status", "misspelt"},
                                  {kFile, 5, "amount", "negative"}},
                                 scan);
  ASSERT_EQ(verdict.kinds.size(), 2);
  EXPECT_EQ(verdict.kinds[0].kind, "misspelt");
  EXPECT_EQ(verdict.kinds[0].field, FieldKey("orders", "status"));
  EXPECT_EQ(verdict.kinds[0].injected, 1);
  EXPECT_EQ(verdict.kinds[0].found, 1);
  EXPECT_EQ(verdict.kinds[1].kind, "negative");
  EXPECT_EQ(verdict.kinds[1].injected, 2);
  EXPECT_EQ(verdict.kinds[1].found, 1);
  EXPECT_EQ(verdict.injected, 3);
  EXPECT_EQ(verdict.found, 2);
  EXPECT_DOUBLE_EQ(verdict.recall(), 2.0 / 3);
  EXPECT_EQ(verdict.clean_cells, 497);
  EXPECT_EQ(verdict.clean_flagged, 0);
}

TEST(JudgeTest, TakesTheRightCellOfTheRightRowOnly) {
  operations::ContainerScan scan = ScanOf({{"amount"}});
  scan.anomalies = {RowAnomaly(3, {0}), RowAnomaly(9, {0})};
  const Verdict verdict =
      Judged({{kFile, 3, "status", "misspelt"}, {kFile, 8, "amount", "negative"}}, scan);
  EXPECT_EQ(verdict.found, 0);
  EXPECT_EQ(verdict.clean_flagged, 2);
  EXPECT_THAT(verdict.clean_flagged_by_field,
              ElementsAre(Pair(FieldKey("orders", "amount"), 2)));
  EXPECT_DOUBLE_EQ(verdict.clean_flagged_share(), 2.0 / 498);
}

TEST(JudgeTest, TakesACheckOverSeveralFieldsAsOneAccusation) {
  operations::ContainerScan scan = ScanOf({{"shipped", "ordered"}});
  scan.anomalies = {RowAnomaly(1, {0}), RowAnomaly(2, {0})};
  const Verdict verdict = Judged({{kFile, 1, "shipped", "impossible"}}, scan);
  EXPECT_EQ(verdict.found, 1);
  EXPECT_THAT(verdict.clean_flagged_by_field,
              ElementsAre(Pair(FieldKey("orders", "ordered"), 1),
                          Pair(FieldKey("orders", "shipped"), 1)));
}

TEST(JudgeTest, CountsACellThatSeveralChecksFlagOnce) {
  operations::ContainerScan scan = ScanOf({{"amount"}, {"amount"}});
  scan.anomalies = {RowAnomaly(1, {0, 1}), RowAnomaly(2, {0, 1})};
  const Verdict verdict = Judged({{kFile, 1, "amount", "negative"}}, scan);
  EXPECT_EQ(verdict.found, 1);
  EXPECT_EQ(verdict.clean_flagged, 1);
}

TEST(JudgeTest, HearsEveryRowOfRolledUpAndShapeAnomalies) {
  operations::ContainerScan scan = ScanOf({{"id"}});
  Anomaly anomaly = RowAnomaly(1, {0});
  anomaly.type = AnomalyType::kShape;
  anomaly.anomalous_records_count = 2;
  anomaly.source_records.push_back({kFile, 2, {}, {}});
  scan.anomalies = {anomaly};
  EXPECT_EQ(Judged({{kFile, 1, "id", "duplicate"}, {kFile, 2, "id", "duplicate"}}, scan).found,
            2);
}

TEST(JudgeTest, RefusesAScanThatKeptTooFewRows) {
  operations::ContainerScan scan = ScanOf({{"id"}});
  scan.anomalies = {RowAnomaly(1, {0})};
  scan.anomalies[0].anomalous_records_count = 12;
  const Result<Verdict> verdict = Judge({}, {scan}, {5});
  EXPECT_EQ(verdict.error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(verdict.error().message,
            "scan kept 1 of 12 failing rows, raise its limits: orders/orders_*.csv");
}

TEST(JudgeTest, FindsEverythingWhenNothingIsWrong) {
  const Verdict verdict = Judged({}, ScanOf({}));
  EXPECT_THAT(verdict.kinds, IsEmpty());
  EXPECT_EQ(verdict.recall(), 1);
  EXPECT_EQ(Judge({}, {}, {})->clean_flagged_share(), 0);
}

}  // namespace
}  // namespace assay::demo
