// Quality checks, scans, anomalies and enrichment commits.

#include <gmock/gmock.h>

#include "store/enrichment_commits.h"
#include "store/queue.h"
#include "store/tags.h"
#include "store/users.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class FindingsTest : public StoreTest {
 protected:
  NewAnomaly NewFinding(int64_t check_id, int64_t fingerprint, int64_t seconds = 0) {
    NewAnomaly added;
    Anomaly& anomaly = added.anomaly;
    anomaly.uuid = NewUuid();
    anomaly.created = At(seconds);
    anomaly.container_id = container_;
    anomaly.operation_id = operation_;
    anomaly.container_scan_id = scan_;
    anomaly.type = "record";
    anomaly.anomalous_records_count = 1;
    anomaly.fingerprint = fingerprint;
    anomaly.weight = fingerprint;
    anomaly.failed_checks = {
        {.check_id = check_id, .rule_type = "notNull", .message = "is null"}};
    added.source_records = {{.relative_path = "a.csv",
                             .row_number = fingerprint,
                             .failing_fields = {"id"},
                             .record = {{"id", nullptr}}}};
    return added;
  }

  int64_t Add(int64_t check_id, int64_t fingerprint, int64_t seconds = 0) {
    return Anomalies(database())
        .Add({NewFinding(check_id, fingerprint, seconds)})
        .value()
        .at(0);
  }

  std::string StatusOf(int64_t id) { return Anomalies(database()).Get(id).value().status; }

  void SetStatus(int64_t id, const std::string& status) {
    Anomaly anomaly = Anomalies(database()).Get(id).value();
    anomaly.status = status;
    ASSERT_TRUE(Anomalies(database()).Update(anomaly));
  }

  const int64_t datastore_ = AddDatastore("orders").id;
  const int64_t container_ = AddContainer(datastore_, "a.csv").id;
  const int64_t operation_ = AddOperation(datastore_, "scan").id;
  const int64_t scan_ = AddScan(operation_, container_);
  QualityChecks checks_{database()};
  Anomalies anomalies_{database()};
};

using QualityChecksTest = FindingsTest;

TEST_F(QualityChecksTest, ComesBackAsItWasStored) {
  QualityCheck check = NewCheck(container_, "between", "qty");
  check.filter = "status = 'open'";
  check.coverage = 0.95;
  check.properties = {{"min", 5}, {"max", 20}};
  check.description = "qty";
  check.additional_metadata = {{"owner", "ops"}};
  check.tags = {"critical"};
  check.owner_id = 4;
  const QualityCheck found = checks_.Get(checks_.Create(check).value().id).value();
  EXPECT_EQ(found.rule_type, "between");
  EXPECT_THAT(found.fields, ElementsAre("qty"));
  EXPECT_EQ(found.filter, "status = 'open'");
  EXPECT_EQ(found.coverage, 0.95);
  EXPECT_EQ(found.properties, check.properties);
  EXPECT_EQ(found.additional_metadata, check.additional_metadata);
  EXPECT_THAT(found.tags, ElementsAre("critical"));
  EXPECT_EQ(found.owner_id, 4);
  EXPECT_EQ(found.container_name, "a.csv");
  EXPECT_EQ(found.datastore_id, datastore_);
  EXPECT_EQ(found.is_passing, std::nullopt);
}

TEST_F(QualityChecksTest, TheSameAssertionIsRefusedWhileOneIsInForce) {
  QualityCheck check = NewCheck(container_, "between", "a");
  check.fields = {"a", "b"};
  check.properties = {{"min", 1}, {"max", 2}};
  const int64_t first = checks_.Create(check).value().id;
  check.fields = {"b", "a"};
  check.properties = {{"max", 2}, {"min", 1}};
  EXPECT_EQ(checks_.Create(check).error().kind, ErrorKind::kConflict);
  check.filter = "a > 0";
  const int64_t filtered = checks_.Create(check).value().id;
  QualityCheck edited = checks_.Get(filtered).value();
  edited.filter = std::nullopt;
  EXPECT_EQ(checks_.Update(edited).error().kind, ErrorKind::kConflict);
  ASSERT_TRUE(checks_.Archive(first, "Invalid", "ana", At(1)));
  EXPECT_TRUE(checks_.Update(edited));
}

TEST_F(QualityChecksTest, RefusesUnknownStatusAndContainer) {
  QualityCheck check = NewCheck(container_, "notNull", "id");
  check.status = "Odd";
  EXPECT_EQ(checks_.Create(check).error().kind, ErrorKind::kInvalidInput);
  check.status = "Active";
  check.container_id = 99;
  EXPECT_EQ(checks_.Create(check).error().kind, ErrorKind::kInvalidInput);
  const int64_t id = AddCheck(container_, "notNull", "id").id;
  EXPECT_EQ(checks_.Archive(id, "Active", "ana", At(0)).error().kind, ErrorKind::kInvalidInput);
}

TEST_F(QualityChecksTest, ListsByFilter) {
  const int64_t first = AddCheck(container_, "notNull", "id").id;
  QualityCheck draft = NewCheck(container_, "unique", "qty");
  draft.status = "Draft";
  draft.tags = {"gold"};
  draft.inferred = true;
  const int64_t second = checks_.Create(draft).value().id;
  const int64_t third = AddCheck(container_, "unique", "id").id;
  ASSERT_TRUE(checks_.Archive(third, "Discarded", "ana", At(1)));
  const auto ids = [&](const QualityCheckFilter& filter) {
    std::vector<int64_t> found;
    const auto page = checks_.List(filter, {}).value();
    for (const auto& each : page.items) found.push_back(each.id);
    EXPECT_EQ(page.total, static_cast<int64_t>(found.size()));
    return found;
  };
  QualityCheckFilter filter;
  EXPECT_THAT(ids(filter), ElementsAre(first, second));
  filter.archived = Archived::kOnly;
  EXPECT_THAT(ids(filter), ElementsAre(third));
  filter = {};
  filter.statuses = {"Draft", "Discarded"};
  EXPECT_THAT(ids(filter), ElementsAre(second, third));
  filter = {};
  filter.fields = {"qty"};
  EXPECT_THAT(ids(filter), ElementsAre(second));
  filter = {};
  filter.tags = {"gold"};
  EXPECT_THAT(ids(filter), ElementsAre(second));
  filter = {};
  filter.inferred = false;
  filter.archived = Archived::kInclude;
  filter.rule_types = {"unique"};
  EXPECT_THAT(ids(filter), ElementsAre(third));
  filter = {};
  filter.datastore_ids = {99};
  EXPECT_THAT(ids(filter), IsEmpty());
  EXPECT_EQ(checks_.ActiveOf(container_).value().size(), 1u);
  EXPECT_EQ(checks_.AllOf(container_).value().size(), 3u);
}

TEST_F(QualityChecksTest, CountsItsAnomaliesAndAssertions) {
  const int64_t id = AddCheck(container_, "notNull", "id").id;
  Add(id, 1);
  SetStatus(Add(id, 2), "Resolved");
  ASSERT_TRUE(checks_.RecordAssertions({{.check_id = id, .passed = false}}, At(3)));
  ASSERT_TRUE(checks_.RecordAssertions({{.check_id = id, .passed = std::nullopt}}, At(4)));
  const QualityCheck check = checks_.Get(id).value();
  EXPECT_EQ(check.anomaly_count, 2);
  EXPECT_EQ(check.active_anomaly_count, 1);
  EXPECT_EQ(check.is_passing, false);
  EXPECT_EQ(check.last_asserted, At(3));
  EXPECT_EQ(check.num_container_scans, 1);
}

TEST_F(QualityChecksTest, DeleteTakesAnomaliesThatFailNothingElse) {
  const int64_t first = AddCheck(container_, "notNull", "id").id;
  const int64_t second = AddCheck(container_, "unique", "id").id;
  const int64_t alone = Add(first, 1);
  NewAnomaly both = NewFinding(first, 2);
  both.anomaly.failed_checks.push_back(
      {.check_id = second, .rule_type = "unique", .message = "m"});
  const int64_t shared = anomalies_.Add({both}).value().at(0);
  ASSERT_TRUE(checks_.Delete(first));
  EXPECT_EQ(anomalies_.Get(alone).error().kind, ErrorKind::kNotFound);
  const Anomaly left = anomalies_.Get(shared).value();
  ASSERT_EQ(left.failed_checks.size(), 2u);
  EXPECT_EQ(left.failed_checks[0].check_id, std::nullopt);
  EXPECT_EQ(left.failed_checks[0].rule_type, "notNull");
  EXPECT_EQ(left.failed_checks[1].check_id, second);
}

TEST_F(QualityChecksTest, WeighsRuleOriginAnomaliesAndTags) {
  Tags tags(database());
  ASSERT_TRUE(tags.Create({.name = "plus two", .weight_modifier = 2}));
  ASSERT_TRUE(tags.Create({.name = "plus ten", .weight_modifier = 10}));
  // The example of the platform: an authored check of weight 2 with a tag, then its
  // container's.
  QualityCheck check = NewCheck(container_, "isCreditCard", "id");
  check.rule_weight = 2;
  check.tags = {"plus two"};
  const int64_t authored = checks_.Create(check)->id;
  EXPECT_EQ(checks_.Get(authored)->weight(), 13);
  ASSERT_TRUE(tags.Assign(TaggedKind::kContainer, container_, {"plus ten"}, At(0)));
  EXPECT_EQ(checks_.Get(authored)->weight(), 23);
  Add(authored, 1);
  EXPECT_EQ(checks_.Get(authored)->weight(), 26);
  QualityCheck inferred = NewCheck(container_, "notNull", "id");
  inferred.inferred = true;
  const int64_t quiet = checks_.Create(inferred)->id;
  EXPECT_EQ(checks_.Get(quiet)->weight(), 11);
  inferred.fields = {"name"};
  const int64_t loud = checks_.Create(inferred)->id;
  Add(loud, 2);
  EXPECT_EQ(checks_.Get(loud)->weight(), 17);

  QualityCheckFilter filter;
  filter.sort = QualityCheckFilter::Sort::kWeight;
  filter.order = SortOrder::kDescending;
  const auto page = checks_.List(filter, {});
  std::vector<int64_t> sorted;
  for (const QualityCheck& each : page->items) sorted.push_back(each.id);
  EXPECT_THAT(sorted, ElementsAre(authored, loud, quiet));
}

TEST_F(QualityChecksTest, ListsByOwnerMarkImportanceAndAssertedState) {
  QualityCheck check = NewCheck(container_, "notNull", "id");
  check.owner_id = 4;
  const int64_t failed = checks_.Create(check)->id;
  check.fields = {"name"};
  check.inferred = true;
  check.owner_id = 5;
  const int64_t passed = checks_.Create(check)->id;
  check.fields = {"city"};
  const int64_t fresh = checks_.Create(check)->id;
  Add(failed, 1);
  ASSERT_TRUE(checks_.RecordAssertions(
      {{.check_id = failed, .passed = false}, {.check_id = passed, .passed = true}}, At(1)));
  ASSERT_TRUE(checks_.SetFavorite(fresh, true));
  EXPECT_EQ(checks_.SetFavorite(99, true).error().kind, ErrorKind::kNotFound);
  const auto ids = [&](const QualityCheckFilter& filter) {
    const auto page = checks_.List(filter, {});
    std::vector<int64_t> found;
    for (const QualityCheck& each : page->items) found.push_back(each.id);
    return found;
  };
  using Asserted = QualityCheckFilter::Asserted;
  EXPECT_THAT(ids({.favorite = true}), ElementsAre(fresh));
  EXPECT_THAT(ids({.favorite = false}), ElementsAre(failed, passed));
  EXPECT_THAT(ids({.important = true}), ElementsAre(failed));
  EXPECT_THAT(ids({.important = false}), ElementsAre(passed, fresh));
  EXPECT_THAT(ids({.owner_ids = {4}}), ElementsAre(failed));
  EXPECT_THAT(ids({.asserted = {Asserted::kFailed}}), ElementsAre(failed));
  EXPECT_THAT(ids({.asserted = {Asserted::kPassed}}), ElementsAre(passed));
  EXPECT_THAT(ids({.asserted = {Asserted::kNotYet, Asserted::kPassed}}),
              ElementsAre(passed, fresh));
}

using AnomaliesTest = FindingsTest;

TEST_F(AnomaliesTest, ComesBackAsItWasStored) {
  const int64_t check = AddCheck(container_, "notNull", "id").id;
  NewAnomaly added = NewFinding(check, INT64_MIN);
  added.anomaly.message = "id is null";
  added.anomaly.relative_path = "a.csv";
  added.anomaly.is_rolled_up = true;
  added.anomaly.source_enriched = true;
  const int64_t id = anomalies_.Add({added}).value().at(0);
  const Anomaly found = anomalies_.Get(id).value();
  EXPECT_EQ(found.uuid, added.anomaly.uuid);
  EXPECT_EQ(found.fingerprint, INT64_MIN);
  EXPECT_EQ(found.message, "id is null");
  EXPECT_TRUE(found.is_rolled_up);
  EXPECT_TRUE(found.is_new);
  EXPECT_TRUE(found.source_enriched);
  EXPECT_EQ(found.datastore_id, datastore_);
  EXPECT_EQ(found.datastore_name, "orders");
  EXPECT_EQ(found.container_name, "a.csv");
  ASSERT_EQ(found.failed_checks.size(), 1u);
  EXPECT_EQ(found.failed_checks[0].message, "is null");
  const auto sources = anomalies_.SourceRecords(id).value();
  ASSERT_EQ(sources.size(), 1u);
  EXPECT_EQ(sources[0].relative_path, "a.csv");
  EXPECT_EQ(sources[0].row_number, INT64_MIN);
  EXPECT_THAT(sources[0].failing_fields, ElementsAre("id"));
  EXPECT_EQ(sources[0].record, (Json{{"id", nullptr}}));
  EXPECT_EQ(anomalies_.SourceRecords(99).error().kind, ErrorKind::kNotFound);
}

TEST_F(AnomaliesTest, UpdateWritesStatusTagsAndAssignees) {
  User ana;
  ana.name = "ana";
  ana = Users(database()).Create(ana).value();
  const int64_t id = Add(AddCheck(container_, "notNull", "id").id, 1);
  Anomaly anomaly = anomalies_.Get(id).value();
  anomaly.status = "Acknowledged";
  anomaly.description = "looking";
  anomaly.tags = {"gold"};
  anomaly.assignee_ids = {ana.id};
  anomaly.is_new = false;
  ASSERT_TRUE(anomalies_.Update(anomaly));
  const Anomaly found = anomalies_.Get(id).value();
  EXPECT_EQ(found.status, "Acknowledged");
  EXPECT_EQ(found.description, "looking");
  EXPECT_THAT(found.tags, ElementsAre("gold"));
  EXPECT_THAT(found.assignee_ids, ElementsAre(ana.id));
  EXPECT_FALSE(found.is_new);
  anomaly.assignee_ids = {99};
  EXPECT_EQ(anomalies_.Update(anomaly).error().kind, ErrorKind::kInvalidInput);
  anomaly.assignee_ids = {};
  anomaly.status = "Odd";
  EXPECT_EQ(anomalies_.Update(anomaly).error().kind, ErrorKind::kInvalidInput);
}

TEST_F(AnomaliesTest, ListsByFilterAndSort) {
  const int64_t first_check = AddCheck(container_, "notNull", "id").id;
  const int64_t second_check = AddCheck(container_, "unique", "qty").id;
  const int64_t first = Add(first_check, 30, 1);
  const int64_t second = Add(second_check, 20, 2);
  const int64_t third = Add(first_check, 10, 3);
  SetStatus(third, "Invalid");
  const auto ids = [&](const AnomalyFilter& filter) {
    std::vector<int64_t> found;
    const auto page = anomalies_.List(filter, {}).value();
    for (const auto& each : page.items) found.push_back(each.id);
    EXPECT_EQ(page.total, static_cast<int64_t>(found.size()));
    return found;
  };
  AnomalyFilter filter;
  EXPECT_THAT(ids(filter), ElementsAre(second, first));
  filter.archived = Archived::kOnly;
  EXPECT_THAT(ids(filter), ElementsAre(third));
  filter.archived = Archived::kInclude;
  filter.sort = AnomalyFilter::Sort::kWeight;
  EXPECT_THAT(ids(filter), ElementsAre(first, second, third));
  filter = {};
  filter.check_ids = {first_check};
  EXPECT_THAT(ids(filter), ElementsAre(first));
  filter = {};
  filter.fields = {"qty"};
  EXPECT_THAT(ids(filter), ElementsAre(second));
  filter = {};
  filter.statuses = {"Active", "Invalid"};
  filter.created_from = At(2);
  EXPECT_THAT(ids(filter), ElementsAre(third, second));
  filter.created_to = At(2);
  EXPECT_THAT(ids(filter), ElementsAre(second));
  filter = {};
  filter.types = {"shape"};
  EXPECT_THAT(ids(filter), IsEmpty());
  filter = {};
  filter.rule_types = {"notNull"};
  filter.datastore_ids = {datastore_};
  filter.container_ids = {container_};
  filter.operation_ids = {operation_};
  filter.container_scan_ids = {scan_};
  EXPECT_THAT(ids(filter), ElementsAre(second, first));
}

TEST_F(AnomaliesTest, AreKnownAgainByFingerprint) {
  const int64_t check = AddCheck(container_, "notNull", "id").id;
  const int64_t open = Add(check, 1);
  Add(check, 1);
  const int64_t archived = Add(check, 2);
  SetStatus(archived, "Resolved");
  SetStatus(Add(check, 3), "Duplicate");
  using Map = std::map<int64_t, int64_t>;
  EXPECT_EQ(anomalies_.OpenByFingerprint(container_).value(), (Map{{1, open}}));
  EXPECT_EQ(anomalies_.ArchivedByFingerprint(container_).value(), (Map{{2, archived}}));
}

TEST_F(AnomaliesTest, ThoseNoLongerFoundAreResolvedWhenAllTheirChecksRan) {
  const int64_t ran = AddCheck(container_, "notNull", "id").id;
  const int64_t did_not_run = AddCheck(container_, "unique", "id").id;
  const int64_t gone = Add(ran, 1);
  const int64_t seen = Add(ran, 2);
  const int64_t unknown = Add(did_not_run, 3);
  NewAnomaly both = NewFinding(ran, 4);
  both.anomaly.failed_checks.push_back(
      {.check_id = did_not_run, .rule_type = "unique", .message = "m"});
  const int64_t half = anomalies_.Add({both}).value().at(0);
  const int64_t archived = Add(ran, 5);
  SetStatus(archived, "Invalid");
  const int64_t later = AddOperation(datastore_, "scan").id;
  EXPECT_EQ(anomalies_.ResolvePassed(container_, later, {ran}, {2}).value(), 1);
  EXPECT_EQ(StatusOf(gone), "Resolved");
  EXPECT_EQ(anomalies_.Get(gone).value().resolved_by_operation_id, later);
  EXPECT_EQ(StatusOf(seen), "Active");
  EXPECT_EQ(StatusOf(unknown), "Active");
  EXPECT_EQ(StatusOf(half), "Active");
  EXPECT_EQ(StatusOf(archived), "Invalid");
}

TEST_F(AnomaliesTest, ARepeatedScanReplacesItsEarlierResults) {
  const int64_t check = AddCheck(container_, "notNull", "id").id;
  const int64_t earlier = Add(check, 1);
  ContainerScan scan;
  scan.operation_id = operation_;
  scan.container_id = container_;
  scan.result = "success";
  scan.failures = {"a.csv: broken"};
  const int64_t again = ContainerScans(database())
                            .Add(scan, {{.check_id = check,
                                         .assertion_result = "failed",
                                         .asserted_records = 10,
                                         .anomalous_records = 2,
                                         .assertion_details = ""}})
                            .value();
  EXPECT_EQ(anomalies_.Get(earlier).error().kind, ErrorKind::kNotFound);
  const auto scans = ContainerScans(database()).OfOperation(operation_).value();
  ASSERT_EQ(scans.size(), 1u);
  EXPECT_EQ(scans[0].id, again);
  EXPECT_EQ(scans[0].container_name, "a.csv");
  EXPECT_THAT(scans[0].failures, ElementsAre("a.csv: broken"));
  EXPECT_EQ(ContainerScans(database()).Metrics(again).value().at(0).anomalous_records, 2);
}

using EnrichmentCommitsTest = FindingsTest;

TEST_F(EnrichmentCommitsTest, AreUnpublishedUntilMarked) {
  EnrichmentCommits commits(database());
  EnrichmentCommitRecord record;
  record.operation_id = operation_;
  record.enrichment_datastore_id = datastore_;
  record.prefix = "_orders";
  record.commit = {{"files", {"a"}}};
  record.created = At(1);
  ASSERT_TRUE(commits.Put(record));
  record.commit = {{"files", {"b"}}};
  ASSERT_TRUE(commits.Put(record));
  EXPECT_EQ(commits.Get(operation_).value().commit, record.commit);
  EXPECT_EQ(commits.Unpublished().value().size(), 1u);
  EXPECT_THAT(commits.Unpublished(EnrichmentCommits::Of::kEndedOperations).value(), IsEmpty());
  ASSERT_TRUE(Operations(database()).RequestAbort(operation_, "ana", At(2)));
  EXPECT_EQ(commits.Unpublished(EnrichmentCommits::Of::kEndedOperations).value().size(), 1u);
  ASSERT_TRUE(commits.MarkPublished(operation_, At(3)));
  EXPECT_THAT(commits.Unpublished().value(), IsEmpty());
  EXPECT_EQ(commits.Get(operation_).value().published, At(3));
  EXPECT_EQ(commits.MarkPublished(99, At(3)).error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace assay::store
