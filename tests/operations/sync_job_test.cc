#include <gmock/gmock.h>

#include "store/sql/statement.h"
#include "tests/operations/jobs_fixture.h"

namespace assay::operations {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

class SyncJobTest : public JobsTest {
 protected:
  std::vector<std::string> FieldsOf(const std::string& container) {
    std::vector<std::string> shown;
    const auto fields = store::FieldRecords(database()).OfContainer(Find(container).id).value();
    for (const auto& field : fields) {
      shown.push_back(field.name + " " + field.type + " " + field.status);
    }
    return shown;
  }
};

TEST_F(SyncJobTest, FindsContainersWithTheirFields) {
  Write("orders_1.csv", "id,name\n1,ann\n2,bob\n");
  Write("orders_2.csv", "id,name\n3,cyd\n");
  Write("events.json", "{\"kind\":\"click\"}\n{\"kind\":\"view\"}\n");
  const auto outcome = Run("sync");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "");
  EXPECT_THAT(ContainerNames(), ElementsAre("events.json", "orders_*.csv"));
  const store::Container orders = Find("orders_*.csv");
  EXPECT_EQ(orders.format, "delimited");
  EXPECT_EQ(orders.file_count, 2);
  EXPECT_EQ(orders.size_bytes, 34);
  EXPECT_TRUE(orders.last_modified.has_value());
  EXPECT_THAT(FieldsOf("orders_*.csv"),
              ElementsAre("id Integral Active", "name String Active"));
  EXPECT_EQ(last_.counters.total_containers, 2);
  EXPECT_EQ(last_.counters.containers_analyzed, 2);
  EXPECT_EQ(last_.container_ids.size(), 2u);
  EXPECT_EQ(store::Datastores(database()).Get(source_).value().connected, true);
}

TEST_F(SyncJobTest, ASecondRunFindsChanges) {
  Write("a.csv", "id,x\n1,2\n");
  ASSERT_TRUE(Run("sync"));
  const store::Container before = Find("a.csv");
  ASSERT_TRUE(Run("sync"));
  EXPECT_EQ(Find("a.csv").listing_digest, before.listing_digest);
  Write("a.csv", "id,y\n1,two\n2,three\n");
  ASSERT_TRUE(Run("sync"));
  EXPECT_NE(Find("a.csv").listing_digest, before.listing_digest);
  EXPECT_EQ(Find("a.csv").id, before.id);
  EXPECT_THAT(FieldsOf("a.csv"),
              ElementsAre("id Integral Active", "y String Active", "x Integral Missing"));
}

TEST_F(SyncJobTest, VanishedContainersAreMissingOrPruned) {
  Write("a.csv", "id\n1\n");
  Write("b.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  std::filesystem::remove(directory_ / "orders" / "b.csv");
  const auto outcome = Run("sync");
  EXPECT_THAT(outcome->message, HasSubstr("missing"));
  EXPECT_TRUE(Find("b.csv").is_missing);
  ASSERT_TRUE(Run("sync", {{"prune", true}}));
  EXPECT_THAT(ContainerNames(), ElementsAre("a.csv"));
  Write("b.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  EXPECT_THAT(ContainerNames(), ElementsAre("a.csv"));
  ASSERT_TRUE(Run("sync", {{"recreate", true}}));
  EXPECT_THAT(ContainerNames(), ElementsAre("a.csv", "b.csv"));
  EXPECT_FALSE(Find("b.csv").is_missing);
}

TEST_F(SyncJobTest, AMissingContainerThatComesBackUnchangedIsThereAgain) {
  Write("a.csv", "id\n1\n");
  Write("b.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  std::filesystem::rename(directory_ / "orders" / "b.csv", directory_ / "b.csv");
  ASSERT_TRUE(Run("sync"));
  std::filesystem::rename(directory_ / "b.csv", directory_ / "orders" / "b.csv");
  ASSERT_TRUE(Run("sync"));
  EXPECT_FALSE(Find("b.csv").is_missing);
}

TEST_F(SyncJobTest, ABrokenContainerDoesNotStopTheOthers) {
  Write("good.csv", "id\n1\n");
  Write("bad.parquet", "this is not parquet at all, whatever its name says");
  const auto outcome = Run("sync");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "1 container failed");
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("bad.parquet")));
  EXPECT_TRUE(Find("bad.parquet").problem.has_value());
  EXPECT_FALSE(Find("good.csv").problem.has_value());
}

TEST_F(SyncJobTest, FailsWhenNothingWorked) {
  Write("bad.parquet", "this is not parquet at all, whatever its name says");
  const auto outcome = Run("sync");
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().message, HasSubstr("bad.parquet"));
}

TEST_F(SyncJobTest, SaysWhatIsLeftOutAndThatNothingWasFound) {
  Write("_SUCCESS", "");
  const auto outcome = Run("sync");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->message, HasSubstr("no data files"));
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("_SUCCESS")));
}

TEST_F(SyncJobTest, AMissingFolderFailsAndDisconnects) {
  std::filesystem::remove_all(directory_ / "orders");
  const auto outcome = Run("sync");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(store::Datastores(database()).Get(source_).value().connected, false);
}

TEST_F(SyncJobTest, StopsWhenAskedTo) {
  Write("a.csv", "id\n1\n");
  stopped_ = true;
  EXPECT_EQ(Run("sync").error().kind, ErrorKind::kCancelled);
}

TEST_F(SyncJobTest, UsersPatternsWinOverAutomaticOnes) {
  Write("alpha.csv", "id\n1\n");
  Write("beta.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  ASSERT_THAT(ContainerNames(), ElementsAre("alpha.csv", "beta.csv"));
  store::Container container = Find("alpha.csv");
  container.file_name_override = "*a.csv";
  ASSERT_TRUE(store::Containers(database()).Update(container));
  ASSERT_TRUE(Run("sync", {{"prune", true}}));
  EXPECT_THAT(ContainerNames(), ElementsAre("alpha.csv"));
  EXPECT_EQ(Find("alpha.csv").file_count, 2);
}

TEST_F(SyncJobTest, ANarrowedPatternLeavesAContainerForTheOtherFiles) {
  Write("orders_20230101.csv", "id\n1\n");
  Write("orders_20240101.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  store::Container narrowed = Find("orders_*.csv");
  narrowed.file_name_override = "orders_2024*.csv";
  ASSERT_TRUE(store::Containers(database()).Update(narrowed));
  for (int run = 0; run < 2; ++run) {
    const auto outcome = Run("sync");
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->message, "");
    EXPECT_THAT(ContainerNames(), ElementsAre("orders_*.csv", "orders_*.csv #2"));
    EXPECT_EQ(Find("orders_*.csv").id, narrowed.id);
    EXPECT_EQ(Find("orders_*.csv").file_count, 1);
    EXPECT_FALSE(Find("orders_*.csv").is_missing);
    EXPECT_EQ(Find("orders_*.csv #2").file_count, 1);
    EXPECT_FALSE(Find("orders_*.csv #2").is_missing);
  }
  narrowed.file_name_override.reset();
  ASSERT_TRUE(store::Containers(database()).Update(narrowed));
  ASSERT_TRUE(Run("sync", {{"prune", true}}));
  EXPECT_THAT(ContainerNames(), ElementsAre("orders_*.csv"));
  EXPECT_EQ(Find("orders_*.csv").file_count, 2);
}

TEST_F(SyncJobTest, AContainerStaysTheSameWhenASiblingChangesThePattern) {
  Write("orders-2024-02-28.csv", "id\n1\n");
  Write("events.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  const int64_t orders = Find("orders-*.csv").id, events = Find("events.csv").id;
  Write("orders_2024-02-29.csv", "id\n2\n");
  std::filesystem::copy(directory_ / "orders/events.csv", directory_ / "orders/events.csv.gz");
  const auto outcome = Run("sync");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(ContainerNames(), ElementsAre("events.csv", "orders-*.csv"));
  EXPECT_EQ(Find("orders-*.csv").id, orders);
  EXPECT_EQ(Find("orders-*.csv").file_count, 2);
  EXPECT_EQ(Find("events.csv").id, events);
  EXPECT_EQ(Find("events.csv").file_count, 2);
  ASSERT_TRUE(Run("profile", {{"container_names", {"orders-*.csv"}}}));
  EXPECT_EQ(last_.counters.records_processed, 2);
}

TEST_F(SyncJobTest, ATableThatTakesANameInTheListingIsAnotherContainer) {
  Write("year=2024/data.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  const int64_t partitioned = Find("data.csv").id;
  Write("data.csv", "name\nann\n");
  ASSERT_TRUE(Run("sync"));
  EXPECT_THAT(ContainerNames(), ElementsAre("data.csv", "data.csv #2"));
  EXPECT_EQ(Find("data.csv").id, partitioned);
  EXPECT_THAT(FieldsOf("data.csv"), Contains(HasSubstr("year")));
  EXPECT_THAT(FieldsOf("data.csv #2"), ElementsAre("name String Active"));
}

TEST_F(SyncJobTest, AContainerOfAnEarlierVersionIsFoundByItsName) {
  Write("orders-2024-02-28.csv", "id\n1\n");
  store::Container old;
  old.datastore_id = source_;
  old.name = "orders-*.csv";
  old.listing_digest = "of another version";
  old = store::Containers(database()).Create(old).value();
  ASSERT_TRUE(Run("sync"));
  EXPECT_EQ(Find("orders-*.csv").id, old.id);
  Write("orders_2024-02-29.csv", "id\n2\n");
  ASSERT_TRUE(Run("sync"));
  EXPECT_THAT(ContainerNames(), ElementsAre("orders-*.csv"));
  EXPECT_EQ(Find("orders-*.csv").id, old.id);
}

TEST_F(SyncJobTest, KeepsWhatUsersChangeWhileItRuns) {
  Write("a.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  Write("a.csv", "id\n1\n2\n");
  // The job notes that the datastore was reached after it has read what is known of it.
  ASSERT_TRUE(database().Write([](soci::session& session) -> Status {
    store::sql::Run(session,
                    "CREATE TRIGGER meanwhile AFTER UPDATE OF connected ON datastores BEGIN "
                    "UPDATE containers SET description = 'meanwhile', "
                    "read_options = '{\"has_header\":false}'; "
                    "INSERT INTO global_tags (created, name, color, weight_modifier) VALUES "
                    "(1, 'gold', '#000000', 0); "
                    "INSERT INTO container_tags SELECT containers.id, global_tags.id FROM "
                    "containers, global_tags; END");
    return {};
  }));
  ASSERT_TRUE(Run("sync"));
  EXPECT_EQ(Find("a.csv").size_bytes, 7);
  EXPECT_EQ(Find("a.csv").description, "meanwhile");
  EXPECT_THAT(Find("a.csv").tags, ElementsAre("gold"));
  EXPECT_EQ(Find("a.csv").read_options, (Json{{"has_header", false}}));
}

TEST_F(SyncJobTest, ChangedReadOptionsAreReadAgain) {
  Write("a.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  store::Container container = Find("a.csv");
  container.read_options = {{"has_header", false}};
  ASSERT_TRUE(store::Containers(database()).Update(container));
  ASSERT_TRUE(Run("sync"));
  EXPECT_THAT(FieldsOf("a.csv"), Contains("column0 String Active"));
}

TEST_F(SyncJobTest, AFileThatCannotBeReadIsReportedByEverySync) {
  Write("a_1.json", "{\"id\":1}\n");
  Write("a_2.json", "this is no JSON, whatever its name says\n");
  for (int run = 0; run < 2; ++run) {
    const auto outcome = Run("sync");
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_THAT(outcome->warnings, Contains(HasSubstr("a_2.json"))) << run;
  }
}

TEST_F(SyncJobTest, LeavesOutWhatScansWroteIntoTheSameFolder) {
  Write("raw/a.csv", "id\n1\n");
  Write("orders/failed_checks/op-1-part-0.csv", "id\n1\n");
  Write("orders/_commits/op-1.json", "{}");
  const auto outcome = Run("sync");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(ContainerNames(), ElementsAre("raw/a.csv"));
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("results of scans")));
}

}  // namespace
}  // namespace assay::operations
