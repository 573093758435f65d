#include "operations/measurements.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/operations/jobs_fixture.h"

namespace assay::operations {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Json kAbsolute = {{"comparison", "Absolute Change"}, {"min", 30}, {"max", 70}};
const Json kPercentage = {{"comparison", "Percentage Change"}, {"min", -20}, {"max", 50}};

TEST(MeasureSubjectTest, LimitsDoNotMatterAndWhatIsMeasuredDoes) {
  const rules::CheckDefinition check = {
      .rule = "metric", .fields = {"quantity"}, .properties = kAbsolute};
  rules::CheckDefinition other = check;
  other.properties = kPercentage;
  EXPECT_EQ(MeasureSubject(other), MeasureSubject(check));
  other.filter = "id = 1";
  EXPECT_NE(MeasureSubject(other), MeasureSubject(check));
  other = check;
  other.fields = {"id"};
  EXPECT_NE(MeasureSubject(other), MeasureSubject(check));
  other = check;
  other.properties["expression"] = "sum(id)";
  EXPECT_NE(MeasureSubject(other), MeasureSubject(check));
}

class MeasurementsTest : public JobsTest {
 protected:
  void SetUp() override {
    Write("stock.csv", "id,quantity\n1,100\n");
    ASSERT_TRUE(Run("sync"));
    container_ = Find("stock.csv").id;
  }

  int64_t AddMetric(const Json& properties) {
    return AddCheck(container_, "metric", "quantity", properties).id;
  }
  int64_t AddWhole(const char* rule, const Json& properties) {
    store::QualityCheck check = NewCheck(container_, rule, "");
    check.fields.clear();
    check.properties = properties;
    return store::QualityChecks(database()).Create(check).value().id;
  }

  /// Scans the file with this one quantity; a failure fails the test.
  JobOutcome Scan(int64_t quantity, const Json& body = Json::object()) {
    Write("stock.csv", fmt::format("id,quantity\n1,{}\n", quantity));
    const auto outcome = RunOn(source_, "scan", body);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome.value_or(JobOutcome{});
  }

  std::optional<bool> IsPassing(int64_t check) {
    return store::QualityChecks(database()).Get(check).value().is_passing;
  }

  std::vector<std::string> Values(int64_t check) {
    std::vector<std::string> values;
    for (const auto found = store::Measurements(database()).List(check, {}).value();
         const auto& each : found.items)
      values.push_back(each.value);
    return values;
  }

  std::vector<std::string> Messages() {
    std::vector<std::string> messages;
    for (const auto found = store::Anomalies(database()).List({}, {}).value();
         const auto& anomaly : found.items)
      messages.push_back(anomaly.message);
    return messages;
  }

  void SetAge(std::chrono::hours age) {
    const auto file = directory_ / "orders" / "stock.csv";
    const auto time = std::chrono::file_clock::from_sys(now_ - age);
    std::filesystem::last_write_time(
        file, std::chrono::time_point_cast<std::filesystem::file_time_type::duration>(time));
  }

  int64_t container_ = 0;
};

TEST_F(MeasurementsTest, AnAbsoluteChangeIsSinceTheLastScan) {
  const int64_t check = AddMetric(kAbsolute);
  std::vector<std::optional<bool>> passing;
  for (const int64_t quantity : {100, 150, 220, 300}) {
    Scan(quantity);
    passing.push_back(IsPassing(check));
  }
  EXPECT_THAT(passing, ElementsAre(true, true, true, false));
  EXPECT_THAT(Values(check), ElementsAre("300", "220", "150", "100"));
  EXPECT_THAT(Messages(),
              ElementsAre("the sum of quantity did not change by 30 to 70: it was 220 and is "
                          "300"));
}

TEST_F(MeasurementsTest, APercentageIsOfTheLastScan) {
  const int64_t check = AddMetric(kPercentage);
  std::vector<std::optional<bool>> passing;
  for (const int64_t quantity : {100, 150, 120, 65, 110}) {
    Scan(quantity);
    passing.push_back(IsPassing(check));
  }
  EXPECT_THAT(passing, ElementsAre(true, true, true, false, false));
}

TEST_F(MeasurementsTest, TheFirstScanSaysSo) {
  const int64_t check = AddMetric(kAbsolute);
  Scan(5);
  const auto scans = store::ContainerScans(database()).OfOperation(last_.id).value();
  const auto metrics = store::ContainerScans(database()).Metrics(scans.at(0).id).value();
  EXPECT_EQ(metrics.at(0).check_id, check);
  EXPECT_EQ(metrics.at(0).assertion_result, "passed");
  EXPECT_EQ(metrics.at(0).assertion_details, "measured 5, for the first time");
}

TEST_F(MeasurementsTest, AScanThatRunsAgainDoesNotCompareWithItself) {
  const int64_t check = AddMetric(kAbsolute);
  Scan(100);
  Scan(150);
  ASSERT_TRUE(RunAgain(last_.id));
  EXPECT_EQ(IsPassing(check), true);
  EXPECT_THAT(Values(check), ElementsAre("150", "100"));
  // What the file holds now is what the scan found.
  Write("stock.csv", "id,quantity\n1,140\n");
  ASSERT_TRUE(RunAgain(last_.id));
  EXPECT_THAT(Values(check), ElementsAre("140", "100"));
}

TEST_F(MeasurementsTest, AStoppedScanMeasuresNothing) {
  const int64_t check = AddMetric(kAbsolute);
  Scan(100);
  stopped_ = true;
  Write("stock.csv", "id,quantity\n1,1000\n");
  EXPECT_FALSE(Run("scan"));
  stopped_ = false;
  EXPECT_THAT(Values(check), ElementsAre("100"));
  Scan(150);
  EXPECT_EQ(IsPassing(check), true);
}

TEST_F(MeasurementsTest, AScanOfAPartNeitherComparesNorCounts) {
  const int64_t check = AddMetric(kAbsolute);
  Scan(100);
  const JobOutcome outcome = Scan(1000, {{"max_records_analyzed_per_partition", 1}});
  EXPECT_THAT(outcome.warnings, Contains(HasSubstr("only a part was scanned")));
  EXPECT_THAT(Values(check), ElementsAre("100"));
  Scan(150);
  EXPECT_EQ(IsPassing(check), true);
}

TEST_F(MeasurementsTest, OtherLimitsKeepTheHistoryAndAnotherFilterBeginsAnew) {
  store::QualityChecks checks(database());
  store::QualityCheck check = checks.Get(AddMetric(kAbsolute)).value();
  Scan(100);
  check.properties["max"] = 1000;
  ASSERT_TRUE(checks.Update(check));
  Scan(110);
  EXPECT_EQ(IsPassing(check.id), false);
  check.filter = "id < 10";
  ASSERT_TRUE(checks.Update(check));
  Scan(111);
  EXPECT_EQ(IsPassing(check.id), true);
  Scan(112);
  EXPECT_EQ(IsPassing(check.id), false);
}

TEST_F(MeasurementsTest, WithoutAValueTheLastOneStays) {
  const int64_t check = AddMetric(kAbsolute);
  Scan(100);
  Write("stock.csv", "id,quantity\n1,\n");
  ASSERT_TRUE(Run("scan"));
  EXPECT_THAT(Values(check), ElementsAre("100"));
  Scan(150);
  EXPECT_EQ(IsPassing(check), true);
}

TEST_F(MeasurementsTest, AVolumeIsComparedWithThatOfThePeriodBefore) {
  Json weekly = kAbsolute;
  weekly["measurement_period_days"] = 7;
  const int64_t check = AddWhole("volumetric", weekly);
  const auto scan = [&](int day, int rows) {
    // A little earlier on each day: days are not to be met to the second.
    now_ = store::At(day * 86'400 - day);
    std::string text = "id,quantity\n";
    for (int i = 0; i < rows; ++i) text += "1,1\n";
    Write("stock.csv", text);
    EXPECT_TRUE(Run("scan"));
    return IsPassing(check);
  };
  EXPECT_EQ(scan(1, 100), true);
  EXPECT_EQ(scan(2, 1), true);  // none is old enough
  EXPECT_EQ(scan(8, 150), true);
  EXPECT_EQ(scan(9, 100), false);   // 99 more
  EXPECT_EQ(scan(15, 300), false);  // 150 more
  EXPECT_THAT(Values(check), ElementsAre("300", "100", "150", "1", "100"));
}

TEST_F(MeasurementsTest, ScansCanBeAskedForOneCategory) {
  const int64_t metric = AddMetric({{"min", 200}});
  const int64_t volume = AddWhole("volumetric", {{"min", 2}});
  const auto asserted = [&](const Json& categories) {
    Scan(100, {{"check_categories", categories}});
    std::vector<int64_t> ids;
    const auto scans = store::ContainerScans(database()).OfOperation(last_.id).value();
    for (const auto found = store::ContainerScans(database()).Metrics(scans.at(0).id).value();
         const auto& each : found)
      ids.push_back(each.check_id);
    return ids;
  };
  EXPECT_THAT(asserted(Json::array({"metadata"})), ElementsAre(volume));
  EXPECT_THAT(asserted(Json::array({"data_integrity"})), ElementsAre(metric));
  EXPECT_THAT(asserted(Json::array()), ElementsAre(metric, volume));
  EXPECT_THAT(asserted(Json::array({"data_integrity", "metadata"})),
              ElementsAre(metric, volume));
}

TEST_F(MeasurementsTest, AnIncrementalScanCountsTheWholeContainer) {
  const int64_t metric = AddMetric({{"min", 200}});
  const int64_t volume = AddWhole("volumetric", {{"max", 0}});
  const JobOutcome outcome = Scan(100, {{"greater_than_time", "2999-01-01T00:00:00Z"}});
  EXPECT_THAT(outcome.warnings, Contains(HasSubstr("no file was modified")));
  EXPECT_EQ(IsPassing(metric), std::nullopt);
  EXPECT_EQ(IsPassing(volume), false);
  Scan(100, {{"greater_than_time", "2001-01-01T00:00:00Z"}});
  EXPECT_EQ(IsPassing(metric), false);
  EXPECT_THAT(Values(volume), ElementsAre("1", "1"));
  const auto scans = store::ContainerScans(database()).OfOperation(last_.id).value();
  EXPECT_EQ(scans.at(0).anomaly_count, 2);
  EXPECT_EQ(scans.at(0).records_processed, 1);
  EXPECT_THAT(Messages(), Contains("the number of rows is not at most 0: it is 1"));
}

TEST_F(MeasurementsTest, MetadataAloneLeavesNewFilesToScansOfData) {
  AddMetric({{"min", 200}});
  AddWhole("volumetric", {{"min", 1}});
  Scan(100, {{"incremental", true}, {"check_categories", Json::array({"metadata"})}});
  EXPECT_EQ(Find("stock.csv").incremental_checkpoint, std::nullopt);
  Scan(100, {{"incremental", true}});
  EXPECT_NE(Find("stock.csv").incremental_checkpoint, std::nullopt);
}

TEST_F(MeasurementsTest, FreshnessIsThatOfTheNewestFile) {
  const int64_t check = AddWhole("freshness", {{"value", 2}, {"unit", "days"}});
  SetAge(std::chrono::hours(47));
  ASSERT_TRUE(Run("scan"));
  EXPECT_EQ(IsPassing(check), true);
  SetAge(std::chrono::hours(49));
  ASSERT_TRUE(Run("scan", {{"greater_than_time", "2999-01-01T00:00:00Z"}}));
  EXPECT_EQ(IsPassing(check), false);
  EXPECT_THAT(Messages(), ElementsAre("stock.csv was not updated within 2 days: the last "
                                      "update was 2026-01-28 23:16:40"));
  EXPECT_THAT(Values(check), IsEmpty());
}

TEST_F(MeasurementsTest, AggregatesOfAnotherDatastoreAreCompared) {
  const int64_t other = AddFolder("reference", false);
  std::ofstream(directory_ / "reference" / "known.csv") << "paid,state\n60,a\n40,a\n1,b\n";
  ASSERT_TRUE(RunOn(other, "sync"));
  const Json properties = {
      {"expression", "sum(quantity)"},     {"comparison", "eq"},
      {"ref_datastore_name", "reference"}, {"ref_container_name", "known.csv"},
      {"ref_expression", "sum(paid)"},     {"ref_filter", "state = 'a'"}};
  const int64_t equal = AddWhole("aggregationComparison", properties);
  Json filtered = properties;
  filtered["ref_filter"] = nullptr;
  const int64_t unequal = AddWhole("aggregationComparison", filtered);
  const JobOutcome outcome = Scan(100);
  EXPECT_EQ(outcome.message, "");
  EXPECT_EQ(IsPassing(equal), true);
  EXPECT_EQ(IsPassing(unequal), false);
  EXPECT_THAT(Messages(), ElementsAre("sum(quantity) is not equal to sum(paid) of known.csv "
                                      "(reference): it is 100, and that is 101"));
  EXPECT_THAT(Values(equal), ElementsAre("100"));
}

}  // namespace
}  // namespace assay::operations
