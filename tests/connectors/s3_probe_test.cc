// Probes of stores that answer as AWS does where no server here would: byte for byte the
// answers of Amazon S3.

#include "connectors/s3_probe.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "connectors/s3_rights.h"
#include "tests/services/scripted_server.h"

namespace assay::connectors {
namespace {

using services::ScriptedServer;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Answer = ScriptedServer::Answer;
using Outcome = ProbeStep::Outcome;
using Request = ScriptedServer::Request;

std::string ErrorBody(const std::string& code, const std::string& message,
                      const std::string& more = "") {
  return fmt::format(
      "<?xml version=\"1.0\" "
      "encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{}</Message>{}"
      "<RequestId>4442587FB7D0A2F9</RequestId><HostId>bHA1Mm+8C+Y=</HostId></Error>",
      code, message, more);
}

Answer Refusal(int status, const std::string& body, const std::string& headers = "") {
  return {
      .status = status, .headers = headers + "Content-Type: application/xml\r\n", .body = body};
}

/// The S3 action that a request needs.
std::string RightOf(const Request& request) {
  const bool has_upload = request.target.find("uploadId=") != std::string::npos;
  const bool is_uploads = request.target.find("uploads=") != std::string::npos;
  if (request.target.find("location=") != std::string::npos) return "s3:GetBucketLocation";
  if (request.method == "PUT") return "s3:PutObject";
  if (request.method == "POST") return "s3:PutObject";
  if (request.method == "DELETE")
    return has_upload ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
  if (has_upload) return "s3:ListMultipartUploadParts";
  if (is_uploads) return "s3:ListBucketMultipartUploads";
  return request.target.find("list-type=2") != std::string::npos ? "s3:ListBucket"
                                                                 : "s3:GetObject";
}

/// A bucket with one object "raw/a.csv" that keeps what is put into it and forbids some rights.
class Bucket {
 public:
  explicit Bucket(std::set<std::string> denied) : denied_(std::move(denied)) {}

  Answer operator()(const Request& request) {
    const std::string right = RightOf(request);
    if (denied_.contains(right)) {
      return Refusal(403, ErrorBody("AccessDenied",
                                    "User: arn:aws:iam::111122223333:user/u is not authorized "
                                    "to perform: " +
                                        right +
                                        " on resource: \"arn:aws:s3:::data\" because no "
                                        "identity-based policy allows the " +
                                        right + " action"));
    }
    const std::string key = request.target.substr(0, request.target.find('?'));
    if (right == "s3:ListBucket") {
      return {.body =
                  "<ListBucketResult><IsTruncated>false</IsTruncated><Contents>"
                  "<Key>raw/a.csv</Key><Size>3</Size></Contents></ListBucketResult>"};
    }
    if (right == "s3:GetBucketLocation")
      return {
          .body =
              "<?xml version=\"1.0\"?>\n<LocationConstraint>eu-west-1</LocationConstraint>"};
    if (right == "s3:ListBucketMultipartUploads") return {.body = Uploads()};
    if (request.method == "POST") {
      uploads.insert(key);
      return {.body =
                  "<InitiateMultipartUploadResult><UploadId>u1</UploadId>"
                  "</InitiateMultipartUploadResult>"};
    }
    if (right == "s3:AbortMultipartUpload" || right == "s3:ListMultipartUploadParts") {
      if (!uploads.contains(key))
        return Refusal(404, ErrorBody("NoSuchUpload", "The specified upload does not exist."));
      if (request.method == "DELETE") uploads.erase(key);
      return request.method == "DELETE" ? Answer{.status = 204}
                                        : Answer{.body = "<ListPartsResult/>"};
    }
    if (request.method == "PUT") objects.insert(key);
    if (request.method == "DELETE") objects.erase(key);
    if (request.method == "GET" && key != "/data/raw/a.csv" && !objects.contains(key))
      return Refusal(404, ErrorBody("NoSuchKey", "The specified key does not exist."));
    return {.status = request.method == "DELETE" ? 204 : 200, .headers = "ETag: \"1\"\r\n"};
  }

  std::set<std::string> objects, uploads;  // of the probe's own

 private:
  std::string Uploads() const {
    std::string body = "<ListMultipartUploadsResult>";
    for (const std::string& key : uploads) {
      body += fmt::format("<Upload><Key>{}</Key><UploadId>u1</UploadId></Upload>",
                          key.substr(std::string("/data/").size()));
    }
    return body + "</ListMultipartUploadsResult>";
  }

  const std::set<std::string> denied_;
};

std::vector<ProbeStep> ProbeAt(const std::string& endpoint, Access access,
                               const std::stop_token& stop = {},
                               const std::string& access_key_id = "AKIAIOSFODNN7EXAMPLE") {
  engine::S3Options options;
  options.bucket = "data";
  options.endpoint = endpoint;
  options.region = "us-east-1";
  options.retry_budget = 1;
  auth::AwsCredentialsOptions credentials;
  credentials.source = auth::AwsCredentialsSource::kStatic;
  credentials.access_key_id = access_key_id;
  credentials.secret_access_key = Secret("very-secret");
  const auto bucket = engine::S3Bucket::Open(options, credentials, {});
  EXPECT_TRUE(bucket) << bucket.error().message;
  return ProbeS3(**bucket, credentials, "raw/", access, stop);
}

/// The first step of a probe whose every request is answered so.
ProbeStep FirstStep(const Answer& answer, const std::string& access_key_id = "AKIA") {
  ScriptedServer server([&](const Request&) { return answer; });
  const auto steps = ProbeAt(server.endpoint(), Access::kRead, {}, access_key_id);
  EXPECT_EQ(steps.at(0).outcome, Outcome::kRefused);
  return steps.at(0);
}

std::vector<std::string> Refused(const std::vector<ProbeStep>& steps) {
  std::vector<std::string> rights;
  for (const ProbeStep& step : steps) {
    if (step.outcome == Outcome::kRefused) rights.push_back(step.right);
    EXPECT_NE(step.outcome, Outcome::kSkipped) << step.action << ": " << step.detail;
  }
  return rights;
}

TEST(S3ProbeTest, OneDeniedActionHidesNoOther) {
  for (const S3Right& right : AllS3Rights()) {
    const std::string denied(right.action);
    Bucket bucket({denied});
    ScriptedServer server(std::ref(bucket));
    const auto steps = ProbeAt(server.endpoint(), Access::kWrite);
    if (denied == "s3:PutObject") {
      EXPECT_THAT(Refused(steps), ElementsAre(denied, denied));
    } else {
      EXPECT_THAT(Refused(steps), ElementsAre(denied));
    }
    for (const ProbeStep& step : steps) {
      if (step.right != denied) continue;
      EXPECT_EQ(step.blame, Blame::kPermission) << denied;
      EXPECT_EQ(step.statement, GrantStatement(denied, {.bucket = "data", .prefix = "raw/"}));
    }
    if (denied != "s3:DeleteObject") {
      EXPECT_THAT(bucket.objects, IsEmpty()) << denied;
    }
    if (denied != "s3:AbortMultipartUpload") {
      EXPECT_THAT(bucket.uploads, IsEmpty()) << denied;
    }
  }
}

TEST(S3ProbeTest, AllDeniedActionsAreFoundAtOnce) {
  std::set<std::string> all;
  for (const S3Right& right : AllS3Rights()) all.emplace(right.action);
  Bucket bucket(all);
  ScriptedServer server(std::ref(bucket));
  const auto refused = Refused(ProbeAt(server.endpoint(), Access::kWrite));
  EXPECT_EQ(std::set<std::string>(refused.begin(), refused.end()), all);
}

TEST(S3ProbeTest, WhatStaysIsNamed) {
  Bucket bucket({"s3:DeleteObject", "s3:AbortMultipartUpload"});
  ScriptedServer server(std::ref(bucket));
  const auto steps = ProbeAt(server.endpoint(), Access::kWrite);
  EXPECT_THAT(steps.at(7).detail, HasSubstr("the upload of raw/.assay-probe-"));
  EXPECT_THAT(steps.at(8).detail, HasSubstr("the object raw/.assay-probe-"));
}

TEST(S3ProbeTest, AProbeThatIsStoppedLeavesNothing) {
  for (const char* at : {"PUT", "POST"}) {
    Bucket bucket({});
    std::stop_source stop;
    ScriptedServer server([&](const Request& request) {
      const Answer answer = bucket(request);
      if (request.method == at) stop.request_stop();
      return answer;
    });
    const auto steps = ProbeAt(server.endpoint(), Access::kWrite, stop.get_token());
    EXPECT_EQ(steps.back().outcome, Outcome::kSkipped);
    EXPECT_THAT(bucket.objects, IsEmpty()) << at;
    EXPECT_THAT(bucket.uploads, IsEmpty()) << at;
  }
}

TEST(S3ProbeTest, AnEmptyPlaceAndNoRightToListLeaveReadingUnclear) {
  ScriptedServer server(
      [](const Request&) { return Refusal(403, ErrorBody("AccessDenied", "Access Denied")); });
  const auto steps = ProbeAt(server.endpoint(), Access::kRead);
  EXPECT_EQ(steps.at(0).outcome, Outcome::kRefused);
  EXPECT_EQ(steps.at(3).outcome, Outcome::kSkipped);
  EXPECT_THAT(steps.at(3).detail, HasSubstr("nothing to try it on"));
}

TEST(S3AnswerTest, AnAccountThatIsDisabled) {
  const ProbeStep step = FirstStep(Refusal(
      403, ErrorBody("AllAccessDisabled", "All access to this object has been disabled")));
  EXPECT_EQ(step.blame, Blame::kAccount);
  EXPECT_EQ(step.statement, Json());
}

TEST(S3AnswerTest, ABucketInAnotherRegion) {
  const ProbeStep moved = FirstStep(Refusal(
      301,
      ErrorBody("PermanentRedirect",
                "The bucket you are attempting to access must be addressed using the specified "
                "endpoint. Please send all future requests to this endpoint.",
                "<Endpoint>data.s3.eu-west-1.amazonaws.com</Endpoint><Bucket>data</Bucket>"),
      "x-amz-bucket-region: eu-west-1\r\n"));
  EXPECT_EQ(moved.blame, Blame::kRegion);
  EXPECT_THAT(moved.detail + moved.remedy, HasSubstr("eu-west-1"));
  const ProbeStep malformed = FirstStep(Refusal(
      400, ErrorBody("AuthorizationHeaderMalformed",
                     "The authorization header is malformed; the region 'us-east-1' is wrong; "
                     "expecting 'eu-west-1'",
                     "<Region>eu-west-1</Region>")));
  EXPECT_EQ(malformed.blame, Blame::kRegion);
  EXPECT_THAT(malformed.remedy, HasSubstr("eu-west-1"));
}

TEST(S3AnswerTest, AKeyOfKmsThatMayNotBeUsed) {
  const ProbeStep denied = FirstStep(Refusal(
      403,
      ErrorBody("AccessDenied",
                "User: arn:aws:iam::111122223333:user/u is not authorized to perform: "
                "kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/1a2b because "
                "no identity-based policy allows the kms:Decrypt action")));
  EXPECT_EQ(denied.blame, Blame::kKms);
  EXPECT_EQ(denied.statement, Json::parse(R"(
      {"Effect": "Allow", "Action": ["kms:Decrypt"],
       "Resource": ["arn:aws:kms:eu-west-1:111122223333:key/1a2b"]})"));
  const ProbeStep disabled = FirstStep(
      Refusal(400, ErrorBody("KMS.DisabledException",
                             "arn:aws:kms:eu-west-1:111122223333:key/1a2b is disabled.")));
  EXPECT_EQ(disabled.blame, Blame::kKms);
  EXPECT_THAT(disabled.remedy, HasSubstr("enable the KMS key"));
}

TEST(S3AnswerTest, AClockThatIsWrong) {
  const ProbeStep step = FirstStep(Refusal(
      403,
      ErrorBody("RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.",
                "<RequestTime>20260131T083000Z</RequestTime>"
                "<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>"),
      "Date: Sat, 31 Jan 2015 08:30:00 GMT\r\n"));
  EXPECT_EQ(step.blame, Blame::kClock) << step.detail;
  EXPECT_THAT(step.remedy, HasSubstr(" seconds ahead of the server's"));
}

TEST(S3AnswerTest, TemporaryKeysWithoutTheirToken) {
  const Answer answer = Refusal(
      403, ErrorBody("InvalidAccessKeyId",
                     "The AWS Access Key Id you provided does not exist in our records."));
  EXPECT_EQ(FirstStep(answer, "ASIAIOSFODNN7EXAMPLE").blame, Blame::kSessionToken);
  EXPECT_EQ(FirstStep(answer).blame, Blame::kKey);
}

TEST(S3AnswerTest, SomethingThatIsNotS3) {
  EXPECT_EQ(FirstStep({.body = "<html><body>Welcome</body></html>"}).blame, Blame::kEndpoint);
}

}  // namespace
}  // namespace assay::connectors
