#include "auth/aws_failure.h"

#include <gmock/gmock.h>

namespace assay::auth {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

Error Explain(AwsFailure failure) {
  if (failure.status == 0) failure.status = 403;
  return ExplainAwsFailure(failure, "STS", "https://sts.test");
}

TEST(AwsFailureTest, ReadsXmlJsonAndTheServersClock) {
  const Timestamp now = ParseTimestamp("2026-01-31T09:30:00Z").value();
  const AwsFailure xml = ReadAwsFailure(
      {.status = 403,
       .body = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
               "<Type>Sender</Type><Code>AccessDenied</Code><Message>User: a &amp; b</Message>"
               "</Error><RequestId>1</RequestId></ErrorResponse>",
       .headers = {{"date", "Sat, 31 Jan 2026 08:30:00 GMT"}}},
      now);
  EXPECT_EQ(xml.status, 403);
  EXPECT_EQ(xml.code, "AccessDenied");
  EXPECT_EQ(xml.message, "User: a & b");
  EXPECT_EQ(xml.clock_ahead, seconds(3600));
  const AwsFailure json = ReadAwsFailure(
      {.status = 400, .body = R"( {"__type":"a.b#ResourceNotFoundException","Message":"m"})"},
      now);
  EXPECT_EQ(json.code, "ResourceNotFoundException");
  EXPECT_EQ(json.message, "m");
  EXPECT_FALSE(json.clock_ahead);
  for (const char* body : {"", "<html>", "{", "[]", R"({"__type":5})", "busy"}) {
    EXPECT_EQ(ReadAwsFailure({.status = 502, .body = body}, now).code, "") << body;
  }
}

struct Case {
  const char* code;
  ErrorKind kind;
  const char* says;
};

class AwsFailureCodeTest : public testing::TestWithParam<Case> {};

TEST_P(AwsFailureCodeTest, SaysWhatToDo) {
  const Error error = Explain({.code = GetParam().code, .message = "AWS4-HMAC-SHA256 sig"});
  EXPECT_EQ(ErrorKindName(error.kind), std::string(ErrorKindName(GetParam().kind)));
  EXPECT_THAT(error.message, HasSubstr(GetParam().says));
  EXPECT_THAT(error.message, HasSubstr("STS at https://sts.test"));
  EXPECT_THAT(error.message, Not(HasSubstr("HMAC")));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, AwsFailureCodeTest,
    testing::Values(
        Case{"InvalidClientTokenId", ErrorKind::kUnauthenticated, "access key id"},
        Case{"UnrecognizedClientException", ErrorKind::kUnauthenticated, "access key id"},
        Case{"SignatureDoesNotMatch", ErrorKind::kUnauthenticated, "secret access key"},
        Case{"ExpiredToken", ErrorKind::kUnauthenticated, "has expired"},
        Case{"RequestExpired", ErrorKind::kUnauthenticated, "clock"},
        Case{"MissingAuthenticationToken", ErrorKind::kUnauthenticated, "give credentials"},
        Case{"RegionDisabledException", ErrorKind::kDenied, "activate"},
        Case{"Throttling", ErrorKind::kRateLimited, "slow down"},
        Case{"AccessDenied", ErrorKind::kDenied, "permission"},
        Case{"Odd", ErrorKind::kDenied, "(Odd)"},
        Case{"", ErrorKind::kUnsupported, "check the endpoint"}));

TEST(AwsFailureTest, ASignatureThatIsLateIsAMatterOfTheClock) {
  EXPECT_THAT(Explain({.code = "SignatureDoesNotMatch", .clock_ahead = seconds(-3600)}).message,
              HasSubstr("clock is wrong (60 minutes behind the server's)"));
  EXPECT_THAT(
      Explain({.code = "InvalidSignatureException", .clock_ahead = seconds(420)}).message,
      HasSubstr("7 minutes ahead"));
  EXPECT_THAT(Explain({.code = "SignatureDoesNotMatch",
                       .message = "Signature expired: 1 is now earlier than 2"})
                  .message,
              HasSubstr("clock"));
  EXPECT_THAT(Explain({.code = "SignatureDoesNotMatch", .clock_ahead = seconds(60)}).message,
              HasSubstr("secret access key"));
}

TEST(AwsFailureTest, RepeatsWhatTheServiceSaysOfAParameter) {
  const Error error = Explain({.status = 400,
                               .code = "ValidationError",
                               .message = "DurationSeconds exceeds the MaxSessionDuration"});
  EXPECT_EQ(error.kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(error.message, HasSubstr("exceeds the MaxSessionDuration"));
}

TEST(AwsFailureTest, AFailingServiceIsUnavailable) {
  EXPECT_EQ(Explain({.status = 503, .code = "ServiceUnavailable"}).kind,
            ErrorKind::kUnavailable);
  EXPECT_EQ(Explain({.status = 404}).kind, ErrorKind::kUnsupported);
}

}  // namespace
}  // namespace assay::auth
