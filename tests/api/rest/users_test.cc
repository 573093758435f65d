// Tests of api/rest/users.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class UsersTest : public ApiTest {
 protected:
  static std::string PathOf(const Json& user) {
    return "/users/" + std::to_string(user["id"].get<int64_t>());
  }
  int Login(const std::string& name, const std::string& password) {
    return Send("POST", "/login", PrintJson({{"username", name}, {"password", password}}), "")
        .status;
  }
};

TEST_F(UsersTest, AreMadeWithAPasswordForOneLogin) {
  Call("POST", "/teams", 201, {{"name", "ops"}});
  const Json user = Call(
      "POST", "/users", 201,
      {{"name", "ana"}, {"email", "ana@example.com"}, {"role", "Manager"}, {"teams", {"ops"}}});
  EXPECT_EQ(user["user_id"], "local|" + std::to_string(user["id"].get<int64_t>()));
  EXPECT_EQ(user["role"], "Manager");
  EXPECT_EQ(user["active"], true);
  EXPECT_THAT(Pluck(user["teams"], "name"), ElementsAre("Public", "ops"));
  const std::string password = user["one_time_password"].get<std::string>();
  EXPECT_EQ(Login("ana", password), 403);
  EXPECT_FALSE(Call("GET", PathOf(user), 200).contains("one_time_password"));
}

TEST_F(UsersTest, ListsAndShows) {
  const Json ana = Call("POST", "/users", 201, {{"name", "ana"}});
  const Json page = Call("GET", "/users", 200);
  EXPECT_EQ(page["total"], 2);
  EXPECT_THAT(Pluck(page, "name"), ElementsAre("admin", "ana"));
  EXPECT_EQ(Call("GET", PathOf(ana), 200)["role"], "Member");
  EXPECT_EQ(Call("GET", "/users/me", 200)["name"], "admin");
  Call("GET", "/users/99", 404);
}

TEST_F(UsersTest, NeverShowPasswords) {
  const Json user = Call("POST", "/users", 201, {{"name", "ana"}, {"password", kTopSecret}});
  EXPECT_EQ(user["one_time_password"], nullptr);
  EXPECT_EQ(Call("GET", PathOf(user), 200).dump().find("argon2"), std::string::npos);
  EXPECT_EQ(Call("GET", "/audit", 200).dump().find("argon2"), std::string::npos);
}

TEST_F(UsersTest, ChangeWhatIsGivenAndKeepTheRest) {
  Call("POST", "/teams", 201, {{"name", "ops"}});
  const Json ana = Call("POST", "/users", 201, {{"name", "ana"}, {"email", "a@example.com"}});
  const Json changed = Call("PUT", PathOf(ana), 200, {{"role", "Manager"}, {"teams", {"ops"}}});
  EXPECT_EQ(changed["email"], "a@example.com");
  EXPECT_EQ(changed["role"], "Manager");
  EXPECT_THAT(Pluck(changed["teams"], "name"), ElementsAre("Public", "ops"));
  EXPECT_EQ(Call("PUT", PathOf(ana), 200, {{"name", "anna"}})["role"], "Manager");
  EXPECT_EQ(Faults("PUT", PathOf(ana), {{"teams", {"none"}}}).count("body.teams"), 1u);
  EXPECT_THAT(Faults("PUT", PathOf(ana), {{"role", "King"}, {"name", ""}}),
              UnorderedElementsAre(Pair("body.role", HasSubstr("Member")),
                                   Pair("body.name", HasSubstr("empty"))));
  EXPECT_EQ(Call("PUT", PathOf(ana), 409, {{"name", "admin"}})["message"],
            "a user of this name exists already: admin");
}

TEST_F(UsersTest, ADeactivatedOneCanDoNothingUntilActivatedAgain) {
  const std::string token = TokenOf("ana", "Member");
  const std::string path = "/users/2";
  EXPECT_EQ(Send("GET", "/users/me", "", token).status, 200);
  Call("DELETE", path, 204);
  EXPECT_THAT(Send("GET", "/users/me", "", token).body, HasSubstr("deactivated"));
  EXPECT_EQ(Call("GET", path, 200)["active"], false);
  Call("PUT", path, 200, {{"active", true}});
  EXPECT_EQ(Send("GET", "/users/me", "", token).status, 200);
}

TEST_F(UsersTest, TheLastAdministratorStays) {
  Call("DELETE", "/users/1", 409);
  Call("PUT", "/users/1", 409, {{"role", "Member"}});
}

TEST_F(UsersTest, ChangeTheirOwnPassword) {
  Call("POST", "/users", 201, {{"name", "ana"}, {"password", "password of ana"}});
  const testing::Reply login = Send("POST", "/login",
                                    PrintJson({{"username", "ana"},
                                               {"password", "password of ana"},
                                               {"new_password", "another of ana"}}),
                                    "");
  ASSERT_EQ(login.status, 200) << login.body;
  const std::string token = ParseJson(login.body).value()["token"].get<std::string>();
  const auto change = [&](const char* current, const char* next) {
    return Send("PUT", "/users/me/password",
                PrintJson({{"current_password", current}, {"new_password", next}}), token)
        .status;
  };
  EXPECT_EQ(change("wrong", "a third of ana"), 422);
  EXPECT_EQ(change("another of ana", "short"), 422);
  EXPECT_EQ(change("another of ana", "a third of ana"), 204);
  EXPECT_EQ(Send("GET", "/users/me", "", token).status, 401);
  EXPECT_EQ(Login("ana", "a third of ana"), 200);
}

TEST_F(UsersTest, GuessingTheCurrentPasswordIsSlowedDown) {
  const std::string token = TokenOf("ana", "Member");
  const std::string body =
      PrintJson({{"current_password", "guess"}, {"new_password", "a password of mine"}});
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Send("PUT", "/users/me/password", body, token).status, 422);
  }
  const testing::Reply refused = Send("PUT", "/users/me/password", body, token);
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.body, HasSubstr("try again in"));
}

}  // namespace
}  // namespace assay::api
