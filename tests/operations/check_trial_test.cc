#include "operations/check_trial.h"

#include <gmock/gmock.h>

#include "tests/operations/jobs_fixture.h"

namespace assay::operations {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Assertion = engine::CheckOutcome::Assertion;

class CheckTrialTest : public JobsTest {
 protected:
  void SetUp() override {
    Write("orders_1.csv", "id,quantity\n1,5\n2,\n3,-4\n");
    Write("orders_2.csv", "id,quantity\n4,7\n5,\n");
    ASSERT_TRUE(Run("sync"));
    check_ = NewCheck(Find("orders_*.csv").id, "notNull", "quantity");
  }

  Result<ContainerScan> Try(const CheckTrialSettings& settings = {}) {
    store::Operation operation;
    operation.datastore_id = source_;
    std::stop_source stop;
    if (stopped_) stop.request_stop();
    JobContext context(operation, database(), store::At(1000), stop.get_token());
    return TryCheck(datastores_, options_, check_, settings, context);
  }

  store::QualityCheck check_;
};

TEST_F(CheckTrialTest, SaysWhatAScanWouldAndStoresNothing) {
  const auto scan = Try();
  ASSERT_TRUE(scan) << scan.error().message;
  EXPECT_EQ(scan->record_count, 5);
  ASSERT_THAT(scan->checks, SizeIs(1));
  EXPECT_EQ(scan->checks[0].outcome.assertion, Assertion::kFailed);
  EXPECT_EQ(scan->checks[0].outcome.total.failing_rows, 2);
  ASSERT_THAT(scan->anomalies, SizeIs(2));
  EXPECT_EQ(scan->anomalies[0].source_records.front().record["id"], 2);
  EXPECT_THAT(store::Anomalies(database()).List({}, {})->items, IsEmpty());
  EXPECT_THAT(store::QualityChecks(database()).List({}, {})->items, IsEmpty());
}

TEST_F(CheckTrialTest, ReadsNoMoreRecordsThanItMay) {
  const auto scan = Try({.max_rows_per_file = 1});
  ASSERT_TRUE(scan) << scan.error().message;
  EXPECT_EQ(scan->record_count, 2);
  EXPECT_EQ(scan->checks[0].outcome.assertion, Assertion::kPassed);
}

TEST_F(CheckTrialTest, PutsVariablesInPlace) {
  check_.filter = "id > {{ low }}";
  const auto scan = Try({.variables = {{"low", "2"}}});
  ASSERT_TRUE(scan) << scan.error().message;
  EXPECT_EQ(scan->checks[0].outcome.total.asserted_rows, 3);
  EXPECT_THAT(Try()->checks[0].error, HasSubstr("no value is given for the variable 'low'"));
}

TEST_F(CheckTrialTest, ComparesWithOtherContainers) {
  Write("known.csv", "id\n1\n2\n3\n4\n");
  ASSERT_TRUE(Run("sync"));
  check_ = NewCheck(check_.container_id, "existsIn", "id");
  check_.properties = {{"ref_container_name", "known.csv"}, {"field_name", "id"}};
  const auto scan = Try();
  ASSERT_TRUE(scan) << scan.error().message;
  EXPECT_EQ(scan->checks[0].error, "");
  EXPECT_EQ(scan->checks[0].outcome.total.failing_rows, 1);
}

TEST_F(CheckTrialTest, EndsWhenAskedTo) {
  stopped_ = true;
  EXPECT_EQ(Try().error().kind, ErrorKind::kCancelled);
}

TEST_F(CheckTrialTest, SaysThatTheDataIsGone) {
  std::filesystem::remove(directory_ / "orders" / "orders_1.csv");
  std::filesystem::remove(directory_ / "orders" / "orders_2.csv");
  EXPECT_EQ(Try().error().kind, ErrorKind::kNotFound);
  std::filesystem::remove_all(directory_ / "orders");
  EXPECT_FALSE(Try());
}

}  // namespace
}  // namespace assay::operations
