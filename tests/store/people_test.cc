// Users, teams and tokens, and what they may see.

#include <gmock/gmock.h>

#include "store/datastore_scope.h"
#include "store/migrations.h"
#include "store/sql/statement.h"
#include "store/tokens.h"
#include "store/users.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PeopleTest : public StoreTest {
 protected:
  User AddUser(const std::string& name, const std::vector<std::string>& teams = {},
               const std::string& role = "Member") {
    User user;
    user.name = name;
    user.email = name + "@example.com";
    user.role = role;
    user.teams = teams;
    return Users(database()).Create(user).value();
  }
  Team AddTeam(const std::string& name, const std::string& permission) {
    return Teams(database()).Create({.name = name, .permission = permission}).value();
  }
};

TEST_F(PeopleTest, EverybodyIsInPublic) {
  User ana = AddUser("ana");
  EXPECT_THAT(ana.teams, ElementsAre("Public"));
  AddTeam("ops", "Viewer");
  ana.teams = {"ops"};
  ASSERT_TRUE(Users(database()).Update(ana));
  EXPECT_THAT(Users(database()).Get(ana.id)->teams, ElementsAre("Public", "ops"));
}

TEST_F(PeopleTest, LogsInByNameOrByAnAddressThatOnlyOneHas) {
  const User ana = AddUser("ana");
  User bob = AddUser("bob");
  Users users(database());
  EXPECT_EQ(users.FindForLogin("ana")->id, ana.id);
  EXPECT_EQ(users.FindForLogin("ANA@Example.com")->id, ana.id);
  EXPECT_EQ(users.FindForLogin("").error().kind, ErrorKind::kNotFound);
  bob.email = "ana@example.com";
  ASSERT_TRUE(users.Update(bob));
  EXPECT_EQ(users.FindForLogin("ana@example.com").error().kind, ErrorKind::kNotFound);
  bob.is_active = false;
  ASSERT_TRUE(users.Update(bob));
  EXPECT_EQ(users.FindForLogin("ana@example.com")->id, ana.id);
  EXPECT_EQ(users.FindForLogin("bob").error().kind, ErrorKind::kNotFound);
}

TEST_F(PeopleTest, ANameIsTakenOnce) {
  AddUser("ana");
  User bob = AddUser("bob");
  bob.name = "ana";
  EXPECT_EQ(Users(database()).Update(bob).error().kind, ErrorKind::kConflict);
}

TEST_F(PeopleTest, TheLastAdministratorStays) {
  User ana = AddUser("ana", {}, "Admin");
  User bob = AddUser("bob", {}, "Admin");
  Users users(database());
  bob.is_active = false;
  ASSERT_TRUE(users.Update(bob));
  ana.role = "Manager";
  EXPECT_EQ(users.Update(ana).error().kind, ErrorKind::kConflict);
  ana.role = "Admin";
  ana.is_active = false;
  EXPECT_EQ(users.Update(ana).error().kind, ErrorKind::kConflict);
  EXPECT_TRUE(users.Get(ana.id)->is_active);
}

TEST_F(PeopleTest, SessionsEndWithThePasswordAndTheUser) {
  User ana = AddUser("ana");
  Tokens tokens(database());
  const auto log_in = [&](const std::string& uuid) {
    ASSERT_TRUE(tokens.Create({.uuid = uuid,
                               .user_id = ana.id,
                               .name = "login",
                               .expiration = At(100),
                               .kind = TokenKind::kSession}));
  };
  ASSERT_TRUE(tokens.Create({.uuid = "ci", .user_id = ana.id, .name = "ci"}));
  log_in("one");
  ana.email = "a@example.com";
  ASSERT_TRUE(Users(database()).Update(ana));
  EXPECT_TRUE(tokens.FindByUuid("one"));
  ana.password_hash = Secret("new");
  ASSERT_TRUE(Users(database()).Update(ana));
  EXPECT_FALSE(tokens.FindByUuid("one"));
  log_in("two");
  ana.is_active = false;
  ASSERT_TRUE(Users(database()).Update(ana));
  EXPECT_FALSE(tokens.FindByUuid("two"));
  EXPECT_TRUE(tokens.FindByUuid("ci"));
}

TEST_F(PeopleTest, OnlyExpiredSessionsAreCleanedUp) {
  const User ana = AddUser("ana");
  Tokens tokens(database());
  const auto add = [&](const char* uuid, int64_t expires, TokenKind kind) {
    ASSERT_TRUE(tokens.Create({.uuid = uuid,
                               .user_id = ana.id,
                               .name = uuid,
                               .expiration = At(expires),
                               .kind = kind}));
  };
  add("old", 10, TokenKind::kSession);
  add("new", 30, TokenKind::kSession);
  add("personal", 10, TokenKind::kPersonal);
  EXPECT_EQ(tokens.DeleteExpiredSessions(At(20), 100).value(), 1);
  EXPECT_FALSE(tokens.FindByUuid("old"));
  EXPECT_EQ(tokens.List(ana.id)->size(), 1u);
}

TEST_F(PeopleTest, TokensAreDeletedOnlyAfterTheyWereRevoked) {
  const User ana = AddUser("ana");
  Tokens tokens(database());
  const int64_t id = tokens.Create({.uuid = "a", .user_id = ana.id, .name = "ci"})->id;
  EXPECT_EQ(tokens.Delete(id).error(),
            (Error{ErrorKind::kConflict, "the token is in use; revoke it first: ci"}));
  ASSERT_TRUE(tokens.Revoke(id));
  ASSERT_TRUE(tokens.Restore(id));
  EXPECT_FALSE(tokens.Get(id)->revoked);
  EXPECT_FALSE(tokens.Delete(id));
  ASSERT_TRUE(tokens.Revoke(id));
  EXPECT_TRUE(tokens.Delete(id));
  EXPECT_EQ(tokens.Restore(id).error().kind, ErrorKind::kNotFound);
}

TEST_F(PeopleTest, TeamsAreDeletedOnlyWhenNothingIsInThem) {
  const Team ops = AddTeam("ops", "Viewer");
  User ana = AddUser("ana", {"ops"});
  Datastore lake = NewDatastore("lake");
  lake.teams = {"ops"};
  lake = Datastores(database()).Create(lake).value();
  Teams teams(database());
  EXPECT_THAT(teams.Delete(ops.id).error().message, HasSubstr("lake"));
  lake.teams = {"Public"};
  ASSERT_TRUE(Datastores(database()).Update(lake));
  EXPECT_EQ(teams.Delete(ops.id).error(),
            (Error{ErrorKind::kConflict, "the team has users; take them out first: ana"}));
  ana.teams = {};
  ASSERT_TRUE(Users(database()).Update(ana));
  ASSERT_TRUE(teams.Delete(ops.id));
  EXPECT_EQ(teams.Delete(ops.id).error().kind, ErrorKind::kNotFound);
}

TEST_F(PeopleTest, ThePublicTeamKeepsItsNameAndStays) {
  Teams teams(database());
  Team everybody = teams.FindByName(kPublicTeam).value();
  everybody.permission = "Reporter";
  ASSERT_TRUE(teams.Update(everybody));
  EXPECT_EQ(teams.Get(everybody.id)->permission, "Reporter");
  everybody.name = "All";
  EXPECT_EQ(teams.Update(everybody).error().kind, ErrorKind::kConflict);
  EXPECT_EQ(teams.Delete(everybody.id).error().kind, ErrorKind::kConflict);
}

class ScopeTest : public PeopleTest {
 protected:
  std::vector<std::string> DatastoresWithin(const std::optional<DatastoreScope>& scope) {
    DatastoreFilter filter;
    filter.scope = scope;
    std::vector<std::string> names;
    const auto page = Datastores(database()).List(filter, {}).value();
    for (const auto& datastore : page.items) {
      names.push_back(datastore.name);
    }
    return names;
  }
};

TEST_F(ScopeTest, TheStrongestPermissionOfTheSharedTeamsCounts) {
  AddTeam("readers", "Reporter");
  AddTeam("authors", "Author");
  AddTeam("others", "Editor");
  Datastore lake = NewDatastore("lake");
  lake.teams = {"readers", "authors", "others"};
  const int64_t id = Datastores(database()).Create(lake)->id;
  const int64_t container = AddContainer(id, "orders").id;
  const int64_t check = AddCheck(container, "notNull", "id").id;
  const int64_t operation = AddOperation(id, "scan").id;
  const User ana = AddUser("ana", {"readers", "authors"}), bob = AddUser("bob");
  DatastorePermissions permissions(database());
  EXPECT_EQ(permissions.Strongest(ana.id, Thing::kDatastore, id).value(), Permission::kAuthor);
  EXPECT_EQ(permissions.Strongest(ana.id, Thing::kContainer, container).value(),
            Permission::kAuthor);
  EXPECT_EQ(permissions.Strongest(ana.id, Thing::kQualityCheck, check).value(),
            Permission::kAuthor);
  EXPECT_EQ(permissions.Strongest(ana.id, Thing::kOperation, operation).value(),
            Permission::kAuthor);
  EXPECT_EQ(permissions.Strongest(bob.id, Thing::kDatastore, id).value(), std::nullopt);
  EXPECT_EQ(permissions.Strongest(ana.id, Thing::kAnomaly, 99).error(),
            (Error{ErrorKind::kNotFound, "no anomaly 99"}));
}

TEST_F(ScopeTest, ListsHoldTheDatastoresOfTheUsersTeams) {
  AddTeam("readers", "Reporter");
  Datastore closed = NewDatastore("closed");
  closed.teams = {"readers"};
  ASSERT_TRUE(Datastores(database()).Create(closed));
  AddDatastore("open");
  const User ana = AddUser("ana", {"readers"}), bob = AddUser("bob");
  EXPECT_THAT(DatastoresWithin(std::nullopt), ElementsAre("closed", "open"));
  EXPECT_THAT(DatastoresWithin(DatastoreScope{ana.id}), ElementsAre("closed", "open"));
  EXPECT_THAT(DatastoresWithin(DatastoreScope{bob.id}), ElementsAre("open"));
  EXPECT_THAT(DatastoresWithin(DatastoreScope{ana.id, Permission::kViewer}),
              ElementsAre("open"));
  DatastorePermissions permissions(database());
  EXPECT_TRUE(permissions.IsEverything({ana.id}).value());
  EXPECT_FALSE(permissions.IsEverything({bob.id}).value());
}

TEST(PeopleMigrationTest, OpensADatabaseOfTheVersionBefore) {
  const std::filesystem::path directory = std::filesystem::temp_directory_path() / NewUuid();
  std::filesystem::create_directories(directory);
  const std::string path = directory / "assay.db";
  FixedClock clock;
  {
    soci::session session("sqlite3", "dbname=" + path);
    ASSERT_TRUE(Migrate(session, AllMigrations().first(2), At(0)));
    session << "INSERT INTO users (created, user_id, name, email, role, password_hash) VALUES "
               "(0, 'local|1', 'ana', '', 'Admin', '')";
    session << "INSERT INTO users (created, user_id, name, email, role, password_hash) VALUES "
               "(0, 'local|2', 'bob', '', 'Member', '')";
    session << "INSERT INTO team_members (team_id, user_id) VALUES (1, 1)";
    session << "INSERT INTO tokens (uuid, user_id, name, created, revoked) VALUES "
               "('u-1', 1, 'ci', 0, 0)";
  }
  {
    const auto database = Database::Open({.path = path}, clock);
    ASSERT_TRUE(database) << database.error().message;
    const User bob = Users(**database).FindByName("bob").value();
    EXPECT_THAT(bob.teams, ElementsAre("Public"));
    EXPECT_TRUE(bob.is_active);
    EXPECT_FALSE(bob.password_is_one_time);
    EXPECT_THAT(Users(**database).FindByName("ana")->teams, ElementsAre("Public"));
    EXPECT_EQ(Tokens(**database).List(1)->front().kind, TokenKind::kPersonal);
  }
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace assay::store
