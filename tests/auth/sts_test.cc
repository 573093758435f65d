#include "auth/sts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>

#include "net/http_server.h"

namespace assay::auth {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kRole = "arn:aws:iam::123456789012:role/reader";
constexpr const char* kAssumed =
    "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
    "<AssumedRoleUser><AssumedRoleId>A:assay</AssumedRoleId><Arn>arn</Arn></AssumedRoleUser>"
    "<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s+/=</SecretAccessKey>"
    "<SessionToken>t&amp;t</SessionToken><Expiration>2026-01-31T09:30:00Z</Expiration>"
    "</Credentials></AssumeRoleResult></AssumeRoleResponse>";
constexpr const char* kIdentity =
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/base</Arn>"
    "<UserId>AIDA</UserId><Account>1</Account></GetCallerIdentityResult>"
    "</GetCallerIdentityResponse>";

HttpResponse Refusal(int status, const char* code, const char* message) {
  return {.status = status,
          .body = fmt::format("<ErrorResponse><Error><Type>Sender</Type><Code>{}</Code>"
                              "<Message>{}</Message></Error></ErrorResponse>",
                              code, message)};
}

/// STS as the test wants it to answer.
class StsTest : public testing::Test {
 protected:
  Sts Open(net::HttpHandler handler) {
    server_ = net::HttpServer::Start({}, std::move(handler)).value();
    return Sts({.region = "eu-west-1",
                .endpoint = fmt::format("http://127.0.0.1:{}", server_->port())},
               MakeAwsCredentialsProvider({.source = AwsCredentialsSource::kStatic,
                                           .access_key_id = "AKIABASE",
                                           .secret_access_key = Secret("base-secret")})
                   .value());
  }
  Error Refused(int status, const char* code, const char* message,
                std::string external_id = "") {
    const Sts sts = Open([=](const HttpRequest& request) {
      if (request.body.starts_with("Action=GetCallerIdentity")) {
        return HttpResponse{.body = kIdentity};
      }
      return Refusal(status, code, message);
    });
    return sts
        .AssumeRole(
            {.role_arn = kRole, .external_id = std::move(external_id), .session_name = "assay"},
            {})
        .error();
  }

  std::unique_ptr<net::HttpServer> server_;
};

TEST_F(StsTest, AssumesARole) {
  HttpRequest seen;
  const Sts sts = Open([&](const HttpRequest& request) {
    seen = request;
    return HttpResponse{.body = kAssumed};
  });
  const auto keys =
      sts.AssumeRole({.role_arn = kRole, .external_id = "x1", .session_name = "assay"}, {});
  ASSERT_TRUE(keys) << keys.error().message;
  EXPECT_EQ(keys->access_key_id, "ASIA1");
  EXPECT_EQ(keys->secret_access_key.Reveal(), "s+/=");
  EXPECT_EQ(keys->session_token.Reveal(), "t&t");
  EXPECT_EQ(keys->expires, ParseTimestamp("2026-01-31T09:30:00Z").value());
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/");
  EXPECT_EQ(seen.body,
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3A"
            "role%2Freader&RoleSessionName=assay&ExternalId=x1");
  EXPECT_THAT(std::string(seen.Header("Authorization")),
              AllOf(StartsWith("AWS4-HMAC-SHA256 Credential=AKIABASE/"),
                    HasSubstr("/eu-west-1/sts/aws4_request")));
}

TEST_F(StsTest, SaysWhoTheCallerIs) {
  const Sts sts = Open([](const HttpRequest&) { return HttpResponse{.body = kIdentity}; });
  const auto identity = sts.GetCallerIdentity({});
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->arn, "arn:aws:iam::1:user/base");
  EXPECT_EQ(identity->account, "1");
  EXPECT_EQ(identity->user_id, "AIDA");
}

TEST_F(StsTest, ARefusalNamesRoleAndCallerAndWhatToCheck) {
  const char* const message =
      "User: arn:aws:iam::1:user/named is not authorized to perform: sts:AssumeRole on "
      "resource: arn:aws:iam::123456789012:role/reader";
  const Error missing = Refused(403, "AccessDenied", message);
  EXPECT_EQ(missing.kind, ErrorKind::kDenied);
  EXPECT_THAT(missing.message,
              AllOf(HasSubstr("trust policy"), HasSubstr("demands an external id"),
                    HasSubstr("none is given"), HasSubstr(kRole),
                    HasSubstr("caller arn:aws:iam::1:user/named")));
  EXPECT_THAT(Refused(403, "AccessDenied", message, "wrong-id").message,
              AllOf(HasSubstr("expects another external id than the one given"),
                    Not(HasSubstr("wrong-id"))));
}

TEST_F(StsTest, AsksForTheCallerWhomTheRefusalDoesNotName) {
  EXPECT_THAT(Refused(403, "AccessDenied", "Not authorized").message,
              HasSubstr("caller arn:aws:iam::1:user/base"));
  EXPECT_THAT(Refused(403, "AccessDenied", "User:  is not authorized to").message,
              HasSubstr("caller arn:aws:iam::1:user/base"));
}

TEST_F(StsTest, KnowsThatTheCallersOwnPolicyIsTheReason) {
  const Error error = Refused(403, "AccessDenied",
                              "User: u is not authorized to perform: sts:AssumeRole because no "
                              "identity-based policy allows the sts:AssumeRole action");
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("caller's own policies"), Not(HasSubstr("trust policy"))));
}

TEST_F(StsTest, OtherRefusalsNameTheRoleToo) {
  const Error unknown = Refused(403, "InvalidClientTokenId", "m");
  EXPECT_EQ(unknown.kind, ErrorKind::kUnauthenticated);
  EXPECT_THAT(unknown.message, AllOf(HasSubstr("access key id"), HasSubstr(kRole)));
  EXPECT_EQ(Refused(400, "ValidationError", "too long").kind, ErrorKind::kInvalidInput);
}

TEST_F(StsTest, AsksAgainWhenTheServiceFailsForAMoment) {
  std::atomic<int> calls = 0;
  const Sts sts = Open([&](const HttpRequest&) {
    if (++calls < 3) return Refusal(503, "ServiceUnavailable", "");
    return HttpResponse{.body = kIdentity};
  });
  EXPECT_TRUE(sts.GetCallerIdentity({}));
  EXPECT_EQ(calls, 3);
}

TEST_F(StsTest, AnotherAnswerIsCorrupt) {
  for (const char* body : {"", "{}", "<html>", "<A><AssumeRoleResult/></A>"}) {
    EXPECT_EQ(ParseAssumedRole(body).error().kind, ErrorKind::kCorruptData) << body;
    EXPECT_EQ(ParseCallerIdentity(body).error().kind, ErrorKind::kCorruptData) << body;
  }
}

}  // namespace
}  // namespace assay::auth
