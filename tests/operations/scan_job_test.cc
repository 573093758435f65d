#include <fmt/format.h>
#include <gmock/gmock.h>

#include "operations/check_records.h"
#include "operations/enrichment_recovery.h"
#include "operations/scan_records.h"
#include "store/enrichment_commits.h"
#include "store/users.h"
#include "tests/duckdb_rows.h"
#include "tests/operations/jobs_fixture.h"

namespace assay::operations {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ScanJobTest : public JobsTest {
 protected:
  void SetUp() override {
    Write("orders_1.csv", "id,quantity\n1,5\n2,\n3,-4\n");
    Write("orders_2.csv", "id,quantity\n4,7\n5,8\n");
    ASSERT_TRUE(Run("sync"));
    container_ = Find("orders_*.csv").id;
    not_null_ = AddCheck(container_, "notNull", "quantity").id;
    not_negative_ = AddCheck(container_, "notNegative", "quantity").id;
  }

  std::vector<store::Anomaly> Anomalies(store::Archived archived = store::Archived::kExclude) {
    store::AnomalyFilter filter;
    filter.archived = archived;
    filter.order = store::SortOrder::kAscending;
    return store::Anomalies(database()).List(filter, {.page = 1, .size = 1000}).value().items;
  }

  std::vector<std::string> Statuses() {
    std::vector<std::string> statuses;
    for (const auto& anomaly : Anomalies(store::Archived::kInclude)) {
      statuses.push_back(anomaly.status);
    }
    return statuses;
  }

  int64_t LinkEnrichment() {
    const int64_t enrichment = AddFolder("enrichment", true);
    EXPECT_TRUE(store::Datastores(database()).LinkEnrichment(source_, enrichment));
    return enrichment;
  }

  /// Relative paths of what readers of the enrichment see.
  std::vector<std::string> VisibleFiles() {
    std::vector<std::string> files;
    const auto root = directory_ / "enrichment";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      const std::string path = entry.path().lexically_relative(root).string();
      if (entry.is_regular_file() && !path.starts_with(".") && !path.contains("/.")) {
        files.push_back(path);
      }
    }
    std::ranges::sort(files);
    return files;
  }

  int64_t container_ = 0, not_null_ = 0, not_negative_ = 0;
};

TEST_F(ScanJobTest, StoresAnomaliesWithTheirRows) {
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "");
  const auto anomalies = Anomalies();
  ASSERT_EQ(anomalies.size(), 2u);
  const store::Anomaly& null_row = anomalies[0];
  EXPECT_EQ(null_row.type, "record");
  EXPECT_EQ(null_row.relative_path, "orders_1.csv");
  EXPECT_EQ(null_row.operation_id, last_.id);
  EXPECT_EQ(null_row.anomalous_records_count, 1);
  EXPECT_NE(null_row.message, "");
  EXPECT_FALSE(null_row.source_enriched);
  ASSERT_EQ(null_row.failed_checks.size(), 1u);
  EXPECT_EQ(null_row.failed_checks[0].check_id, not_null_);
  // Rule weight 1 to 3, and 12 for an authored check with anomalies.
  EXPECT_GE(null_row.weight, 13);
  const auto sources = store::Anomalies(database()).SourceRecords(null_row.id).value();
  ASSERT_EQ(sources.size(), 1u);
  EXPECT_EQ(sources[0].row_number, 1);
  EXPECT_EQ(sources[0].record["id"], 2);
  EXPECT_THAT(sources[0].failing_fields, ElementsAre("quantity"));
  EXPECT_EQ(anomalies[1].failed_checks[0].check_id, not_negative_);
}

/// Orders whose cards and addresses are planted values, and fail checks.
class MaskedScanTest : public ScanJobTest {
 protected:
  void SetUp() override {
    std::string text = "id,contact,card\n";
    for (int i = 0; i < 40; ++i)
      text += fmt::format("{},planted{}@example.org,411111111111111{}\n", i, i, i < 20 ? 1 : 2);
    Write("customers.csv", text);
    ASSERT_TRUE(Run("sync"));
    container_ = Find("customers.csv").id;
    AddCheck(container_, "lessThan", "card", {{"value", 1000}, {"inclusive", true}});
    AddCheck(container_, "matchesPattern", "contact", {{"pattern", "^[a-z]+[0-3]?[0-8]@"}});
    AddCheck(container_, "sum", "card", {{"value", 1}});
    AddCheck(container_, "distinctCount", "contact", {{"value", 3}});
    AddCheck(container_, "expectedValues", "contact", {{"list", {"x"}}});
    AddCheck(container_, "unique", "card");
    LinkEnrichment();
  }

  void SetMasking(const Json& masking) {
    store::Datastore datastore = store::Datastores(database()).Get(source_).value();
    datastore.masking = masking;
    ASSERT_TRUE(store::Datastores(database()).Update(datastore));
  }

  /// All that a scan stored and wrote, as text.
  std::string Everything() {
    std::string text;
    for (const store::Anomaly& anomaly : Anomalies()) {
      text += anomaly.message + "\n";
      for (const auto& failed : anomaly.failed_checks) text += failed.message + "\n";
      for (const auto found = store::Anomalies(database()).SourceRecords(anomaly.id).value();
           const auto& source : found)
        text += PrintJson(source.record) + "\n";
    }
    for (const auto found = store::ContainerScans(database()).OfOperation(last_.id).value();
         const auto& scan : found) {
      for (const auto found = store::ContainerScans(database()).Metrics(scan.id).value();
           const auto& metric : found)
        text += metric.assertion_details + "\n";
    }
    for (const std::string& file : VisibleFiles()) {
      if (!file.ends_with(".parquet")) continue;
      const std::string path = (directory_ / "enrichment" / file).string();
      for (const std::string& row : DuckDbRows("SELECT * FROM '" + path + "'"))
        text += row + "\n";
    }
    return text;
  }
};

TEST_F(MaskedScanTest, WithoutAPolicyValuesAreShown) {
  ASSERT_TRUE(Run("scan"));
  EXPECT_THAT(Everything(), HasSubstr("planted7@example.org"));
  EXPECT_THAT(Everything(), HasSubstr("4111111111111111"));
}

TEST_F(MaskedScanTest, NoMaskedValueLeaves) {
  ASSERT_TRUE(Run("scan"));
  std::vector<int64_t> fingerprints;
  for (const store::Anomaly& anomaly : Anomalies()) fingerprints.push_back(anomaly.fingerprint);
  std::filesystem::remove_all(directory_ / "enrichment");
  std::filesystem::create_directories(directory_ / "enrichment");
  for (const store::Anomaly& anomaly : Anomalies())
    ASSERT_TRUE(store::Anomalies(database()).Delete(anomaly.id));

  SetMasking({{"sensitive", "full"}});
  ASSERT_TRUE(Run("scan"));
  const std::string everything = Everything();
  EXPECT_THAT(everything, testing::Not(HasSubstr("planted")));
  EXPECT_THAT(everything, testing::Not(HasSubstr("41111111")));
  EXPECT_THAT(everything, HasSubstr("***MASKED***"));
  // What only counts is told.
  EXPECT_THAT(everything,
              HasSubstr("the number of different values of contact is not 3: it is 40"));
  // The same anomalies as without the policy.
  std::vector<int64_t> masked;
  for (const store::Anomaly& anomaly : Anomalies()) masked.push_back(anomaly.fingerprint);
  EXPECT_THAT(masked, testing::UnorderedElementsAreArray(fingerprints));
}

TEST_F(MaskedScanTest, HashesAreTheSameInEveryScan) {
  SetMasking({{"email", "hash"}, {"card", "last4"}});
  ASSERT_TRUE(Run("scan"));
  const std::string first = Everything();
  EXPECT_THAT(first, testing::ContainsRegex("hash:[0-9a-f]{16}"));
  EXPECT_THAT(first, HasSubstr("***1111"));
  EXPECT_THAT(first, testing::Not(HasSubstr("planted")));
  EXPECT_THAT(first, testing::Not(HasSubstr("4111111111111111")));
  const std::string hash = first.substr(first.find("hash:"), 21);
  ASSERT_TRUE(Run("scan"));
  EXPECT_THAT(Everything(), HasSubstr(hash));
}

TEST_F(MaskedScanTest, AFieldThatPeopleMaskedIsHiddenWithoutPolicy) {
  ASSERT_TRUE(Run("profile"));
  for (const auto found = store::FieldRecords(database()).OfContainer(container_).value();
       const auto& field : found) {
    if (field.name == "contact")
      ASSERT_TRUE(store::FieldRecords(database()).SetStatus(field.id, "Masked"));
  }
  ASSERT_TRUE(Run("scan"));
  EXPECT_THAT(Everything(), testing::Not(HasSubstr("planted")));
  EXPECT_THAT(Everything(), HasSubstr("4111111111111111"));
}

TEST_F(ScanJobTest, StoresTheScanAndTheOutcomeOfEachCheck) {
  AddCheck(container_, "unique", "id");
  ASSERT_TRUE(Run("scan"));
  EXPECT_EQ(last_.counters.total_containers, 1);
  EXPECT_EQ(last_.counters.containers_analyzed, 1);
  EXPECT_EQ(last_.counters.partitions_scanned, 2);
  EXPECT_EQ(last_.counters.records_processed, 5);
  EXPECT_EQ(last_.counters.anomalies_identified, 2);
  const auto scans = store::ContainerScans(database()).OfOperation(last_.id).value();
  ASSERT_EQ(scans.size(), 1u);
  EXPECT_EQ(scans[0].result, "success");
  EXPECT_EQ(scans[0].records_processed, 5);
  EXPECT_EQ(scans[0].anomaly_count, 2);
  const auto metrics = store::ContainerScans(database()).Metrics(scans[0].id).value();
  ASSERT_EQ(metrics.size(), 3u);
  EXPECT_EQ(metrics[0].assertion_result, "failed");
  EXPECT_EQ(metrics[0].asserted_records, 5);
  EXPECT_EQ(metrics[0].anomalous_records, 1);
  EXPECT_EQ(metrics[2].assertion_result, "passed");
  const auto check = store::QualityChecks(database()).Get(not_null_).value();
  EXPECT_EQ(check.is_passing, false);
  EXPECT_EQ(check.last_asserted, store::At(1000));
  EXPECT_EQ(check.active_anomaly_count, 1);
}

TEST_F(ScanJobTest, TakesMessagesAndAssigneesFromTheCheck) {
  store::User user;
  user.name = "ann";
  user.role = "Member";
  user.teams = {"Public"};
  const int64_t ann = store::Users(database()).Create(user).value().id;
  store::QualityChecks checks(database());
  store::QualityCheck check = checks.Get(not_negative_).value();
  check.anomaly_message_field = "id";
  check.default_anomaly_assignee_id = ann;
  ASSERT_TRUE(checks.Update(check));
  check = checks.Get(not_null_).value();
  check.anomaly_message_field = "quantity";
  check.default_anomaly_assignee_id = 99;
  ASSERT_TRUE(checks.Update(check));
  ASSERT_TRUE(Run("scan"));
  const auto found = Anomalies();
  ASSERT_EQ(found.size(), 2u);
  // The row's quantity is null: there is no message to take.
  EXPECT_THAT(found[0].message, HasSubstr("quantity"));
  EXPECT_THAT(found[0].assignee_ids, IsEmpty());
  EXPECT_EQ(found[1].message, "3");
  EXPECT_THAT(found[1].assignee_ids, ElementsAre(ann));
}

TEST_F(ScanJobTest, ComparesWithAContainerOfAnotherDatastore) {
  const int64_t other = AddFolder("reference", false);
  std::ofstream(directory_ / "reference" / "known.csv") << "id,name\n1,a\n2,b\n4,d\n";
  ASSERT_TRUE(RunOn(other, "sync"));
  const int64_t known = store::Containers(database()).FindByName(other, "known.csv").value().id;
  const int64_t check =
      AddCheck(container_, "existsIn", "id",
               {{"ref_datastore_id", other}, {"ref_container_id", known}, {"field_name", "id"}})
          .id;
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "");
  std::vector<std::string> messages;
  for (const auto& anomaly : Anomalies()) {
    for (const auto& failed : anomaly.failed_checks) {
      if (failed.check_id == check) messages.push_back(failed.message);
    }
  }
  EXPECT_THAT(messages,
              ElementsAre("id does not exist in id of known.csv (reference) (value 3)",
                          "id does not exist in id of known.csv (reference) (value 5)"));
}

TEST_F(ScanJobTest, ComparesWithAContainerOfTheSameDatastoreByName) {
  Write("known.csv", "id\n1\n2\n3\n4\n5\n");
  ASSERT_TRUE(Run("sync"));
  const int64_t check = AddCheck(container_, "existsIn", "id",
                                 {{"ref_container_name", "known.csv"}, {"field_name", "id"}})
                            .id;
  const int64_t by_datastore = AddCheck(container_, "existsIn", "id",
                                        {{"ref_datastore_name", "orders"},
                                         {"ref_container_name", "known.csv"},
                                         {"field_name", "id"}})
                                   .id;
  ASSERT_TRUE(Run("scan"));
  EXPECT_EQ(store::QualityChecks(database()).Get(check).value().is_passing, true);
  EXPECT_EQ(store::QualityChecks(database()).Get(by_datastore).value().is_passing, true);
}

TEST_F(ScanJobTest, AReferenceThatCannotBeOpenedStopsNoOtherCheck) {
  Write("known.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  const int64_t other = AddFolder("gone", false);
  store::Container lost;
  lost.datastore_id = other;
  lost.name = "lost.csv";
  const int64_t missing = store::Containers(database()).Create(lost).value().id;
  const int64_t deleted = Find("known.csv").id;
  AddCheck(
      container_, "existsIn", "id",
      {{"ref_datastore_name", "nowhere"}, {"ref_container_name", "a"}, {"field_name", "id"}});
  const auto reference = [](int64_t id) {
    return Json{{"ref_container_id", id}, {"field_name", "id"}};
  };
  AddCheck(container_, "existsIn", "id", reference(deleted));
  AddCheck(container_, "notExistsIn", "id", reference(missing));
  AddCheck(container_, "existsIn", "id", reference(999));
  ASSERT_TRUE(store::Containers(database()).MarkDeleted(deleted, store::At(2)));
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "orders_*.csv: 4 checks could not be asserted");
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("the container was deleted")));
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("it is not in the datastore any more")));
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("999")));
  EXPECT_EQ(Anomalies().size(), 2u);
}

TEST_F(ScanJobTest, TellsWhichRecordsDifferFromThoseOfAnotherContainer) {
  Write("replica.csv", "id,quantity\n1,5\n2,\n3,4\n4,7\n6,9\n");
  ASSERT_TRUE(Run("sync"));
  store::QualityCheck check = NewCheck(container_, "dataDiff", "quantity");
  check.properties = {{"ref_container_name", "replica.csv"}, {"row_identifiers", {"id"}}};
  check.id = store::QualityChecks(database()).Create(check).value().id;
  ASSERT_TRUE(Run("scan"));
  const auto anomalies = Anomalies();
  ASSERT_EQ(anomalies.size(), 3u);
  const store::Anomaly& anomaly = anomalies.back();
  EXPECT_EQ(anomaly.type, "shape");
  EXPECT_EQ(anomaly.message, "3 records differ between orders_*.csv (5) and replica.csv (5)");
  EXPECT_EQ(anomaly.anomalous_records_count, 3);
  std::vector<std::string> sources;
  for (const auto found = store::Anomalies(database()).SourceRecords(anomaly.id).value();
       const auto& source : found) {
    sources.push_back(fmt::format("{}:{} {}", source.relative_path, source.row_number,
                                  PrintJson(source.record)));
  }
  EXPECT_THAT(
      sources,
      ElementsAre(
          R"(orders_1.csv:2 {"_row_status":"changed","id":3,"quantity":{"left":-4,"right":4}})",
          R"(orders_2.csv:1 {"_row_status":"removed","id":5,"quantity":8})",
          R"(:-1 {"_row_status":"added","id":6,"quantity":9})"));
}

TEST_F(ScanJobTest, ComparesRecordsWithinMargins) {
  Write("seen.csv",
        "id,name,at,x\n1,Beth,2026-01-01T00:00:00.500Z,100\n"
        "2,Ana,2026-01-01T00:00:00Z,100\n3,,2026-01-01T00:00:00Z,7\n");
  Write("told.csv",
        "id,name,at,x\n1, Beth,2026-01-01T00:00:00.520Z,101\n"
        "2, Anna,2026-01-01T00:00:00Z,100\n3,,2026-01-01T00:00:01Z,8.5\n");
  ASSERT_TRUE(Run("sync"));
  store::QualityCheck check = NewCheck(Find("seen.csv").id, "dataDiff", "name");
  check.fields = {"name", "at", "x"};
  check.properties = {{"ref_container_name", "told.csv"},
                      {"row_identifiers", {"id"}},
                      {"numeric_comparator", {{"epsilon", 1}}},
                      {"duration_comparator", {{"millis", 25}}},
                      {"string_comparator", {{"ignore_whitespace", true}}}};
  ASSERT_TRUE(store::QualityChecks(database()).Create(check));
  const auto outcome = Run("scan", {{"container_names", {"seen.csv"}}});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "") << PrintJson(outcome->warnings);
  const auto anomalies = Anomalies();
  ASSERT_EQ(anomalies.size(), 1u);
  std::vector<std::vector<std::string>> failing;
  for (const auto& source :
       store::Anomalies(database()).SourceRecords(anomalies[0].id).value()) {
    failing.push_back(source.failing_fields);
  }
  EXPECT_THAT(failing, ElementsAre(ElementsAre("name"), ElementsAre("at", "x")));
}

TEST_F(ScanJobTest, StoresTheRowsThatAQueryReturns) {
  Write("known.csv", "id,name\n1,a\n2,b\n4,d\n");
  ASSERT_TRUE(Run("sync"));
  store::QualityCheck check = NewCheck(container_, "sqlAssertion", "id");
  check.fields.clear();
  check.properties = {
      {"query", "SELECT id FROM this ANTI JOIN known USING (id) ORDER BY id"},
      {"references",
       Json::array({Json::object({{"name", "known"}, {"ref_container_name", "known.csv"}})})}};
  const int64_t id = store::QualityChecks(database()).Create(check).value().id;
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  std::vector<std::string> messages;
  for (const auto& anomaly : Anomalies()) {
    for (const auto& failed : anomaly.failed_checks) {
      if (failed.check_id == id) messages.push_back(failed.message);
    }
  }
  EXPECT_THAT(messages, ElementsAre("the row is returned by the query (id 3)",
                                    "the row is returned by the query (id 5)"));
}

TEST_F(ScanJobTest, AnIncrementalScanComparesNoWholeContainers) {
  Write("replica.csv", "id,quantity\n1,5\n");
  ASSERT_TRUE(Run("sync"));
  AddCheck(container_, "dataDiff", "id", {{"ref_container_name", "replica.csv"}});
  const auto outcome = Run("scan", {{"greater_than_time", "2001-01-01T00:00:00Z"}});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("only a part was scanned")));
}

TEST_F(ScanJobTest, DraftsAreNotAsserted) {
  store::QualityChecks checks(database());
  store::QualityCheck draft = checks.Get(not_null_).value();
  draft.status = "Draft";
  ASSERT_TRUE(checks.Update(draft));
  ASSERT_TRUE(checks.Archive(not_negative_, "Discarded", "ana", store::At(1)));
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome);
  EXPECT_THAT(outcome->message, HasSubstr("no active checks"));
  EXPECT_THAT(Anomalies(), IsEmpty());
}

TEST_F(ScanJobTest, ACheckThatDoesNotFitIsReportedAndTheOthersRun) {
  AddCheck(container_, "notNull", "nowhere");
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->message, HasSubstr("1 check could not be asserted"));
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("nowhere")));
  EXPECT_EQ(Anomalies().size(), 2u);
}

TEST_F(ScanJobTest, RollsUpAboveTheThreshold) {
  std::string text = "id,quantity\n";
  for (int i = 0; i < 50; ++i) text += fmt::format("{},-1\n", i);
  Write("orders_2.csv", text);
  ASSERT_TRUE(
      Run("scan", {{"high_count_rollup_threshold", 5}, {"enrichment_source_record_limit", 3}}));
  const auto anomalies = Anomalies();
  ASSERT_EQ(anomalies.size(), 2u);
  EXPECT_TRUE(anomalies[1].is_rolled_up);
  EXPECT_EQ(anomalies[1].anomalous_records_count, 51);
  EXPECT_EQ(store::Anomalies(database()).SourceRecords(anomalies[1].id).value().size(), 3u);
}

TEST_F(ScanJobTest, ARepeatedScanMarksDuplicatesWhenAskedTo) {
  ASSERT_TRUE(Run("scan"));
  ASSERT_TRUE(Run("scan", {{"archive_duplicate_anomalies", true}}));
  EXPECT_THAT(Statuses(), ElementsAre("Active", "Active", "Duplicate", "Duplicate"));
}

TEST_F(ScanJobTest, ArchivedAnomaliesThatRecurAreActiveAgainWhenAskedTo) {
  ASSERT_TRUE(Run("scan"));
  store::Anomaly first = Anomalies().front();
  first.status = "Resolved";
  ASSERT_TRUE(store::Anomalies(database()).Update(first));
  ASSERT_TRUE(Run("scan", {{"reactivate_recurring_anomalies", true},
                           {"archive_duplicate_anomalies", true}}));
  EXPECT_THAT(Statuses(), ElementsAre("Active", "Active", "Duplicate", "Duplicate"));
}

TEST_F(ScanJobTest, CorrectedRowsResolveTheirAnomalies) {
  ASSERT_TRUE(Run("scan"));
  Write("orders_1.csv", "id,quantity\n1,5\n2,6\n3,-4\n");
  ASSERT_TRUE(Run("scan", {{"archive_duplicate_anomalies", true}}));
  EXPECT_THAT(Statuses(), ElementsAre("Resolved", "Active", "Duplicate"));
  EXPECT_EQ(Anomalies(store::Archived::kOnly).front().resolved_by_operation_id, last_.id);
}

TEST_F(ScanJobTest, NothingIsResolvedByAScanThatCouldNotReadEverything) {
  Write("orders_2.csv", "id,quantity\n4,\n5,8\n");
  ASSERT_TRUE(Run("scan"));
  ASSERT_EQ(Anomalies().size(), 3u);
  Write("orders_2.csv", "something,else,entirely\nx,y,z\n");
  const auto outcome = Run("scan", {{"archive_duplicate_anomalies", true}});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->message, HasSubstr("left out"));
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("orders_2.csv")));
  EXPECT_THAT(Statuses(), ElementsAre("Active", "Active", "Active", "Duplicate", "Duplicate"));
}

TEST_F(ScanJobTest, IncrementalScansReadOnlyNewerFiles) {
  ASSERT_TRUE(Run("scan", {{"incremental", true}}));
  EXPECT_EQ(last_.counters.records_processed, 5);
  ASSERT_TRUE(Run("scan", {{"incremental", true}}));
  EXPECT_EQ(last_.counters.records_processed, 0);
  Write("orders_3.csv", "id,quantity\n9,\n");
  std::filesystem::last_write_time(
      directory_ / "orders" / "orders_3.csv",
      std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  ASSERT_TRUE(Run("scan", {{"incremental", true}}));
  EXPECT_EQ(last_.counters.records_processed, 1);
  EXPECT_EQ(Anomalies().size(), 3u);
}

TEST_F(ScanJobTest, AStoppedScanLeavesNothing) {
  LinkEnrichment();
  stopped_ = true;
  EXPECT_EQ(Run("scan").error().kind, ErrorKind::kCancelled);
  EXPECT_THAT(Anomalies(), IsEmpty());
  EXPECT_THAT(VisibleFiles(), IsEmpty());
}

TEST_F(ScanJobTest, WritesEnrichmentOnceItIsRemembered) {
  LinkEnrichment();
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "");
  const auto record = store::EnrichmentCommits(database()).Get(last_.id).value();
  EXPECT_EQ(record.published, store::At(1000));
  EXPECT_EQ(record.prefix, "_orders");
  EXPECT_TRUE(Anomalies().front().source_enriched);
  EXPECT_THAT(VisibleFiles(), Contains(fmt::format("orders/_commits/op-{}.json", last_.id)));
  EXPECT_THAT(VisibleFiles(),
              Contains(HasSubstr("orders/check_metrics/operation_date=2026-01-31/op-")));
}

TEST_F(ScanJobTest, ARunThatDiedAfterStoringIsOnlyPublished) {
  LinkEnrichment();
  ASSERT_TRUE(Run("scan"));
  const int64_t id = last_.id;
  const auto before = Anomalies();
  const auto files = VisibleFiles();
  const store::OperationCounters counters = last_.counters;
  store::EnrichmentCommitRecord record = store::EnrichmentCommits(database()).Get(id).value();
  record.published.reset();
  ASSERT_TRUE(store::EnrichmentCommits(database()).Put(record));
  const auto outcome = RunAgain(id);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(last_.counters, counters);
  EXPECT_TRUE(store::EnrichmentCommits(database()).Get(id).value().published);
  ASSERT_EQ(Anomalies().size(), before.size());
  EXPECT_EQ(Anomalies().front().uuid, before.front().uuid);
  EXPECT_EQ(VisibleFiles(), files);
}

TEST_F(ScanJobTest, AStartRollsRecordedCommitsForward) {
  LinkEnrichment();
  ASSERT_TRUE(Run("scan"));
  store::EnrichmentCommitRecord record =
      store::EnrichmentCommits(database()).Get(last_.id).value();
  record.published.reset();
  ASSERT_TRUE(store::EnrichmentCommits(database()).Put(record));
  EXPECT_THAT(RecoverEnrichment(datastores_, database(), store::At(2000), {}), IsEmpty());
  EXPECT_EQ(store::EnrichmentCommits(database()).Get(last_.id).value().published,
            store::At(2000));
}

TEST_F(ScanJobTest, AnUnreachableEnrichmentStoreKeepsTheResults) {
  LinkEnrichment();
  std::filesystem::remove_all(directory_ / "enrichment");
  std::ofstream(directory_ / "enrichment") << "a file where the folder was";
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->message, HasSubstr("enrichment was not written"));
  EXPECT_EQ(Anomalies().size(), 2u);
  EXPECT_FALSE(Anomalies().front().source_enriched);
}

TEST_F(ScanJobTest, FilesWhoseEnrichmentWasNotWrittenAreReadAgain) {
  LinkEnrichment();
  std::filesystem::remove_all(directory_ / "enrichment");
  const auto failed = Run("scan", {{"incremental", true}});
  ASSERT_TRUE(failed) << failed.error().message;
  EXPECT_THAT(failed->message, HasSubstr("the next incremental scan reads these files again"));
  EXPECT_EQ(Find("orders_*.csv").incremental_checkpoint, std::nullopt);
  std::filesystem::create_directories(directory_ / "enrichment");
  ASSERT_TRUE(Run("scan", {{"incremental", true}}));
  EXPECT_EQ(last_.counters.records_processed, 5);
  EXPECT_THAT(VisibleFiles(), Contains(fmt::format("orders/_commits/op-{}.json", last_.id)));
  EXPECT_NE(Find("orders_*.csv").incremental_checkpoint, std::nullopt);
}

TEST_F(ScanJobTest, ARecordedCommitIsPublishedInSpiteOfAnAbort) {
  LinkEnrichment();
  ASSERT_TRUE(Run("scan"));
  store::EnrichmentCommitRecord record =
      store::EnrichmentCommits(database()).Get(last_.id).value();
  record.published.reset();
  ASSERT_TRUE(store::EnrichmentCommits(database()).Put(record));
  stopped_ = true;
  const auto outcome = RunAgain(last_.id);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "");
  EXPECT_TRUE(store::EnrichmentCommits(database()).Get(last_.id).value().published);
}

TEST_F(ScanJobTest, WhatAnEarlierRunCouldNotPublishIsAWarning) {
  LinkEnrichment();
  ASSERT_TRUE(Run("scan"));
  const int64_t earlier = last_.id;
  store::EnrichmentCommitRecord record =
      store::EnrichmentCommits(database()).Get(earlier).value();
  ASSERT_TRUE(store::Queue(database()).Claim("worker", {"scan"}, store::At(1)).value());
  ASSERT_TRUE(store::Queue(database()).Finish(earlier, "worker", {}, store::At(2)));
  record.published.reset();
  record.commit["files"][0]["relative_path"] = "orders/gone.parquet";
  ASSERT_TRUE(store::EnrichmentCommits(database()).Put(record));
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(
      outcome->warnings,
      ElementsAre(HasSubstr(fmt::format("operation {} is not published yet", earlier))));
}

TEST_F(ScanJobTest, TheResultsOfAnotherInstallationAreNotOverwritten) {
  LinkEnrichment();
  const auto commits = directory_ / "enrichment" / "orders" / "_commits";
  std::filesystem::create_directories(commits);
  // Its next operations would have these numbers.
  for (int id = 1; id < 10; ++id)
    std::ofstream(commits / fmt::format("op-{}.json", id)) << "{}";
  const auto files = VisibleFiles();
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->message, HasSubstr("choose another enrichment prefix or root"));
  EXPECT_FALSE(Anomalies().front().source_enriched);
  EXPECT_EQ(VisibleFiles(), files);
}

TEST_F(ScanJobTest, PartsOfTheEnrichmentLieInTheDataDirectory) {
  LinkEnrichment();
  const std::string before = std::filesystem::temp_directory_path();
  setenv("TMPDIR", "/nowhere", 1);
  const auto outcome = Run("scan");
  setenv("TMPDIR", before.c_str(), 1);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "");
  EXPECT_TRUE(std::filesystem::is_empty(directory_ / "tmp"));
}

/// The scan as ScanContainer hands it over, for what happens between that and storing it.
class StoreScanTest : public ScanJobTest {
 protected:
  static FailedCheck Failed(size_t index) {
    return {.check_index = index, .message = "it is wrong"};
  }

  FinishedScan Finished() {
    FinishedScan finished;
    finished.container = store::Containers(database()).Get(container_).value();
    finished.checks = store::QualityChecks(database()).ActiveOf(container_).value();
    for (const store::QualityCheck& check : finished.checks) {
      CheckResult& result = finished.scan.checks.emplace_back();
      result.check = ToScanCheck(check);
      result.outcome.assertion = engine::CheckOutcome::Assertion::kFailed;
    }
    for (const std::vector<FailedCheck>& failed :
         {std::vector{Failed(0)}, std::vector{Failed(0), Failed(1)}, std::vector{Failed(1)}}) {
      Anomaly& anomaly = finished.scan.anomalies.emplace_back();
      anomaly.uuid = NewUuid();
      anomaly.failed_checks = failed;
    }
    return finished;
  }

  Status Store(const FinishedScan& finished) {
    ScanStorageSettings settings;
    settings.operation_id = AddOperation(source_, "scan").id;
    settings.now = store::At(5);
    return database().InTransaction([&](store::Access& transaction) -> Status {
      return StoreScan(transaction, finished, settings);
    });
  }

  store::ContainerScan LastScan() {
    return store::ContainerScans(database())
        .List({container_}, {.page = 1, .size = 1})
        .value()
        .items.at(0);
  }
};

TEST_F(StoreScanTest, ResultsOfACheckThatWasDeletedMeanwhileAreLeftOut) {
  const FinishedScan finished = Finished();
  ASSERT_TRUE(store::QualityChecks(database()).Delete(not_null_));
  const Status stored = Store(finished);
  ASSERT_TRUE(stored) << stored.error().message;
  EXPECT_EQ(LastScan().anomaly_count, 2);
  EXPECT_EQ(store::ContainerScans(database()).Metrics(LastScan().id).value().size(), 1u);
  const auto anomalies = Anomalies();
  ASSERT_EQ(anomalies.size(), 2u);
  ASSERT_EQ(anomalies[0].failed_checks.size(), 2u);
  EXPECT_EQ(anomalies[0].failed_checks[0].check_id, std::nullopt);
  EXPECT_EQ(anomalies[0].failed_checks[0].rule_type, "notNull");
  EXPECT_EQ(anomalies[0].failed_checks[1].check_id, not_negative_);
  EXPECT_EQ(anomalies[1].failed_checks.size(), 1u);
}

TEST_F(ScanJobTest, ACheckWithoutRowsHolds) {
  store::QualityCheck check = NewCheck(container_, "between", "quantity");
  check.properties = {{"min", 0}, {"max", 9}};
  check.filter = "id > 1000";
  const int64_t id = store::QualityChecks(database()).Create(check).value().id;
  const auto outcome = Run("scan");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "");
  EXPECT_EQ(store::QualityChecks(database()).Get(id).value().is_passing, true);
  const auto scans = store::ContainerScans(database()).OfOperation(last_.id).value();
  const auto metrics = store::ContainerScans(database()).Metrics(scans.at(0).id).value();
  ASSERT_EQ(metrics.size(), 3u);
  EXPECT_EQ(metrics[2].assertion_result, "unasserted");
  EXPECT_EQ(metrics[2].asserted_records, 0);
  EXPECT_EQ(metrics[2].assertion_details, "");
}

}  // namespace
}  // namespace assay::operations
