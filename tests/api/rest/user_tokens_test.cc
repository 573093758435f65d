// Tests of api/rest/user_tokens.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;

class UserTokensTest : public ApiTest {
 protected:
  Json Make(const Json& body) { return Call("POST", "/user-tokens", 201, body); }
  static std::string PathOf(const Json& token) {
    return "/user-tokens/" + std::to_string(token["id"].get<int64_t>());
  }
};

TEST_F(UserTokensTest, AreShownOnceAndWork) {
  const Json token =
      Make({{"name", "ci"}, {"expires_in_days", 30}, {"scim_endpoints_only", false}});
  EXPECT_EQ(token["name"], "ci");
  EXPECT_EQ(token["active"], true);
  EXPECT_EQ(token["last_used"], nullptr);
  EXPECT_EQ(token["user"], Json({{"id", 1}, {"name", "admin"}}));
  const std::string bearer = token["bearer_token"].get<std::string>();
  EXPECT_EQ(Send("GET", "/users/me", "", bearer).status, 200);
  const Json list = Call("GET", "/user-tokens", 200);
  ASSERT_TRUE(list.is_array());
  EXPECT_THAT(Pluck(list, "name"), ElementsAre("first start", "ci"));
  EXPECT_NE(list[1]["last_used"], nullptr);
  EXPECT_EQ(list.dump().find(bearer), std::string::npos);
}

TEST_F(UserTokensTest, ExpireWithinAYear) {
  const std::string bearer =
      Make({{"name", "ci"}, {"expires_in_days", 365}})["bearer_token"].get<std::string>();
  clock_.shift = std::chrono::hours(24 * 365 + 1);
  EXPECT_EQ(Send("GET", "/users/me", "", bearer).status, 401);
  EXPECT_EQ(Call("GET", "/user-tokens", 200)[1]["active"], false);
  EXPECT_EQ(Faults("POST", "/user-tokens", {{"name", "x"}, {"expires_in_days", 366}}).size(),
            1u);
  EXPECT_EQ(Faults("POST", "/user-tokens", {{"name", "x"}, {"expires_in_days", 0}}).size(), 1u);
  EXPECT_EQ(Faults("POST", "/user-tokens", {{"expires_in_days", 5}}).size(), 1u);
  EXPECT_EQ(
      Faults("POST", "/user-tokens", {{"name", "x"}, {"scim_endpoints_only", true}}).size(),
      1u);
}

TEST_F(UserTokensTest, AreRevokedRestoredAndThenDeleted) {
  const Json token = Make({{"name", "ci"}});
  const std::string bearer = token["bearer_token"].get<std::string>();
  Call("DELETE", PathOf(token), 409);
  EXPECT_EQ(Call("PUT", PathOf(token), 200, {{"revoke", true}})["active"], false);
  EXPECT_EQ(Send("GET", "/users/me", "", bearer).status, 401);
  EXPECT_EQ(Call("PUT", PathOf(token), 200, {{"revoke", false}})["active"], true);
  EXPECT_EQ(Send("GET", "/users/me", "", bearer).status, 200);
  Call("PUT", PathOf(token), 200, {{"revoke", true}});
  Call("DELETE", PathOf(token), 204);
  Call("DELETE", PathOf(token), 404);
  EXPECT_EQ(Send("GET", "/users/me", "", bearer).status, 401);
}

TEST_F(UserTokensTest, OfOthersAreForAdministratorsOnly) {
  const std::string ana = TokenOf("ana", "Manager");
  const Json token = Make({{"name", "of admin"}});
  EXPECT_EQ(Send("GET", "/user-tokens?user=1", "", ana).status, 403);
  EXPECT_EQ(Send("PUT", PathOf(token), R"({"revoke":true})", ana).status, 404);
  EXPECT_EQ(Send("DELETE", PathOf(token), "", ana).status, 404);
  const Json of_ana = Call("GET", "/user-tokens?user=2", 200);
  ASSERT_EQ(of_ana.size(), 1u);
  Call("PUT", PathOf(of_ana[0]), 200, {{"revoke", true}});
  EXPECT_EQ(Send("GET", "/users/me", "", ana).status, 401);
  Call("GET", "/user-tokens?user=99", 404);
}

TEST_F(UserTokensTest, SessionsAreNotAmongThem) {
  Call("POST", "/users", 201, {{"name", "ana"}, {"password", "password of ana"}});
  const testing::Reply login = Send("POST", "/login",
                                    PrintJson({{"username", "ana"},
                                               {"password", "password of ana"},
                                               {"new_password", "another of ana"}}),
                                    "");
  const std::string token = ParseJson(login.body).value()["token"].get<std::string>();
  EXPECT_EQ(Send("GET", "/user-tokens", "", token).body, "[]");
  // The session's own id: 2, after that of the first start.
  Call("DELETE", "/user-tokens/2", 404);
}

}  // namespace
}  // namespace assay::api
