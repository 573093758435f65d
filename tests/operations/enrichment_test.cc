#include "operations/enrichment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/id.h"
#include "connectors/connector_type.h"
#include "tests/duckdb_rows.h"
#include "tests/operations/failing_writer.h"

namespace assay::operations {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Assertion = engine::CheckOutcome::Assertion;

const Timestamp kNow = *ParseTimestamp("2026-01-31T09:00:00Z");

ScanCheck NotNegative() {
  ScanCheck check;
  check.id = 11;
  check.definition = {.rule = "notNegative",
                      .fields = {"amount"},
                      .filter = {},
                      .coverage = 1,
                      .properties = Json::object(),
                      .description = "Amounts are paid, not owed."};
  check.tags = {"money", "daily"};
  check.additional_metadata = {{"owner", "finance"}};
  return check;
}

/// Two files read, one left out; a row check, an aggregate and one that did not compile; a
/// record, a rolled-up and a shape anomaly.
ContainerScan OrdersScan() {
  ContainerScan scan;
  scan.container = "orders_*.csv";
  scan.container_id = 5;
  scan.start_time = *ParseTimestamp("2026-01-31T08:00:01Z");
  scan.end_time = *ParseTimestamp("2026-01-31T08:00:02.5Z");
  scan.record_count = 30;
  scan.files = {{"orders_1.csv", 10, 100}, {"orders_2.csv", 20, 200}};
  scan.failures = {{"orders_3.csv", {ErrorKind::kCorruptData, "line 3 has 2 fields"}}};
  scan.checks.resize(3);
  scan.checks[0] = {.check = NotNegative(),
                    .fields = {"amount"},
                    .anomaly_type = AnomalyType::kRecord,
                    .outcome = {.assertion = Assertion::kFailed,
                                .total = {30, 1},
                                .by_file = {{10, 1}, {20, 0}},
                                .detail = ""},
                    .error = ""};
  scan.checks[1].check.id = 12;
  scan.checks[1].check.definition.rule = "unique";
  scan.checks[1].fields = {"id", "day"};
  scan.checks[1].anomaly_type = AnomalyType::kShape;
  scan.checks[1].outcome = {.assertion = Assertion::kFailed,
                            .total = {25, 1},
                            .by_file = {{5, 0}, {20, 1}},
                            .detail = ""};
  scan.checks[2].check.id = 13;
  scan.checks[2].check.definition.rule = "notNull";
  scan.checks[2].fields = {"nothing"};
  scan.checks[2].error = "no such field: 'nothing'";

  Anomaly& record = scan.anomalies.emplace_back();
  record.uuid = "00000000-0000-4000-8000-000000000001";
  record.anomalous_records_count = 1;
  record.fingerprint = INT64_MIN;
  record.relative_path = "orders_1.csv";
  record.failed_checks = {{0, "amount is below 0 (value -5)"}};
  record.source_records = {{"orders_1.csv", 7, {"amount"}, {{"id", "é"}, {"amount", -5}}}};
  Anomaly& shape = scan.anomalies.emplace_back();
  shape.uuid = "00000000-0000-4000-8000-000000000002";
  shape.type = AnomalyType::kShape;
  shape.anomalous_records_count = 1;
  shape.fingerprint = 42;
  shape.failed_checks = {
      {1, "id and day repeat an earlier combination in 1 of 25 rows (4.000 %)"}};
  shape.source_records = {{"orders_2.csv", 0, {"id", "day"}, {{"id", nullptr}}}};
  return scan;
}

/// A container in which everything holds and nothing is found.
ContainerScan CleanScan() {
  ContainerScan scan;
  scan.container = "clean.parquet";
  scan.container_id = 6;
  return scan;
}

EnrichmentRun RunNumber(int64_t operation_id) {
  EnrichmentRun run;
  run.operation_id = operation_id;
  run.datastore_id = 3;
  run.datastore_name = "sales";
  run.prefix = "_orders";
  run.operation_time = *ParseTimestamp("2026-01-31T08:00:00Z");
  return run;
}

class EnrichmentTest : public testing::Test {
 protected:
  EnrichmentTest()
      : root_(std::filesystem::temp_directory_path() / ("assay-enrichment-test-" + NewUuid())) {
    std::filesystem::create_directories(root_);
    connectors::ConnectionSettings settings;
    settings.type = "local";
    settings.uri = root_.string();
    connector_ = *connectors::FindConnectorType("local")->open(settings, {});
  }
  ~EnrichmentTest() override { std::filesystem::remove_all(root_); }

  connectors::ResultWriter& writer() { return *connector_->writer(); }

  EnrichmentCommit Stage(const EnrichmentRun& run) {
    Result<EnrichmentCommit> commit =
        StageEnrichment(writer(), run, {OrdersScan(), CleanScan()}, {});
    EXPECT_TRUE(commit.has_value()) << commit.error().message;
    return commit.value_or(EnrichmentCommit{});
  }

  /// Files below the root that a reader sees, without hidden ones, in order.
  std::vector<std::string> VisibleFiles() const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root_)) {
      const std::string path = std::filesystem::relative(entry.path(), root_).string();
      const bool is_hidden = path.starts_with(".") || path.find("/.") != std::string::npos;
      if (entry.is_regular_file() && !is_hidden) files.push_back(path);
    }
    std::ranges::sort(files);
    return files;
  }

  /// All rows of a table, without the column that the folder adds.
  std::vector<std::string> Rows(const std::string& table,
                                const std::string& columns = "*") const {
    return DuckDbRows("SELECT " + columns + " FROM read_parquet('" + root_.string() +
                      "/orders/" + table +
                      "/*/*.parquet', hive_partitioning = false, filename = false)");
  }

  std::filesystem::path root_;
  std::unique_ptr<connectors::Connector> connector_;
};

const std::vector<std::string> kFilesOfRun7 = {
    "orders/_commits/op-7.json",
    "orders/check_metrics/operation_date=2026-01-31/op-7-part-1.parquet",
    "orders/failed_checks/operation_date=2026-01-31/op-7-part-1.parquet",
    "orders/scan_operations/operation_date=2026-01-31/op-7-part-1.parquet",
    "orders/source_records/operation_date=2026-01-31/op-7-part-1.parquet"};

TEST_F(EnrichmentTest, WritesTheTablesOfThePlatform) {
  ASSERT_TRUE(PublishEnrichment(writer(), Stage(RunNumber(7))).has_value());
  EXPECT_EQ(VisibleFiles(), kFilesOfRun7);
  EXPECT_THAT(
      Rows("check_metrics"),
      ElementsAre(
          "7|5|sales|orders_*.csv|orders_1.csv|11|10|1|failed|NULL|orders_1.csv",
          "7|5|sales|orders_*.csv|orders_2.csv|11|20|0|passed|NULL|orders_2.csv",
          "7|5|sales|orders_*.csv|orders_1.csv|12|5|0|failed|NULL|orders_1.csv",
          "7|5|sales|orders_*.csv|orders_2.csv|12|20|1|failed|NULL|orders_2.csv",
          "7|5|sales|orders_*.csv|NULL|13|0|0|unasserted|no such field: 'nothing'|NULL"));
  EXPECT_THAT(Rows("failed_checks"),
              ElementsAre("11|00000000-0000-4000-8000-000000000001|amount is below 0 (value "
                          "-5)|NULL|NULL|NULL|notNegative|"
                          "money,daily|{}|Amounts are paid, not "
                          "owed.|amount|{\"owner\":\"finance\"}|1|7|2026-01-31 08:00:00|"
                          "orders_*.csv|orders_1.csv|sales|-9223372036854775808",
                          "12|00000000-0000-4000-8000-000000000002|id and day repeat an "
                          "earlier combination in 1 of 25 rows "
                          "(4.000 %)|NULL|NULL|NULL|unique||{}||id,day|{}|1|7|2026-01-31 "
                          "08:00:00|orders_*.csv|NULL|sales|42"));
  EXPECT_THAT(
      Rows("source_records"),
      ElementsAre(
          "orders_*.csv|orders_1.csv|00000000-0000-4000-8000-000000000001|{\"operation_id\":7,"
          "\"row_number\":7,\"failing_fields\":[\"amount\"]}|{\"id\":\"é\",\"amount\":-5}",
          "orders_*.csv|orders_2.csv|00000000-0000-4000-8000-000000000002|{\"operation_id\":7,"
          "\"row_number\":0,\"failing_fields\":[\"id\",\"day\"]}|{\"id\":null}"));
  EXPECT_THAT(Rows("scan_operations"),
              ElementsAre("7|3|5|orders_1.csv|false|10|10|-1|1|2026-01-31 08:00:01|2026-01-31 "
                          "08:00:02.5|success|NULL",
                          "7|3|5|orders_2.csv|false|20|10|-1|0|2026-01-31 08:00:01|2026-01-31 "
                          "08:00:02.5|success|NULL",
                          "7|3|5|orders_3.csv|false|0|10|-1|0|2026-01-31 08:00:01|2026-01-31 "
                          "08:00:02.5|failure|line 3 has 2 "
                          "fields",
                          "7|3|5|NULL|false|NULL|10|-1|1|2026-01-31 08:00:01|2026-01-31 "
                          "08:00:02.5|failure|1 files left out; "
                          "1 checks could not run",
                          "7|3|6|NULL|false|NULL|10|-1|0|1970-01-01 00:00:00|1970-01-01 "
                          "00:00:00|success|NULL"));
}

TEST_F(EnrichmentTest, HasTheColumnNamesAndTypesOfThePlatform) {
  ASSERT_TRUE(PublishEnrichment(writer(), Stage(RunNumber(7))).has_value());
  const auto columns = [&](const std::string& table) {
    return DuckDbRows(
        "SELECT string_agg(column_name || ' ' || column_type, ', ') FROM (DESCRIBE FROM "
        "read_parquet('" +
        root_.string() + "/orders/" + table +
        "/operation_date=2026-01-31/op-7-part-1.parquet', hive_partitioning = false))");
  };
  EXPECT_THAT(
      columns("check_metrics"),
      ElementsAre(
          "OPERATION_ID BIGINT, CONTAINER_ID BIGINT, SOURCE_DATASTORE VARCHAR, "
          "SOURCE_CONTAINER VARCHAR, "
          "SOURCE_PARTITION VARCHAR, QUALITY_CHECK_ID BIGINT, ASSERTED_RECORDS_COUNT BIGINT, "
          "ANOMALOUS_RECORDS_COUNT BIGINT, ASSERTION_RESULT VARCHAR, ASSERTION_DETAILS "
          "VARCHAR, "
          "_QUALYTICS_SOURCE_PARTITION VARCHAR"));
  EXPECT_THAT(
      columns("failed_checks"),
      ElementsAre(
          "QUALITY_CHECK_ID BIGINT, ANOMALY_UUID VARCHAR, QUALITY_CHECK_MESSAGE VARCHAR, "
          "SUGGESTED_REMEDIATION_FIELD VARCHAR, SUGGESTED_REMEDIATION_VALUE VARCHAR, "
          "SUGGESTED_REMEDIATION_SCORE DOUBLE, QUALITY_CHECK_RULE_TYPE VARCHAR, "
          "QUALITY_CHECK_TAGS VARCHAR, "
          "QUALITY_CHECK_PARAMETERS VARCHAR, QUALITY_CHECK_DESCRIPTION VARCHAR, "
          "QUALITY_CHECK_FIELDS "
          "VARCHAR, QUALITY_CHECK_METADATA VARCHAR, ANOMALOUS_RECORDS_COUNT BIGINT, "
          "OPERATION_ID BIGINT, "
          "DETECTED_TIME TIMESTAMP, SOURCE_CONTAINER VARCHAR, SOURCE_PARTITION VARCHAR, "
          "SOURCE_DATASTORE "
          "VARCHAR, FINGERPRINT BIGINT"));
  EXPECT_THAT(columns("source_records"),
              ElementsAre("SOURCE_CONTAINER VARCHAR, SOURCE_PARTITION VARCHAR, ANOMALY_UUID "
                          "VARCHAR, CONTEXT VARCHAR, "
                          "RECORD VARCHAR"));
  EXPECT_THAT(columns("scan_operations"),
              ElementsAre("OPERATION_ID BIGINT, DATASTORE_ID BIGINT, CONTAINER_ID BIGINT, "
                          "PARTITION_NAME VARCHAR, "
                          "INCREMENTAL BOOLEAN, RECORDS_PROCESSED BIGINT, "
                          "ENRICHMENT_SOURCE_RECORD_LIMIT BIGINT, "
                          "MAX_RECORDS_ANALYZED BIGINT, ANOMALY_COUNT BIGINT, START_TIME "
                          "TIMESTAMP, END_TIME TIMESTAMP, "
                          "RESULT VARCHAR, MESSAGE VARCHAR"));
}

TEST_F(EnrichmentTest, ShowsNothingBeforeItIsPublished) {
  const EnrichmentCommit commit = Stage(RunNumber(7));
  EXPECT_THAT(commit.files, SizeIs(4));
  EXPECT_THAT(VisibleFiles(), IsEmpty());
}

TEST_F(EnrichmentTest, ListsTheFilesOfTheRunInItsCommitFile) {
  ASSERT_TRUE(PublishEnrichment(writer(), Stage(RunNumber(7))).has_value());
  std::ifstream file(root_ / "orders/_commits/op-7.json");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(
      ParseJson(text).value_or(Json()),
      Json({{"operation_id", 7},
            {"files", {kFilesOfRun7[1], kFilesOfRun7[2], kFilesOfRun7[4], kFilesOfRun7[3]}}}));
}

TEST_F(EnrichmentTest, IsRolledForwardFromEveryPointOfPublishing) {
  for (int calls = 0; calls <= 4; ++calls) {
    const int64_t operation_id = 100 + calls;
    const EnrichmentCommit commit = Stage(RunNumber(operation_id));
    FailingWriter killed(writer(), calls);
    EXPECT_EQ(PublishEnrichment(killed, commit).error().message, "the store is gone");
    EXPECT_FALSE(std::filesystem::exists(root_ / commit.commit_path));
    // What a later process knows is what was stored of the commit.
    const Result<EnrichmentCommit> remembered =
        EnrichmentCommit::FromJson(*ParseJson(PrintJson(commit.ToJson())));
    ASSERT_TRUE(remembered.has_value());
    ASSERT_TRUE(PublishEnrichment(writer(), *remembered).has_value());
    EXPECT_TRUE(std::filesystem::exists(root_ / commit.commit_path));
    EXPECT_THAT(Rows("failed_checks", "count(*)"),
                ElementsAre(std::to_string(2 * (calls + 1))));
  }
}

TEST_F(EnrichmentTest, CountsNoRunTwice) {
  const EnrichmentCommit commit = Stage(RunNumber(7));
  ASSERT_TRUE(PublishEnrichment(writer(), commit).has_value());
  ASSERT_TRUE(PublishEnrichment(writer(), commit).has_value());
  ASSERT_TRUE(
      PublishEnrichment(writer(), Stage(RunNumber(7))).has_value());  // the run was repeated
  EXPECT_EQ(VisibleFiles(), kFilesOfRun7);
  EXPECT_THAT(Rows("check_metrics", "count(*)"), ElementsAre("5"));
}

TEST_F(EnrichmentTest, LeavesNothingBehindWhenStagingFails) {
  for (int calls = 0; calls < 4; ++calls) {
    FailingWriter failing(writer(), calls);
    const Result<EnrichmentCommit> commit =
        StageEnrichment(failing, RunNumber(7), {OrdersScan()}, {});
    EXPECT_EQ(commit.error().message, "writing enrichment: the store is gone");
    EXPECT_THAT(*writer().ListStaged("orders/", {}), IsEmpty());
  }
  EXPECT_THAT(VisibleFiles(), IsEmpty());
}

TEST_F(EnrichmentTest, LeavesNothingBehindWhenStopped) {
  std::stop_source stop;
  stop.request_stop();
  const Result<EnrichmentCommit> commit =
      StageEnrichment(writer(), RunNumber(7), {OrdersScan()}, stop.get_token());
  EXPECT_EQ(commit.error().kind, ErrorKind::kCancelled);
  EXPECT_THAT(*writer().ListStaged("orders/", {}), IsEmpty());
}

TEST_F(EnrichmentTest, DiscardsWhatNoCommitRemembers) {
  const EnrichmentCommit remembered = Stage(RunNumber(7));
  Stage(RunNumber(8));
  ASSERT_TRUE(DiscardOrphans(writer(), "_orders", {remembered}, OrphansOf::kEveryone, kNow, {})
                  .has_value());
  std::vector<std::string> staged;
  const auto listed = writer().ListStaged("orders/", {});
  for (const connectors::StagedFile& file : *listed) staged.push_back(file.relative_path);
  std::ranges::sort(staged);
  EXPECT_EQ(staged, std::vector(kFilesOfRun7.begin() + 1, kFilesOfRun7.end()));
  ASSERT_TRUE(PublishEnrichment(writer(), remembered).has_value());
  EXPECT_EQ(VisibleFiles(), kFilesOfRun7);
}

TEST_F(EnrichmentTest, RunsOfTheCommandLineAreSparedWhileTheyMayBeAlive) {
  const Timestamp now = kNow;
  Stage(RunNumber(8));
  Stage(RunNumber(RunAt(now - kLongestRun)));
  Stage(RunNumber(RunAt(now - kLongestRun - std::chrono::microseconds(1))));
  ASSERT_TRUE(DiscardOrphans(writer(), "_orders", {}, OrphansOf::kCommandLine, now, {}));
  EXPECT_THAT(*writer().ListStaged("orders/", {}), SizeIs(8));
  ASSERT_TRUE(DiscardOrphans(writer(), "_orders", {}, OrphansOf::kEveryone, now, {}));
  const auto left = *writer().ListStaged("orders/", {});
  ASSERT_THAT(left, SizeIs(4));
  EXPECT_THAT(left[0].relative_path,
              HasSubstr("op-" + std::to_string(RunAt(now - kLongestRun)) + "-part-"));
}

TEST_F(EnrichmentTest, ARunThatIsThereAlreadyIsOfAnotherInstallation) {
  EXPECT_TRUE(CheckRunIsNew(writer(), RunNumber(7), {}));
  ASSERT_TRUE(PublishEnrichment(writer(), Stage(RunNumber(7))));
  EXPECT_TRUE(CheckRunIsNew(writer(), RunNumber(70), {}));
  const Status status = CheckRunIsNew(writer(), RunNumber(7), {});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kConflict);
  EXPECT_THAT(status.error().message, HasSubstr("choose another enrichment prefix or root"));
}

TEST_F(EnrichmentTest, PartsLieInAFolderOfTheirOwnThatGoesAway) {
  const std::string parts = (root_ / "parts").string();
  EnrichmentRun run = RunNumber(7);
  run.temporary_directory = parts;
  const Result<EnrichmentCommit> missing = StageEnrichment(writer(), run, {}, {});
  ASSERT_FALSE(missing) << "it does not lie anywhere else";
  std::filesystem::create_directories(parts);
  ASSERT_TRUE(StageEnrichment(writer(), run, {OrdersScan()}, {}));
  EXPECT_TRUE(std::filesystem::is_empty(parts));
}

TEST_F(EnrichmentTest, LeavesOtherPrefixesAlone) {
  EnrichmentRun other = RunNumber(7);
  other.prefix = "_orders_archive";
  Stage(other);
  ASSERT_TRUE(
      DiscardOrphans(writer(), "_orders", {}, OrphansOf::kEveryone, kNow, {}).has_value());
  EXPECT_THAT(*writer().ListStaged("orders_archive/", {}), SizeIs(4));
}

TEST_F(EnrichmentTest, SplitsALargeTable) {
  EnrichmentRun run = RunNumber(7);
  run.max_part_bytes = 1;
  const EnrichmentCommit commit = Stage(run);
  std::vector<std::string> metrics;
  for (const connectors::StagedFile& file : commit.files) {
    if (file.relative_path.find("check_metrics") != std::string::npos)
      metrics.push_back(file.relative_path);
  }
  EXPECT_THAT(metrics,
              ElementsAre(HasSubstr("/op-7-part-1.parquet"), HasSubstr("/op-7-part-2.parquet"),
                          HasSubstr("/op-7-part-3.parquet"), HasSubstr("/op-7-part-4.parquet"),
                          HasSubstr("/op-7-part-5.parquet")));
  ASSERT_TRUE(PublishEnrichment(writer(), commit).has_value());
  EXPECT_THAT(
      Rows("check_metrics", "count(*), count(DISTINCT (QUALITY_CHECK_ID, SOURCE_PARTITION))"),
      ElementsAre("5|5"));
}

TEST_F(EnrichmentTest, WritesEveryTableWhenThereIsNothingToSay) {
  const Result<EnrichmentCommit> commit = StageEnrichment(writer(), RunNumber(7), {}, {});
  ASSERT_TRUE(commit.has_value());
  ASSERT_TRUE(PublishEnrichment(writer(), *commit).has_value());
  for (const char* table :
       {"check_metrics", "failed_checks", "source_records", "scan_operations"}) {
    EXPECT_THAT(Rows(table, "count(*)"), ElementsAre("0"));
  }
}

TEST_F(EnrichmentTest, RefusesARunWithoutPrefix) {
  EnrichmentRun run = RunNumber(7);
  run.prefix = "_";
  EXPECT_EQ(StageEnrichment(writer(), run, {}, {}).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(DiscardOrphans(writer(), "", {}, OrphansOf::kEveryone, kNow, {}).error().kind,
            ErrorKind::kInvalidInput);
}

TEST(EnrichmentCommitTest, ComesBackFromJson) {
  const EnrichmentCommit commit = {.operation_id = 7,
                                   .commit_path = "a/_commits/op-7.json",
                                   .files = {{"a/b.parquet", "{\"id\":\"x\"}"}}};
  const Result<EnrichmentCommit> back = EnrichmentCommit::FromJson(commit.ToJson());
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->operation_id, 7);
  EXPECT_EQ(back->commit_path, "a/_commits/op-7.json");
  ASSERT_THAT(back->files, SizeIs(1));
  EXPECT_EQ(back->files[0].relative_path, "a/b.parquet");
  EXPECT_EQ(back->files[0].state, "{\"id\":\"x\"}");
  EXPECT_EQ(EnrichmentCommit::FromJson({{"operation_id", "7"}}).error().kind,
            ErrorKind::kInvalidInput);
}

TEST(NormalizePrefixTest, JoinsLowerCaseWordsBehindAnUnderscore) {
  EXPECT_EQ(*NormalizePrefix("Orders 2024"), "_orders_2024");
  EXPECT_EQ(*NormalizePrefix("_orders_2024"), "_orders_2024");
  EXPECT_EQ(*NormalizePrefix("__Orders--EU__"), "_orders_eu");
  EXPECT_EQ(*NormalizePrefix("orderItems"), "_order_items");
  EXPECT_EQ(*NormalizePrefix("HTTPServer"), "_http_server");
  EXPECT_EQ(*NormalizePrefix("s3Data"), "_s3_data");
  EXPECT_EQ(*NormalizePrefix("../etc/passwd"), "_etc_passwd");
  EXPECT_EQ(*NormalizePrefix("Aufträge"), "_auftr_ge");
}

TEST(NormalizePrefixTest, RefusesWhatLeavesNoNameOrIsTooLong) {
  EXPECT_EQ(NormalizePrefix("").error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(NormalizePrefix(" _-/").error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(NormalizePrefix("注文").error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(NormalizePrefix(std::string(59, 'a')).value_or(""), "_" + std::string(59, 'a'));
  EXPECT_EQ(NormalizePrefix(std::string(60, 'a')).error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::operations
