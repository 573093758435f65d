// Tests of api/rest/login.cc.

#include "store/audit.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LoginTest : public ApiTest {
 protected:
  LoginTest() {
    store::User user;
    user.created = clock_.Now();
    user.name = "ana";
    user.email = "ana@example.com";
    user.password_hash = installation_->passwords().Hash(Secret("correct horse")).value();
    EXPECT_TRUE(store::Users(installation_->database()).Create(user));
  }

  testing::Reply Login(const Json& body) {
    return testing::Send("POST", fmt::format("http://127.0.0.1:{}/api/login", server_->port()),
                         {}, PrintJson(body));
  }
  static std::string TokenIn(const testing::Reply& reply) {
    EXPECT_EQ(reply.status, 200) << reply.body;
    return ParseJson(reply.body).value_or(Json::object()).value("token", "");
  }
  void MakeOneTime() {
    store::Users users(installation_->database());
    store::User user = users.FindByName("ana").value();
    user.password_is_one_time = true;
    EXPECT_TRUE(users.Update(user));
  }

  const Json ana_ = {{"username", "ana"}, {"password", "correct horse"}};
};

TEST_F(LoginTest, GivesATokenOfAFewHours) {
  const testing::Reply reply = Login(ana_);
  const std::string token = TokenIn(reply);
  EXPECT_EQ(ParseJson(reply.body).value()["user"]["name"], "ana");
  EXPECT_EQ(ParseJson(Send("GET", "/users/me", "", token).body).value()["name"], "ana");
  clock_.shift = std::chrono::hours(9);
  EXPECT_EQ(Send("GET", "/users/me", "", token).status, 401);
}

TEST_F(LoginTest, TakesTheEmailAddressToo) {
  EXPECT_EQ(Login({{"username", "Ana@Example.com"}, {"password", "correct horse"}}).status,
            200);
}

TEST_F(LoginTest, DoesNotSayWhetherTheNameOrThePasswordIsWrong) {
  const testing::Reply wrong = Login({{"username", "ana"}, {"password", kTopSecret}});
  const testing::Reply unknown = Login({{"username", "nobody"}, {"password", kTopSecret}});
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
  EXPECT_THAT(wrong.body, HasSubstr("the user name or the password is wrong"));
  EXPECT_THAT(wrong.body, Not(HasSubstr(kTopSecret)));
}

TEST_F(LoginTest, RefusesUsersWithoutPasswordAndDeactivatedOnes) {
  TokenOf("bob", "Member");
  EXPECT_EQ(Login({{"username", "bob"}, {"password", ""}}).status, 401);
  store::Users users(installation_->database());
  store::User ana = users.FindByName("ana").value();
  ana.is_active = false;
  ASSERT_TRUE(users.Update(ana));
  EXPECT_EQ(Login(ana_).status, 401);
}

TEST_F(LoginTest, SlowsDownWhoGuesses) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Login({{"username", "ana"}, {"password", "wrong"}}).status, 401);
  }
  const testing::Reply refused = Login(ana_);
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.head, HasSubstr("Retry-After: 1"));
  clock_.shift = std::chrono::seconds(2);
  EXPECT_EQ(Login(ana_).status, 200);
}

TEST_F(LoginTest, AOneTimePasswordMustBeReplaced) {
  MakeOneTime();
  EXPECT_EQ(Login(ana_).status, 403);
  Json body = ana_;
  body["new_password"] = "short";
  EXPECT_EQ(Login(body).status, 422);
  body["new_password"] = "correct horse";
  EXPECT_EQ(Login(body).status, 422);
  body["new_password"] = "a better password";
  const std::string token = TokenIn(Login(body));
  EXPECT_EQ(Send("GET", "/users/me", "", token).status, 200);
  EXPECT_EQ(Login(ana_).status, 401);
  EXPECT_EQ(Login({{"username", "ana"}, {"password", "a better password"}}).status, 200);
}

TEST_F(LoginTest, TheFirstAdministratorLogsInWithItsOneTimePassword) {
  auto other = Installation::Open({.data_directory = Path("other"),
                                   .master_key_text = {},
                                   .password_cost = {.passes = 1, .memory_bytes = 8192}},
                                  clock_);
  const FirstAdmin first = other.value()->CreateAdminIfNobody()->value();
  const auto admin = store::Users(other.value()->database()).FindByName("admin").value();
  EXPECT_TRUE(admin.password_is_one_time);
  EXPECT_EQ(other.value()->passwords().Matches(admin.password_hash, first.password).value(),
            true);
  EXPECT_FALSE(other.value()->CreateAdminIfNobody()->has_value());
}

TEST_F(LoginTest, LogsOut) {
  const std::string token = TokenIn(Login(ana_));
  EXPECT_EQ(Send("POST", "/logout", "", token).status, 204);
  EXPECT_EQ(Send("GET", "/users/me", "", token).status, 401);
  EXPECT_EQ(Send("POST", "/logout", "", token_).status, 409);
}

TEST_F(LoginTest, IsInTheAuditLogWithoutThePassword) {
  MakeOneTime();
  Json body = ana_;
  body["new_password"] = kTopSecret;
  EXPECT_EQ(Send("POST", "/logout", "", TokenIn(Login(body))).status, 204);
  const Json page = Call("GET", "/audit?user=2", 200);
  EXPECT_EQ(Pluck(page, "action"), (std::vector<Json>{"logout", "login", "update"}));
  EXPECT_EQ(Pluck(page, "user"), (std::vector<Json>{"ana", "ana", "ana"}));
  EXPECT_EQ(page["items"][1]["after"], Json({{"method", "password"}}));
  EXPECT_EQ(page["items"][1]["address"], "127.0.0.1");
  EXPECT_EQ(page["items"][2]["after"], Json({{"password", "***"}}));
}

}  // namespace
}  // namespace assay::api
