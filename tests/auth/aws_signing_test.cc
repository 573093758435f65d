#include "auth/aws_signing.h"

#include <gmock/gmock.h>

#include <map>

#include "auth/sts.h"

namespace assay::auth {
namespace {

constexpr const char* kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr const char* kForm = "application/x-www-form-urlencoded; charset=utf-8";

Timestamp Time(const char* text) {
  return ParseTimestamp(text).value();
}

std::map<std::string, std::string> ToMap(const std::vector<net::HttpHeader>& headers) {
  std::map<std::string, std::string> map;
  for (const auto& header : headers) map[header.name] = header.value;
  return map;
}

// "post-x-www-form-urlencoded" of the test suite that AWS published for Signature Version 4.
TEST(AwsSigningTest, SignsAsThePublishedExample) {
  const auto call =
      SignAwsCall({.method = "POST",
                   .url = "https://example.amazonaws.com/",
                   .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                   .body = "Param1=value1"},
                  {.service = "service", .region = "us-east-1"},
                  {.access_key_id = "AKIDEXAMPLE", .secret_access_key = Secret(kSecret)},
                  Time("2015-08-30T12:36:00Z"));
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->body, "Param1=value1");
  EXPECT_EQ(
      ToMap(call->headers),
      (std::map<std::string, std::string>{
          {"Host", "example.amazonaws.com"},
          {"Content-Type", "application/x-www-form-urlencoded"},
          {"X-Amz-Date", "20150830T123600Z"},
          {"Authorization",
           "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/"
           "aws4_request, SignedHeaders=content-type;host;x-amz-date, "
           "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"}}));
}

// The signatures were computed by a few lines of Python that give the one above as well.
TEST(AwsSigningTest, SignsAssumeRoleWithAndWithoutASessionToken) {
  const std::string body = AssumeRoleBody({.role_arn = "arn:aws:iam::123456789012:role/reader",
                                           .external_id = "tenant/42",
                                           .session_name = "assay",
                                           .duration_seconds = 900});
  EXPECT_EQ(body,
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3A"
            "role%2Freader&RoleSessionName=assay&ExternalId=tenant%2F42&DurationSeconds=900");
  AwsKeys keys{.access_key_id = "ASIAEXAMPLE",
               .secret_access_key = Secret(kSecret),
               .session_token = Secret("TOKEN/=+")};
  const auto sign = [&](const char* url) {
    return ToMap(
        SignAwsCall(
            {.method = "POST", .url = url, .headers = {{"Content-Type", kForm}}, .body = body},
            {.service = "sts", .region = "eu-west-1"}, keys, Time("2026-01-31T08:30:00Z"))
            .value()
            .headers);
  };
  EXPECT_EQ(
      sign("https://sts.eu-west-1.amazonaws.com"),
      (std::map<std::string, std::string>{
          {"Host", "sts.eu-west-1.amazonaws.com"},
          {"Content-Type", kForm},
          {"X-Amz-Date", "20260131T083000Z"},
          {"X-Amz-Security-Token", "TOKEN/=+"},
          {"Authorization",
           "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20260131/eu-west-1/sts/aws4_request, "
           "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, "
           "Signature=ad9299f34690bcb67ad2e60399c867b2c868b6085f1045198901ef524ef46c02"}}));
  keys.session_token = Secret();
  EXPECT_THAT(
      sign("http://127.0.0.1:8080/")["Authorization"],
      testing::EndsWith(
          "Signature=86c28353084b04e1baac2b41e1aa93bd1a970b1659e823915c1306ce3d42c8e9"));
}

TEST(AwsSigningTest, AnonymousKeysSignNothingAndAWrongUrlIsRefused) {
  const auto call = SignAwsCall({.url = "https://h/"}, {}, {}, {});
  ASSERT_TRUE(call);
  EXPECT_TRUE(call->headers.empty());
  EXPECT_EQ(SignAwsCall({.url = "sts"}, {}, {}, {}).error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::auth
