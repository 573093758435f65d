#include "store/audit.h"

#include <gmock/gmock.h>

#include "store/check_templates.h"
#include "store/fields.h"
#include "store/tags.h"
#include "store/tokens.h"
#include "store/users.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AuditTest : public StoreTest {
 protected:
  Database acting_ =
      database().As({.user_id = 7, .name = "ana", .address = "10.0.0.1", .now = At(5)});

  std::vector<AuditEntry> All(const AuditFilter& filter = {}) {
    return AuditLog(database()).After(filter, 0, 1000).value();
  }
  /// "action type name: before -> after" of each entry, oldest first.
  std::vector<std::string> Lines() {
    std::vector<std::string> lines;
    for (const AuditEntry& entry : All()) {
      lines.push_back(entry.action + " " + entry.entity_type + " " + entry.entity_name + ": " +
                      entry.before.dump() + " -> " + entry.after.dump());
    }
    return lines;
  }
};

TEST_F(AuditTest, SaysWhoDidWhatWhenAndFromWhere) {
  const Team team = Teams(acting_).Create({.name = "ops", .permission = "Viewer"}).value();
  const std::vector<AuditEntry> all = All();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].created, At(5));
  EXPECT_EQ(all[0].user_id, 7);
  EXPECT_EQ(all[0].user_name, "ana");
  EXPECT_EQ(all[0].address, "10.0.0.1");
  EXPECT_EQ(all[0].entity_id, team.id);
}

TEST_F(AuditTest, ShowsOnlyWhatChanged) {
  Team team = Teams(acting_).Create({.name = "ops", .permission = "Viewer"}).value();
  team.permission = "Editor";
  ASSERT_TRUE(Teams(acting_).Update(team));
  ASSERT_TRUE(Teams(acting_).Update(team));
  ASSERT_TRUE(Teams(acting_).Delete(team.id));
  EXPECT_THAT(
      Lines(),
      ElementsAre(
          R"(create team ops: null -> {"name":"ops","description":null,"permission":"Viewer"})",
          R"(update team ops: {"permission":"Viewer"} -> {"permission":"Editor"})",
          R"(delete team ops: {"name":"ops","description":null,"permission":"Editor"} -> null)"));
}

TEST_F(AuditTest, WhatTheProgramDoesIsNotLogged) {
  ASSERT_TRUE(Teams(database()).Create({.name = "ops", .permission = "Viewer"}));
  EXPECT_THAT(All(), IsEmpty());
}

TEST_F(AuditTest, IsPartOfTheTransactionOfTheChange) {
  const Status failed = acting_.InTransaction([&](Access& transaction) -> Status {
    ASSAY_RETURN_IF_ERROR(Teams(transaction).Create({.name = "ops", .permission = "Viewer"}));
    return Fail(ErrorKind::kCancelled, "changed my mind");
  });
  ASSERT_FALSE(failed);
  EXPECT_THAT(All(), IsEmpty());
  ASSERT_TRUE(acting_.InTransaction([&](Access& transaction) -> Result<Team> {
    return Teams(transaction).Create({.name = "ops", .permission = "Viewer"});
  }));
  EXPECT_EQ(All().size(), 1u);
}

TEST_F(AuditTest, SecretsOfConnectionsAreNamedButNotShown) {
  Connections connections(acting_, cipher_);
  Connection connection;
  connection.name = "lake";
  connection.type = "s3";
  connection.properties = {{"uri", "s3://bucket"}};
  connection.secrets["secret_key"] = Secret("first");
  connection = connections.Create(connection).value();
  ASSERT_TRUE(connections.Update(connection));
  connection.secrets["secret_key"] = Secret("second");
  ASSERT_TRUE(connections.Update(connection));
  connection.secrets.clear();
  ASSERT_TRUE(connections.Update(connection));
  ASSERT_TRUE(connections.Delete(connection.id));
  EXPECT_THAT(
      Lines(),
      ElementsAre(
          R"(create connection lake: null -> {"name":"lake","type":"s3","properties":{"uri":"s3://bucket"},"secret_key":"***"})",
          R"(update connection lake: {"secret_key":"***"} -> {"secret_key":"***"})",
          R"(update connection lake: {"secret_key":"***"} -> {})",
          R"(delete connection lake: {"name":"lake","type":"s3","properties":{"uri":"s3://bucket"}} -> null)"));
}

TEST_F(AuditTest, PasswordsAreNotShown) {
  User user;
  user.name = "bob";
  user.password_hash = Secret("$argon2id$one");
  user = Users(acting_).Create(user).value();
  user.password_hash = Secret("$argon2id$two");
  ASSERT_TRUE(Users(acting_).Update(user));
  EXPECT_THAT(
      Lines(),
      ElementsAre(
          R"(create user bob: null -> {"name":"bob","email":"","role":"Member","password":"***","active":true,"teams":["Public"]})",
          R"(update user bob: {"password":"***"} -> {"password":"***"})"));
}

TEST_F(AuditTest, EveryKindOfThingIsLogged) {
  Datastore datastore = NewDatastore("lake");
  datastore = Datastores(acting_).Create(datastore).value();
  Container container;
  container.datastore_id = datastore.id;
  container.name = "orders";
  container = Containers(acting_).Create(container).value();
  const std::vector<Field> fields = {
      {.name = "id", .type = "Integral", .native_type = "BIGINT"}};
  ASSERT_TRUE(FieldRecords(acting_).Synchronize(container.id, fields, At(0)));
  const int64_t field = FieldRecords(acting_).OfContainer(container.id)->front().id;
  ASSERT_TRUE(FieldRecords(acting_).SetStatus(field, "Excluded"));
  const QualityCheck check =
      QualityChecks(acting_).Create(NewCheck(container.id, "notNull", "id")).value();
  Operation operation;
  operation.type = "scan";
  operation.datastore_id = datastore.id;
  operation = Operations(acting_).Enqueue(operation).value();
  NewAnomaly found;
  found.anomaly.uuid = "uuid-1";
  found.anomaly.type = "record";
  found.anomaly.container_id = container.id;
  found.anomaly.operation_id = operation.id;
  found.anomaly.container_scan_id = AddScan(operation.id, container.id);
  const int64_t anomaly = Anomalies(acting_).Add({found})->front();
  const Status deleted = Anomalies(acting_).Delete(anomaly);
  ASSERT_TRUE(deleted) << deleted.error().message;
  ASSERT_TRUE(QualityChecks(acting_).Archive(check.id, "Discarded", "ana", At(1)));
  ASSERT_TRUE(Operations(acting_).RequestAbort(operation.id, "ana", At(1)));
  ASSERT_TRUE(Operations(acting_).Delete(operation.id));
  CheckTemplate made;
  made.rule_type = "notNull";
  ASSERT_TRUE(CheckTemplates(acting_).Create(made));
  ASSERT_TRUE(Tags(acting_).Create({.name = "gold"}));
  ASSERT_TRUE(Tags(acting_).Delete("gold"));
  ASSERT_TRUE(Datastores(acting_).Delete(datastore.id));
  std::vector<std::string> lines;
  for (const AuditEntry& entry : All()) lines.push_back(entry.action + " " + entry.entity_type);
  EXPECT_THAT(lines, ElementsAre("create datastore", "create container", "update field",
                                 "create quality_check", "create operation", "delete anomaly",
                                 "archive quality_check", "abort operation", "delete operation",
                                 "create quality_check_template", "create tag", "delete tag",
                                 "delete datastore"));
}

TEST_F(AuditTest, TokensAreLoggedButSessionsAreNot) {
  const User user = Users(database()).Create({.name = "bob"}).value();
  Tokens tokens(acting_);
  const int64_t id =
      tokens.Create({.uuid = "u-1", .user_id = user.id, .name = "ci"}).value().id;
  ASSERT_TRUE(tokens.Create(
      {.uuid = "u-2", .user_id = user.id, .name = "login", .kind = TokenKind::kSession}));
  ASSERT_TRUE(tokens.Revoke(id));
  ASSERT_TRUE(tokens.Restore(id));
  std::vector<std::string> actions;
  for (const AuditEntry& entry : All()) actions.push_back(entry.action);
  EXPECT_THAT(actions, ElementsAre("create", "revoke", "restore"));
}

TEST_F(AuditTest, ListsByUserThingActionAndTime) {
  Database bert =
      database().As({.user_id = 8, .name = "bert", .address = "10.0.0.2", .now = At(9)});
  ASSERT_TRUE(Teams(acting_).Create({.name = "a", .permission = "Viewer"}));
  ASSERT_TRUE(Teams(bert).Create({.name = "b", .permission = "Viewer"}));
  ASSERT_TRUE(Users(bert).Create({.name = "c"}));
  const auto names = [&](const AuditFilter& filter) {
    std::vector<std::string> found;
    const auto page = AuditLog(database()).List(filter, {}).value();
    for (const auto& entry : page.items) {
      found.push_back(entry.entity_name);
    }
    return found;
  };
  EXPECT_THAT(names({}), ElementsAre("c", "b", "a"));
  EXPECT_THAT(names({.user_ids = {7}}), ElementsAre("a"));
  EXPECT_THAT(names({.entity_types = {"team"}}), ElementsAre("b", "a"));
  EXPECT_THAT(names({.entity_types = {"user"}, .entity_ids = {1}}), ElementsAre("c"));
  EXPECT_THAT(names({.actions = {"delete"}}), IsEmpty());
  EXPECT_THAT(names({.created_from = At(6)}), ElementsAre("c", "b"));
  EXPECT_THAT(names({.created_to = At(6)}), ElementsAre("a"));
}

TEST_F(AuditTest, DeletesTheOldestInPortions) {
  for (int i = 0; i < 5; ++i) {
    Database acting = database().As({.name = "ana", .now = At(i)});
    ASSERT_TRUE(Teams(acting).Create({.name = std::to_string(i), .permission = "Viewer"}));
  }
  EXPECT_EQ(AuditLog(database()).DeleteBefore(At(3), 2).value(), 2);
  EXPECT_EQ(AuditLog(database()).DeleteBefore(At(3), 2).value(), 1);
  EXPECT_EQ(AuditLog(database()).DeleteBefore(At(3), 2).value(), 0);
  EXPECT_EQ(All().size(), 2u);
}

}  // namespace
}  // namespace assay::store
