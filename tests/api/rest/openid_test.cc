// Tests of api/rest/openid.cc.

#include "api/openid_login.h"
#include "tests/api/api_fixture.h"
#include "tests/auth/openid_server.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OpenIdTest : public ApiTest {
 protected:
  OpenIdTest() {
    provider_.now =
        std::chrono::duration_cast<std::chrono::seconds>(clock_.Now().time_since_epoch())
            .count();
  }

  /// Starts the server anew with this policy.
  void Configure(const OpenIdPolicy& policy) {
    openid_ = std::make_unique<OpenIdLogin>(
        auth::OpenIdOptions{.issuer = provider_.issuer,
                            .client_id = "assay",
                            .client_secret = Secret(kTopSecret),
                            .redirect_url = "http://127.0.0.1/api/callback",
                            .ca_bundle_path = {}},
        policy, clock_);
    StartServer(openid_.get());
  }

  std::string HeaderOf(const testing::Reply& reply, const std::string& name) {
    const size_t at = reply.head.find(name + ": ");
    EXPECT_NE(at, std::string::npos) << reply.head;
    if (at == std::string::npos) return "";
    const size_t start = at + name.size() + 2;
    return reply.head.substr(start, reply.head.find('\r', start) - start);
  }

  testing::Reply Get(const std::string& path, const std::string& cookie = "") {
    std::vector<std::string> headers;
    if (!cookie.empty()) headers.push_back("Cookie: other=1; " + cookie);
    return testing::Send("GET", fmt::format("http://127.0.0.1:{}/api{}", server_->port(), path),
                         headers);
  }

  /// The whole way of a browser whose user is who `claims` say.
  testing::Reply LogIn(const Json& claims) {
    const testing::Reply begun = Get("/oidc/login");
    EXPECT_EQ(begun.status, 302) << begun.body;
    const std::string code = provider_.Authorize(HeaderOf(begun, "Location"), claims);
    cookie_ = HeaderOf(begun, "Set-Cookie");
    cookie_ = cookie_.substr(0, cookie_.find(';'));
    path_ = "/callback?code=" + code + "&state=" + provider_.asked["state"];
    return Get(path_, cookie_);
  }

  std::string Message(const testing::Reply& reply, int status) {
    EXPECT_EQ(reply.status, status) << reply.body;
    return ParseJson(reply.body).value_or(Json::object()).value("message", "");
  }

  auth::testing::OpenIdServer provider_;
  std::unique_ptr<OpenIdLogin> openid_;
  std::string cookie_, path_;
  const Json ana_ = {{"email", "Ana@example.com"}, {"email_verified", true}};
};

TEST_F(OpenIdTest, IsNotThereUnlessSetUp) {
  EXPECT_THAT(Message(Get("/oidc/login"), 404), HasSubstr("not set up"));
  EXPECT_THAT(Message(Get("/callback?code=1&state=2"), 404), HasSubstr("not set up"));
}

TEST_F(OpenIdTest, LogsInTheUserOfTheAddress) {
  TokenOf("ana", "Manager");
  Configure({});
  const testing::Reply reply = LogIn(ana_);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Json session = ParseJson(reply.body).value();
  EXPECT_EQ(session["user"]["name"], "ana");
  EXPECT_EQ(session["user"]["role"], "Manager");
  const std::string token = session["token"].get<std::string>();
  EXPECT_EQ(Send("GET", "/users/me", "", token).status, 200);
  const Json entry = Call("GET", "/audit?action=login", 200)["items"][0];
  EXPECT_EQ(entry["user"], "ana");
  EXPECT_EQ(entry["after"], Json({{"method", "OpenID Connect"}}));
}

TEST_F(OpenIdTest, MakesUnknownUsersOnlyIfToldTo) {
  Configure({});
  EXPECT_THAT(Message(LogIn(ana_), 403), HasSubstr("ask an administrator"));
  Configure({.unknown_users = OpenIdPolicy::UnknownUsers::kCreate});
  const testing::Reply reply = LogIn(ana_);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Json user = ParseJson(reply.body).value()["user"];
  EXPECT_EQ(user["name"], "Ana@example.com");
  EXPECT_EQ(user["role"], "Member");
  EXPECT_EQ(user["user_id"], "oidc|u1");
  EXPECT_EQ(ParseJson(LogIn(ana_).body).value()["user"]["id"], user["id"]);
}

TEST_F(OpenIdTest, LetsInOnlyVerifiedAddressesUnlessToldOtherwise) {
  TokenOf("ana", "Member");
  const Json unverified = {{"email", "ana@example.com"}};
  Configure({});
  EXPECT_THAT(Message(LogIn(unverified), 403), HasSubstr("not verified"));
  EXPECT_THAT(Message(LogIn(Json::object()), 403), HasSubstr("no email address"));
  Configure({.unverified_email = OpenIdPolicy::UnverifiedEmail::kTrust});
  EXPECT_EQ(LogIn(unverified).status, 200);
}

TEST_F(OpenIdTest, KeepsDeactivatedUsersOut) {
  TokenOf("ana", "Member");
  Configure({.unknown_users = OpenIdPolicy::UnknownUsers::kCreate});
  Call("DELETE", "/users/2", 204);
  EXPECT_EQ(Message(LogIn(ana_), 403), "this user was deactivated");
}

TEST_F(OpenIdTest, AnAnswerCountsOnceAndForTheBrowserThatBegan) {
  TokenOf("ana", "Member");
  Configure({});
  ASSERT_EQ(LogIn(ana_).status, 200);
  EXPECT_THAT(Message(Get(path_, cookie_), 401), HasSubstr("begin again"));
  ASSERT_EQ(LogIn(ana_).status, 200);
  EXPECT_THAT(Message(Get(path_), 401), HasSubstr("another browser"));
  EXPECT_THAT(Message(Get(path_, "assay_login=forged"), 401), HasSubstr("another browser"));
  EXPECT_THAT(Message(Get("/callback?error=access_denied"), 401), HasSubstr("access_denied"));
}

TEST_F(OpenIdTest, ALoginMustEndWithinTenMinutes) {
  TokenOf("ana", "Member");
  Configure({});
  const testing::Reply begun = Get("/oidc/login");
  const std::string code = provider_.Authorize(HeaderOf(begun, "Location"), ana_);
  const std::string cookie = HeaderOf(begun, "Set-Cookie");
  EXPECT_THAT(cookie, HasSubstr("; HttpOnly; SameSite=Lax"));
  clock_.shift = std::chrono::minutes(11);
  EXPECT_THAT(Message(Get("/callback?code=" + code + "&state=" + provider_.asked["state"],
                          cookie.substr(0, cookie.find(';'))),
                      401),
              HasSubstr("too long ago"));
}

}  // namespace
}  // namespace assay::api
