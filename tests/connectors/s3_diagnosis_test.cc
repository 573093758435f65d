#include "connectors/s3_diagnosis.h"

#include <aws/auth/auth.h>
#include <aws/http/http.h>
#include <aws/io/io.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace assay::connectors {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

S3Attempt Reading() {
  return {.right = "s3:GetObject",
          .place = {.bucket = "lake", .prefix = "raw/"},
          .region = "us-east-1"};
}

struct CodeCase {
  const char* code;
  int status;
  std::string message;
  Blame blame;
  const char* remedy;
};

class S3CodeTest : public ::testing::TestWithParam<CodeCase> {};

TEST_P(S3CodeTest, HasItsBlameAndRemedy) {
  const Diagnosis diagnosis = DiagnoseS3({.runtime_error = 1,
                                          .status = GetParam().status,
                                          .code = GetParam().code,
                                          .message = GetParam().message},
                                         Reading());
  EXPECT_STREQ(BlameName(diagnosis.blame), BlameName(GetParam().blame));
  EXPECT_THAT(diagnosis.remedy, HasSubstr(GetParam().remedy));
  EXPECT_THAT(diagnosis.remedy, Not(HasSubstr("AWS4-HMAC")));
}

constexpr const char* kSigned = "AWS4-HMAC-SHA256 20260131/us-east-1/s3/aws4_request";

/// As AWS words a refusal.
std::string Denied(const std::string& reason) {
  return "User: arn:aws:iam::111122223333:user/reader is not authorized to perform: "
         "s3:GetObject on resource: \"arn:aws:s3:::lake/raw/a.csv\" " +
         reason;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, S3CodeTest,
    ::testing::Values(
        CodeCase{"InvalidAccessKeyId", 403, kSigned, Blame::kKey, "create a new key pair"},
        CodeCase{"InvalidClientTokenId", 403, "", Blame::kKey, "active"},
        CodeCase{"SignatureDoesNotMatch", 403, kSigned, Blame::kSignature, "without blanks"},
        CodeCase{"ExpiredToken", 400, "", Blame::kSessionToken, "get new temporary keys"},
        CodeCase{"TokenRefreshRequired", 400, "", Blame::kSessionToken, "new temporary keys"},
        CodeCase{"InvalidToken", 400, "", Blame::kSessionToken,
                 "enter the session token again"},
        CodeCase{"InvalidSecurity", 403, "", Blame::kSessionToken, "session token"},
        CodeCase{"RequestTimeTooSkewed", 403, "", Blame::kClock, "set this machine's clock"},
        CodeCase{"RequestExpired", 400, "", Blame::kClock, "clock"},
        CodeCase{"NoSuchBucket", 404, "", Blame::kBucket, "the URI is s3://lake"},
        CodeCase{"InvalidBucketName", 400, "", Blame::kBucket, "typing errors"},
        CodeCase{"AllAccessDisabled", 403, "All access to this object has been disabled",
                 Blame::kAccount, "AllAccessDisabled means"},
        CodeCase{"AccountProblem", 403, "", Blame::kAccount, "suspended"},
        CodeCase{"NotSignedUp", 403, "", Blame::kAccount, "not signed up"},
        CodeCase{"PermanentRedirect", 301, "", Blame::kRegion, "bucket's own region"},
        CodeCase{"TemporaryRedirect", 307, "", Blame::kRegion, "bucket's own region"},
        CodeCase{"IllegalLocationConstraintException", 400,
                 "The eu-west-1 location constraint is incompatible for the region specific "
                 "endpoint this request was sent to.",
                 Blame::kRegion, "give region eu-west-1 instead of us-east-1"},
        CodeCase{"", 301, "", Blame::kRegion, "instead of us-east-1"},
        CodeCase{"AccessDenied", 403, "Access Denied", Blame::kPermission,
                 "grant s3:GetObject on arn:aws:s3:::lake/raw/*; if it is granted already"},
        CodeCase{"", 403, "", Blame::kPermission, "grant s3:GetObject"},
        CodeCase{"AccessDenied", 403,
                 Denied("because no identity-based policy allows the s3:GetObject action"),
                 Blame::kPermission, "grant s3:GetObject on arn:aws:s3:::lake/raw/*"},
        CodeCase{"AccessDenied", 403,
                 Denied("because no resource-based policy allows the s3:GetObject action"),
                 Blame::kBucketPolicy, "let the bucket's policy allow s3:GetObject"},
        CodeCase{"AccessDenied", 403,
                 Denied("because no permissions boundary allows the s3:GetObject action"),
                 Blame::kGuardrail, "let the permissions boundary allow"},
        CodeCase{"AccessDenied", 403,
                 Denied("because no service control policy allows the s3:GetObject action"),
                 Blame::kGuardrail, "let the service control policy allow"},
        CodeCase{"AccessDenied", 403, Denied("because no session policy allows the action"),
                 Blame::kGuardrail, "session policy"},
        CodeCase{"AccessDenied", 403,
                 Denied("because no VPC endpoint policy allows the action"), Blame::kGuardrail,
                 "VPC endpoint policy"},
        CodeCase{"AccessDenied", 403,
                 Denied("with an explicit deny in a resource-based policy"),
                 Blame::kBucketPolicy, "Deny of s3:GetObject out of the bucket's policy"},
        CodeCase{"AccessDenied", 403,
                 Denied("with an explicit deny in an identity-based policy"),
                 Blame::kExplicitDeny, "out of the identity-based policy"},
        CodeCase{"AccessDenied", 403,
                 Denied("with an explicit deny in a service control policy"),
                 Blame::kExplicitDeny, "out of the service control policy"},
        CodeCase{
            "AccessDenied", 403,
            Denied("because public policies are blocked by the RestrictPublicBuckets block "
                   "public access setting."),
            Blame::kPublicAccessBlock, "change Block Public Access"},
        CodeCase{"KMS.DisabledException", 400,
                 "arn:aws:kms:eu-west-1:111122223333:key/1a2b is disabled.", Blame::kKms,
                 "enable the KMS key"},
        CodeCase{"KMS.KMSInvalidStateException", 400, "it is pending deletion", Blame::kKms,
                 "cancel its deletion"},
        CodeCase{"KMS.NotFoundException", 400, "", Blame::kKms, "that exists"},
        CodeCase{"AccessDenied", 403,
                 "The ciphertext refers to a customer master key that does not exist, does not "
                 "exist in this region, or you are not allowed to access.",
                 Blame::kKms, "grant kms:Decrypt"},
        CodeCase{"InvalidObjectState", 403, "", Blame::kObject, "restore"},
        CodeCase{"NoSuchKey", 404, "", Blame::kObject, "try again"},
        CodeCase{"SlowDown", 503, "", Blame::kStore, "later"},
        CodeCase{"InternalError", 500, "", Blame::kStore, "later"},
        CodeCase{"", 502, "", Blame::kStore, "later"},
        CodeCase{"NotImplemented", 501, "", Blame::kEndpoint, "lacks this part of S3"},
        CodeCase{"", 404, "", Blame::kEndpoint, "check the endpoint"},
        CodeCase{"", 401, "", Blame::kKey, "wants others"},
        CodeCase{"Odd", 400, "", Blame::kUnknown, "Odd"},
        CodeCase{"", 418, "", Blame::kUnknown, "HTTP 418"}));

struct TransportCase {
  int error;
  Blame blame;
};

class S3TransportTest : public ::testing::TestWithParam<TransportCase> {};

TEST_P(S3TransportTest, TellsWhyThereWasNoAnswer) {
  const Diagnosis diagnosis = DiagnoseS3({.runtime_error = GetParam().error}, Reading());
  EXPECT_STREQ(BlameName(diagnosis.blame), BlameName(GetParam().blame));
  EXPECT_NE(diagnosis.remedy, "");
  EXPECT_TRUE(HoldsForAllRequests(diagnosis.blame));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, S3TransportTest,
    ::testing::Values(TransportCase{AWS_IO_DNS_INVALID_NAME, Blame::kDns},
                      TransportCase{AWS_IO_SOCKET_CONNECTION_REFUSED, Blame::kConnection},
                      TransportCase{AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE, Blame::kTls},
                      TransportCase{AWS_IO_SOCKET_TIMEOUT, Blame::kTimeout},
                      TransportCase{AWS_ERROR_HTTP_CONNECTION_CLOSED, Blame::kNetwork},
                      TransportCase{AWS_AUTH_CREDENTIALS_PROVIDER_INVALID_ENVIRONMENT,
                                    Blame::kCredentials}));

TEST(S3DiagnosisTest, TheClocksDifferenceIsToldInSeconds) {
  EXPECT_THAT(
      DiagnoseS3({.status = 403, .code = "RequestTimeTooSkewed", .clock_ahead = seconds(-3600)},
                 Reading())
          .remedy,
      HasSubstr("3600 seconds behind the server's"));
  const Diagnosis late =
      DiagnoseS3({.status = 403, .code = "SignatureDoesNotMatch", .clock_ahead = seconds(1000)},
                 Reading());
  EXPECT_EQ(late.blame, Blame::kClock);
  EXPECT_THAT(late.remedy, HasSubstr("1000 seconds ahead of the server's"));
  EXPECT_EQ(
      DiagnoseS3({.status = 403, .code = "SignatureDoesNotMatch", .clock_ahead = seconds(100)},
                 Reading())
          .blame,
      Blame::kSignature);
}

TEST(S3DiagnosisTest, TheRightRegionIsNamed) {
  const engine::S3Failure failure{
      .status = 400, .code = "AuthorizationHeaderMalformed", .bucket_region = "eu-west-1"};
  EXPECT_EQ(DiagnoseS3(failure, Reading()).remedy,
            "give region eu-west-1 instead of us-east-1");
  S3Attempt there = Reading();
  there.region = "eu-west-1";
  EXPECT_THAT(DiagnoseS3(failure, there).remedy, HasSubstr("that region's endpoint"));
}

TEST(S3DiagnosisTest, TemporaryKeysWithoutTheirTokenAreToldFromUnknownOnes) {
  S3Attempt attempt = Reading();
  attempt.identity = S3Identity::kWithoutToken;
  const Diagnosis diagnosis =
      DiagnoseS3({.status = 403, .code = "InvalidAccessKeyId"}, attempt);
  EXPECT_EQ(diagnosis.blame, Blame::kSessionToken);
  EXPECT_THAT(diagnosis.remedy, HasSubstr("give the session token too"));
  EXPECT_THAT(DiagnoseS3({.status = 403, .code = "SignatureDoesNotMatch"}, attempt).remedy,
              HasSubstr("give their session token too"));
}

TEST(S3DiagnosisTest, ADeniedActionHasItsStatement) {
  EXPECT_EQ(DiagnoseS3({.status = 403, .code = "AccessDenied"}, Reading()).statement,
            GrantStatement("s3:GetObject", Reading().place));
  EXPECT_EQ(DiagnoseS3({.status = 403,
                        .code = "AccessDenied",
                        .message = Denied("with an explicit deny in a resource-based policy")},
                       Reading())
                .statement,
            Json());
}

TEST(S3DiagnosisTest, AnonymousRequestsNeedAPublicBucket) {
  S3Attempt attempt = Reading();
  attempt.identity = S3Identity::kAnonymous;
  const Diagnosis diagnosis = DiagnoseS3({.status = 403, .code = "AccessDenied"}, attempt);
  EXPECT_EQ(diagnosis.blame, Blame::kBucketPolicy);
  EXPECT_EQ(diagnosis.statement["Principal"], "*");
  EXPECT_EQ(diagnosis.statement["Action"], Json::array({"s3:GetObject"}));
}

TEST(S3DiagnosisTest, ADeniedKeyHasAStatementOnTheKey) {
  const engine::S3Failure failure{
      .status = 403,
      .code = "AccessDenied",
      .message =
          "User: arn:aws:iam::111122223333:user/writer is not authorized to perform: "
          "kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:111122223333:key/1a2b "
          "because no identity-based policy allows the kms:GenerateDataKey action"};
  S3Attempt attempt = Reading();
  attempt.right = "s3:PutObject";
  EXPECT_EQ(DiagnoseS3(failure, attempt).statement, Json::parse(R"(
      {"Effect": "Allow", "Action": ["kms:GenerateDataKey"],
       "Resource": ["arn:aws:kms:eu-west-1:111122223333:key/1a2b"]})"));
  // Without a key in the message, that of the settings; without either, a pattern to fill in.
  const engine::S3Failure bare{
      .status = 403, .code = "AccessDenied", .message = "no kms: permission"};
  EXPECT_EQ(DiagnoseS3(bare, attempt).statement["Resource"][0],
            "arn:aws:kms:REGION:ACCOUNT:key/KEY");
  attempt.place.kms_key_arn = "arn:aws:kms:r:1:key/own";
  EXPECT_EQ(DiagnoseS3(bare, attempt).statement["Resource"][0], "arn:aws:kms:r:1:key/own");
  EXPECT_EQ(DiagnoseS3(bare, attempt).statement["Action"][0], "kms:GenerateDataKey");
}

TEST(BlameTest, EachHasANameAndATextOfItsOwn) {
  std::set<std::string> names, texts;
  for (int i = 0; i <= static_cast<int>(Blame::kUnknown); ++i) {
    names.insert(BlameName(static_cast<Blame>(i)));
    texts.insert(BlameText(static_cast<Blame>(i)));
  }
  const size_t count = static_cast<size_t>(Blame::kUnknown) + 1;
  EXPECT_EQ(names.size(), count);
  EXPECT_EQ(texts.size(), count);
  EXPECT_FALSE(names.contains("") || texts.contains(""));
}

}  // namespace
}  // namespace assay::connectors
