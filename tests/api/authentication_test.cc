#include "api/authentication.h"

#include <future>
#include <thread>

#include "store/sql/statement.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

class AuthenticationTest : public ApiTest {
 protected:
  /// The status and message that a request with this header gets.
  std::pair<int, std::string> Ask(const std::vector<std::string>& headers) {
    const testing::Reply reply = testing::Send(
        "GET", fmt::format("http://127.0.0.1:{}/api/connections", server_->port()), headers);
    if (reply.status == 200) return {200, ""};
    EXPECT_THAT(reply.head, ::testing::HasSubstr("WWW-Authenticate: Bearer"));
    const Json body = ParseJson(reply.body).value();
    EXPECT_EQ(body["detail"], body["message"]);
    return {reply.status, body["message"].get<std::string>()};
  }

  using Outcome = std::pair<int, std::string>;
};

TEST_F(AuthenticationTest, AcceptsAValidTokenWhateverTheCaseOfTheScheme) {
  EXPECT_EQ(Ask({"Authorization: Bearer " + token_}), Outcome(200, ""));
  EXPECT_EQ(Ask({"authorization: bearer " + token_}), Outcome(200, ""));
}

TEST_F(AuthenticationTest, RefusesRequestsWithoutOne) {
  const Outcome missing(
      401, "an access token is needed: send it as 'Authorization: Bearer <token>'");
  EXPECT_EQ(Ask({}), missing);
  EXPECT_EQ(Ask({"Authorization: Bearer "}), missing);
  EXPECT_EQ(Ask({"Authorization: Basic YWRtaW46YWRtaW4="}), missing);
}

TEST_F(AuthenticationTest, RefusesForgedOnes) {
  EXPECT_EQ(Ask({"Authorization: Bearer a.b.c"}),
            Outcome(401, "the access token is not valid"));
  EXPECT_EQ(Ask({"Authorization: Bearer " + token_ + "x"}),
            Outcome(401, "the access token is not valid"));
}

TEST_F(AuthenticationTest, RefusesExpiredOnes) {
  const std::string token = installation_->IssueToken("admin", "short", 1)->Reveal();
  EXPECT_EQ(Ask({"Authorization: Bearer " + token}), Outcome(200, ""));
  clock_.shift = std::chrono::hours(24);
  EXPECT_EQ(Ask({"Authorization: Bearer " + token}),
            Outcome(401, "the access token has expired"));
  EXPECT_EQ(Ask({"Authorization: Bearer " + token_}), Outcome(200, ""));
}

TEST_F(AuthenticationTest, RefusesRevokedOnes) {
  store::Tokens tokens(installation_->database());
  const std::string token = installation_->IssueToken("admin", "lost", std::nullopt)->Reveal();
  const auto issued = tokens.List(1).value();
  ASSERT_EQ(issued.back().name, "lost");
  ASSERT_TRUE(tokens.Revoke(issued.back().id));
  EXPECT_EQ(Ask({"Authorization: Bearer " + token}),
            Outcome(401, "the access token was revoked"));
  ASSERT_TRUE(tokens.Delete(issued.back().id));
  EXPECT_EQ(Ask({"Authorization: Bearer " + token}),
            Outcome(401, "the access token was revoked"));
}

TEST_F(AuthenticationTest, RemembersThatATokenWasUsed) {
  store::Tokens tokens(installation_->database());
  EXPECT_FALSE(tokens.List(1)->front().last_used);
  EXPECT_EQ(Ask({"Authorization: Bearer " + token_}), Outcome(200, ""));
  EXPECT_TRUE(tokens.List(1)->front().last_used);
}

TEST_F(AuthenticationTest, RolesLimitWhatACallerMayDo) {
  const std::string member = TokenOf("mia", "Member");
  const std::string manager = TokenOf("max", "Manager");
  const std::string body = R"({"type":"local","uri":"/tmp"})";
  EXPECT_EQ(Send("GET", "/connections", "", member).status, 200);
  const testing::Reply refused = Send("POST", "/connections", body, member);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(ParseJson(refused.body).value()["message"],
            "this needs the role Manager; yours is Member");
  EXPECT_EQ(Send("POST", "/connections", body, manager).status, 201);
  EXPECT_EQ(Send("DELETE", "/datastores/1", "", manager).status, 403);
  EXPECT_EQ(Send("DELETE", "/datastores/1", "", token_).status, 404);
}

TEST_F(AuthenticationTest, ALongWriteDoesNotHoldUpRequests) {
  std::promise<void> is_writing, may_end;
  std::jthread writer([&] {
    const Status status =
        installation_->database().InTransaction([&](store::Access&) -> Status {
          is_writing.set_value();
          may_end.get_future().wait_for(std::chrono::seconds(20));
          return {};
        });
    EXPECT_TRUE(status);
  });
  is_writing.get_future().wait();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Ask({"Authorization: Bearer " + token_}), Outcome(200, ""));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  may_end.set_value();
}

TEST_F(AuthenticationTest, AUseThatCannotBeRecordedDoesNotFailTheRequest) {
  // As on a full disk: reads work and this write does not.
  ASSERT_TRUE(installation_->database().Write([](soci::session& session) -> Status {
    store::sql::Run(session,
                    "CREATE TRIGGER full BEFORE UPDATE ON tokens BEGIN SELECT RAISE(ABORT, "
                    "'disk full'); END");
    return {};
  }));
  EXPECT_EQ(Ask({"Authorization: Bearer " + token_}), Outcome(200, ""));
  EXPECT_THAT(log_, ::testing::Contains(::testing::HasSubstr("disk full")));
}

}  // namespace
}  // namespace assay::api
