// Datastores, containers, fields, tags, users and tokens.

#include <gmock/gmock.h>

#include "store/fields.h"
#include "store/profiles.h"
#include "store/settings.h"
#include "store/tags.h"
#include "store/tokens.h"
#include "store/users.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using DatastoresTest = StoreTest;

TEST_F(DatastoresTest, ComesBackAsItWasStored) {
  Datastore orders = NewDatastore("orders");
  orders.root_path = "/raw";
  orders.description = "d";
  orders.folder_globbing_enabled = true;
  orders.enrichment_prefix = "_o";
  orders.enrichment_source_record_limit = 3;
  orders.high_count_rollup_threshold = 4;
  orders.tags = {"gold", "eu"};
  const Datastore found =
      Datastores(database()).Get(Datastores(database()).Create(orders).value().id).value();
  EXPECT_EQ(found.name, "orders");
  EXPECT_EQ(found.type, "local");
  EXPECT_EQ(found.root_path, "/raw");
  EXPECT_EQ(found.description, "d");
  EXPECT_TRUE(found.folder_globbing_enabled);
  EXPECT_EQ(found.connected, std::nullopt);
  EXPECT_EQ(found.enrichment_prefix, "_o");
  EXPECT_EQ(found.enrichment_source_record_limit, 3);
  EXPECT_EQ(found.high_count_rollup_threshold, 4);
  EXPECT_THAT(found.teams, ElementsAre("Public"));
  EXPECT_THAT(found.tags, ElementsAre("eu", "gold"));
}

TEST_F(DatastoresTest, TeamsMustExistAndBeGiven) {
  Datastore orders = NewDatastore("orders");
  orders.teams = {};
  EXPECT_EQ(Datastores(database()).Create(orders).error().kind, ErrorKind::kInvalidInput);
  orders.teams = {"Public", "Nobody"};
  const auto refused = Datastores(database()).Create(orders);
  EXPECT_EQ(refused.error().kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(refused.error().message, HasSubstr("Nobody"));
  EXPECT_EQ(Datastores(database()).FindByName("orders").error().kind, ErrorKind::kNotFound);
}

TEST_F(DatastoresTest, NamesAreUniqueAndConnectionsExist) {
  AddDatastore("orders");
  Datastore again = NewDatastore("other");
  again.name = "orders";
  EXPECT_EQ(Datastores(database()).Create(again).error().kind, ErrorKind::kConflict);
  again.name = "third";
  again.connection_id = 99;
  EXPECT_EQ(Datastores(database()).Create(again).error().kind, ErrorKind::kInvalidInput);
}

TEST_F(DatastoresTest, LinksOneEnrichmentDatastore) {
  Datastores datastores(database());
  const int64_t source = AddDatastore("source").id;
  Datastore target = NewDatastore("target");
  target.enrichment_only = true;
  const int64_t first = datastores.Create(target).value().id;
  target.name = "target 2";
  const int64_t second = datastores.Create(target).value().id;

  EXPECT_EQ(datastores.LinkEnrichment(source, 99).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(datastores.LinkEnrichment(source, source).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(datastores.LinkEnrichment(99, first).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(datastores.LinkEnrichment(first, second).error().kind, ErrorKind::kConflict);
  EXPECT_TRUE(datastores.LinkEnrichment(source, first));
  EXPECT_TRUE(datastores.LinkEnrichment(source, first));
  EXPECT_EQ(datastores.LinkEnrichment(source, second).error().kind, ErrorKind::kConflict);
  EXPECT_EQ(datastores.Get(source).value().enrichment_datastore_id, first);
  EXPECT_EQ(datastores.Delete(first).error().kind, ErrorKind::kConflict);
  EXPECT_TRUE(datastores.UnlinkEnrichment(source));
  EXPECT_TRUE(datastores.UnlinkEnrichment(source));
  EXPECT_EQ(datastores.Get(source).value().enrichment_datastore_id, std::nullopt);
  EXPECT_TRUE(datastores.Delete(first));
}

TEST_F(DatastoresTest, DeleteTakesEverythingBelowAndRefusesWhileRunning) {
  Datastores datastores(database());
  const int64_t id = AddDatastore("orders").id;
  const int64_t container = AddContainer(id, "a.csv").id;
  AddCheck(container, "notNull", "id");
  const int64_t operation = AddOperation(id, "sync").id;
  ASSERT_TRUE(datastores.Delete(id));
  EXPECT_EQ(Containers(database()).Get(container).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(Operations(database()).Get(operation).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(datastores.Delete(id).error().kind, ErrorKind::kNotFound);
}

TEST_F(DatastoresTest, ListsByFilter) {
  Datastore lake = NewDatastore("lake");
  lake.tags = {"gold"};
  lake.enrichment_only = true;
  Datastores(database()).Create(lake).value();
  AddDatastore("pond");
  const auto names = [&](const DatastoreFilter& filter) {
    std::vector<std::string> found;
    const auto page = Datastores(database()).List(filter, {}).value();
    for (const auto& each : page.items) found.push_back(each.name);
    return found;
  };
  DatastoreFilter filter;
  EXPECT_THAT(names(filter), ElementsAre("lake", "pond"));
  filter.enrichment_only = false;
  EXPECT_THAT(names(filter), ElementsAre("pond"));
  filter = {};
  filter.tags = {"gold", "none"};
  EXPECT_THAT(names(filter), ElementsAre("lake"));
  filter = {};
  filter.types = {"s3"};
  EXPECT_THAT(names(filter), IsEmpty());
  filter = {};
  filter.search = "ON";
  EXPECT_THAT(names(filter), ElementsAre("pond"));
}

TEST_F(DatastoresTest, MetricsCountWhatIsInForce) {
  const int64_t id = AddDatastore("orders").id;
  const int64_t container = AddContainer(id, "a.csv").id;
  const int64_t gone = AddContainer(id, "b.csv").id;
  ASSERT_TRUE(Containers(database()).MarkDeleted(gone, At(1)));
  AddCheck(container, "notNull", "id");
  const int64_t archived = AddCheck(container, "unique", "id").id;
  ASSERT_TRUE(QualityChecks(database()).Archive(archived, "Discarded", "ana", At(1)));
  for (const int64_t records : {5, 9}) {
    ContainerProfile profile;
    profile.created = At(records);
    profile.container_id = container;
    profile.record_count = records;
    profile.field_count = 2;
    ASSERT_TRUE(Profiles(database()).Add(profile, {}));
  }
  const DatastoreMetrics metrics = Datastores(database()).Metrics({id}).value().at(id);
  EXPECT_EQ(metrics.containers, 1);
  EXPECT_EQ(metrics.records, 9);
  EXPECT_EQ(metrics.fields_profiled, 2);
  EXPECT_EQ(metrics.active_checks, 1);
  EXPECT_EQ(metrics.active_anomalies, 0);
  const ContainerMetrics of_container =
      Containers(database()).Metrics({container}).value().at(container);
  EXPECT_EQ(of_container.last_profiled, At(9));
  EXPECT_EQ(of_container.last_scanned, std::nullopt);
  EXPECT_EQ(of_container.records, 9);
  EXPECT_EQ(of_container.active_checks, 1);
}

class ContainersTest : public StoreTest {
 protected:
  const int64_t datastore_ = AddDatastore("orders").id;
  Containers containers_{database()};
};

TEST_F(ContainersTest, RecordSyncWritesWhatSyncSawAndKeepsWhatUsersDecide) {
  Container container = AddContainer(datastore_, "a_*.csv");
  const Container before = container;
  container.description = "d";
  container.read_options = {{"delimiter", ";"}};
  container.tags = {"gold"};
  ASSERT_TRUE(containers_.Update(container));
  container = before;
  container.group_key = "key";
  container.folder = "raw";
  container.format = "delimited";
  container.partition_fields = {"day"};
  container.file_count = 3;
  container.size_bytes = int64_t{1} << 40;
  container.last_modified = At(7);
  container.listing_digest = "abc";
  container.is_missing = true;
  container.problem = "broken";
  ASSERT_TRUE(containers_.RecordSync(container));
  const Container found = containers_.FindByName(datastore_, "a_*.csv").value();
  EXPECT_EQ(found.group_key, "key");
  EXPECT_EQ(found.folder, "raw");
  EXPECT_EQ(found.format, "delimited");
  EXPECT_THAT(found.partition_fields, ElementsAre("day"));
  EXPECT_EQ(found.file_count, 3);
  EXPECT_EQ(found.size_bytes, int64_t{1} << 40);
  EXPECT_EQ(found.last_modified, At(7));
  EXPECT_EQ(found.listing_digest, "abc");
  EXPECT_TRUE(found.is_missing);
  EXPECT_EQ(found.problem, "broken");
  EXPECT_EQ(found.read_options, (Json{{"delimiter", ";"}}));
  EXPECT_EQ(found.description, "d");
  EXPECT_THAT(found.tags, ElementsAre("gold"));
}

TEST_F(ContainersTest, UpdateWritesWhatUsersDecideAndKeepsWhatJobsSaw) {
  Container container = AddContainer(datastore_, "a_*.csv");
  const Container before = container;
  container.listing_digest = "abc";
  ASSERT_TRUE(containers_.RecordSync(container));
  ASSERT_TRUE(containers_.SetIncrementalCheckpoint(container.id, At(8)));
  ASSERT_TRUE(containers_.MarkMissing(container.id));
  container = before;
  container.file_name_override = "a*.csv";
  container.read_options = {{"delimiter", ";"}};
  container.description = "d";
  container.favorite = true;
  container.additional_metadata = {{"k", "v"}};
  container.tags = {"gold"};
  ASSERT_TRUE(containers_.Update(container));
  const Container found = containers_.Get(container.id).value();
  EXPECT_EQ(found.listing_digest, "abc");
  EXPECT_EQ(found.incremental_checkpoint, At(8));
  EXPECT_TRUE(found.is_missing);
  EXPECT_EQ(found.file_name_override, "a*.csv");
  EXPECT_EQ(found.read_options, container.read_options);
  EXPECT_EQ(found.description, "d");
  EXPECT_TRUE(found.favorite);
  EXPECT_EQ(found.additional_metadata, container.additional_metadata);
  EXPECT_THAT(found.tags, ElementsAre("gold"));
}

TEST_F(ContainersTest, NamesAreUniqueInTheirDatastoreOnly) {
  AddContainer(datastore_, "a.csv");
  Container again;
  again.datastore_id = datastore_;
  again.name = "a.csv";
  EXPECT_EQ(containers_.Create(again).error().kind, ErrorKind::kConflict);
  again.datastore_id = AddDatastore("other").id;
  EXPECT_TRUE(containers_.Create(again));
}

TEST_F(ContainersTest, DeletedOnesShowOnlyWhenAskedFor) {
  const int64_t id = AddContainer(datastore_, "a.csv").id;
  AddContainer(datastore_, "b.csv");
  ASSERT_TRUE(containers_.MarkDeleted(id, At(1)));
  ContainerFilter filter;
  EXPECT_EQ(containers_.List(filter, {}).value().total, 1);
  filter.deleted = Archived::kOnly;
  EXPECT_EQ(containers_.List(filter, {}).value().items.at(0).name, "a.csv");
  filter.deleted = Archived::kInclude;
  EXPECT_EQ(containers_.List(filter, {}).value().total, 2);
  EXPECT_EQ(containers_.Listing(datastore_, "file").value().at(0).name, "b.csv");
  EXPECT_EQ(containers_.AllOf(datastore_).value().size(), 2u);
}

class FieldsTest : public ContainersTest {
 protected:
  Field NewField(const std::string& name, int64_t position,
                 const std::string& type = "String") {
    Field field;
    field.name = name;
    field.position = position;
    field.type = type;
    return field;
  }

  std::vector<std::string> Show() {
    std::vector<std::string> shown;
    const auto fields = records_.OfContainer(container_).value();
    for (const Field& field : fields)
      shown.push_back(field.name + " " + field.type + " " + field.status);
    return shown;
  }

  const int64_t container_ = AddContainer(datastore_, "a.csv").id;
  FieldRecords records_{database()};
};

TEST_F(FieldsTest, SynchronizeAddsChangesAndMarksMissing) {
  const FieldChanges first =
      records_.Synchronize(container_, {NewField("id", 0), NewField("x", 1)}, At(0)).value();
  EXPECT_EQ(first.added, 2);
  const FieldChanges second =
      records_
          .Synchronize(container_, {NewField("new", 0), NewField("id", 1, "Integral")}, At(1))
          .value();
  EXPECT_EQ(second.added, 1);
  EXPECT_EQ(second.changed, 1);
  EXPECT_EQ(second.missing, 1);
  EXPECT_THAT(Show(),
              ElementsAre("new String Active", "id Integral Active", "x String Missing"));
}

TEST_F(FieldsTest, MissingOnesComeBackAndUsersChoicesStay) {
  ASSERT_TRUE(records_.Synchronize(container_, {NewField("a", 0), NewField("b", 1)}, At(0)));
  const auto fields = records_.OfContainer(container_).value();
  ASSERT_TRUE(records_.SetStatus(fields.at(0).id, "Masked"));
  ASSERT_TRUE(records_.Synchronize(container_, {}, At(1)));
  EXPECT_THAT(Show(), ElementsAre("a String Masked", "b String Missing"));
  ASSERT_TRUE(records_.Synchronize(container_, {NewField("a", 0), NewField("b", 1)}, At(2)));
  EXPECT_THAT(Show(), ElementsAre("a String Masked", "b String Active"));
  EXPECT_EQ(records_.SetStatus(fields.at(0).id, "Odd").error().kind, ErrorKind::kInvalidInput);
}

using TagsTest = StoreTest;

TEST_F(TagsTest, ChangeAllTheyHoldUnderNamesOfTheirOwn) {
  Tags tags(database());
  Tag gold = tags.Create({.name = "gold"}).value();
  ASSERT_TRUE(tags.Create({.name = "silver"}));
  gold.name = "bronze";
  gold.color = "#112233";
  gold.category = "value";
  gold.weight_modifier = -3;
  ASSERT_TRUE(tags.Update(gold));
  const Tag found = tags.Find("bronze").value();
  EXPECT_EQ(found.id, gold.id);
  EXPECT_EQ(found.color, "#112233");
  EXPECT_EQ(found.category, "value");
  EXPECT_EQ(found.weight_modifier, -3);
  gold.name = "silver";
  EXPECT_EQ(tags.Update(gold).error().kind, ErrorKind::kConflict);
  gold.id = 99;
  gold.name = "new";
  EXPECT_EQ(tags.Update(gold).error().kind, ErrorKind::kNotFound);
}

TEST_F(TagsTest, AreMadeOnUseAndTakenOffWithTheirDeletion) {
  const int64_t id = AddDatastore("orders").id;
  Tags tags(database());
  ASSERT_TRUE(tags.Assign(TaggedKind::kDatastore, id, {"gold", "gold", "eu"}, At(0)));
  EXPECT_THAT(tags.NamesOf(TaggedKind::kDatastore, {id}).value().at(id),
              ElementsAre("eu", "gold"));
  Tag tag;
  tag.name = "gold";
  EXPECT_EQ(tags.Create(tag).error().kind, ErrorKind::kConflict);
  ASSERT_TRUE(tags.Delete("gold"));
  EXPECT_THAT(Datastores(database()).Get(id).value().tags, ElementsAre("eu"));
  EXPECT_EQ(tags.Delete("gold").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(tags.List("E", {}).value().total, 1);
}

using UsersTest = StoreTest;

TEST_F(UsersTest, HaveTeamsAndAnIdentifier) {
  Users users(database());
  User ana;
  ana.created = At(1);
  ana.name = "ana";
  ana.email = "ana@example.com";
  ana.role = "Admin";
  ana.password_hash = Secret("$argon2id$...");
  ana.teams = {"Public"};
  ana = users.Create(ana).value();
  EXPECT_EQ(ana.user_id, "local|1");
  const User found = users.FindByName("ana").value();
  EXPECT_EQ(found.user_id, "local|1");
  EXPECT_EQ(found.password_hash, ana.password_hash);
  EXPECT_THAT(found.teams, ElementsAre("Public"));
  EXPECT_EQ(users.Create(ana).error().kind, ErrorKind::kConflict);
  EXPECT_EQ(users.Count().value(), 1);
  const int64_t team = Teams(database()).FindByName("Public").value().id;
  EXPECT_EQ(Teams(database()).Members(team).value().at(0).name, "ana");
  ana.teams = {"Nobody"};
  EXPECT_EQ(users.Update(ana).error().kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(users.Get(ana.id).value().teams, ElementsAre("Public"));
}

TEST_F(UsersTest, TokensAreFoundRevokedAndTouchedAtMostOnceAMinute) {
  User ana;
  ana.name = "ana";
  ana = Users(database()).Create(ana).value();
  Tokens tokens(database());
  Token token;
  token.uuid = "u-1";
  token.user_id = ana.id;
  token.name = "ci";
  token.created = At(0);
  token.expiration = At(100);
  const int64_t id = tokens.Create(token).value().id;
  EXPECT_EQ(tokens.FindByUuid("u-1").value().expiration, At(100));
  EXPECT_EQ(tokens.FindByUuid("u-2").error().kind, ErrorKind::kNotFound);
  ASSERT_TRUE(tokens.Touch(id, At(10)));
  ASSERT_TRUE(tokens.Touch(id, At(20)));
  EXPECT_EQ(tokens.Get(id).value().last_used, At(10));
  ASSERT_TRUE(tokens.Touch(id, At(71)));
  EXPECT_EQ(tokens.Get(id).value().last_used, At(71));
  ASSERT_TRUE(tokens.Revoke(id));
  EXPECT_TRUE(tokens.Get(id).value().revoked);
  EXPECT_EQ(tokens.List(ana.id).value().size(), 1u);
  ASSERT_TRUE(tokens.Delete(id));
  EXPECT_EQ(tokens.Revoke(id).error().kind, ErrorKind::kNotFound);
}

using SettingsTest = StoreTest;

TEST_F(SettingsTest, SecretOnesAreEncrypted) {
  Settings settings(database());
  EXPECT_EQ(settings.GetSecret("jwt", cipher_).value(), std::nullopt);
  ASSERT_TRUE(settings.SetSecret("jwt", Secret("signing"), cipher_));
  EXPECT_EQ(settings.GetSecret("jwt", cipher_).value()->Reveal(), "signing");
  EXPECT_NE(settings.Get("jwt").value(), "signing");
  EXPECT_EQ(settings.GetSecret("jwt", ReversingCipher("x")).error().kind, ErrorKind::kDenied);
}

class ProfilesTest : public ContainersTest {};

TEST_F(ProfilesTest, LatestSnapshotIsShownAndARepeatedRunReplacesItsOwn) {
  const int64_t container = AddContainer(datastore_, "a.csv").id;
  const int64_t operation = AddOperation(datastore_, "profile").id;
  Profiles profiles(database());
  const auto add = [&](std::optional<int64_t> by, int64_t records) {
    ContainerProfile profile;
    profile.created = At(records);
    profile.container_id = container;
    profile.operation_id = by;
    profile.record_count = records;
    profile.field_count = 1;
    FieldProfile field;
    field.name = "id";
    field.field_type = "Integral";
    field.completeness = 0.1 + 0.2;
    field.profile = {{"min", records}};
    return profiles.Add(profile, {field}).value();
  };
  EXPECT_FALSE(profiles.Latest(container).value().has_value());
  add(std::nullopt, 1);
  add(operation, 2);
  add(operation, 3);
  EXPECT_EQ(profiles.List({container}, {}).value().total, 2);
  EXPECT_EQ(profiles.Latest(container).value()->record_count, 3);
  FieldProfileFilter filter;
  filter.container_ids = {container};
  const auto latest = profiles.ListFields(filter, {}).value();
  ASSERT_EQ(latest.total, 1);
  EXPECT_EQ(latest.items[0].profile, (Json{{"min", 3}}));
  EXPECT_EQ(latest.items[0].completeness, 0.1 + 0.2);
  EXPECT_EQ(profiles.GetField(latest.items[0].id).value().name, "id");
  filter.which = FieldProfileFilter::Which::kAll;
  EXPECT_EQ(profiles.ListFields(filter, {}).value().total, 2);
}

}  // namespace
}  // namespace assay::store
