// Requests that are signed with the keys of an assumed role.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "base/clock.h"
#include "engine/object_store/s3.h"
#include "tests/services/scripted_server.h"

namespace assay::engine {
namespace {

using services::ScriptedServer;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::SizeIs;

constexpr const char* kRole = "arn:aws:iam::1:role/reader";

ScriptedServer::Answer Assumed(const std::string& name, std::chrono::milliseconds life) {
  return {.body = fmt::format(
              "<R><AssumeRoleResult><Credentials><AccessKeyId>{}</AccessKeyId><SecretAccessKey>"
              "s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{}</Expiration>"
              "</Credentials></AssumeRoleResult></R>",
              name, FormatTimestamp(SystemClock().Now() + life))};
}

std::shared_ptr<ObjectStore> Open(const ScriptedServer& s3, const ScriptedServer& sts) {
  S3Options options;
  options.bucket = "data";
  options.endpoint = s3.endpoint();
  options.region = "us-east-1";
  auth::AwsCredentialsOptions credentials;
  credentials.source = auth::AwsCredentialsSource::kStatic;
  credentials.access_key_id = "base";
  credentials.secret_access_key = Secret("very-secret");
  credentials.role = auth::AwsRoleOptions{.arn = kRole, .sts_endpoint = sts.endpoint()};
  return OpenS3(options, credentials, {}).value();
}

ScriptedServer::Answer AnyObject(const ScriptedServer::Request&) {
  return {.headers = "ETag: \"e\"\r\n"};
}

TEST(S3RoleTest, ManyRequestsAskStsOnceAndSignWithItsKeys) {
  ScriptedServer s3(AnyObject);
  ScriptedServer sts([](const auto&) { return Assumed("role-1", std::chrono::hours(1)); });
  const auto store = Open(s3, sts);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] { EXPECT_TRUE(store->Head("a", {})); });
    }
  }
  EXPECT_THAT(sts.requests(), SizeIs(1));
  std::vector<std::string> heads;
  for (const auto& request : s3.requests()) heads.push_back(request.headers);
  EXPECT_THAT(heads, AllOf(SizeIs(8), Each(AllOf(HasSubstr("Credential=role-1/"),
                                                 HasSubstr("X-Amz-Security-Token: t")))));
}

TEST(S3RoleTest, NewKeysTakeOverWhileRequestsGoOn) {
  ScriptedServer s3(AnyObject);
  std::atomic<int> calls = 0;
  ScriptedServer sts([&](const auto&) {
    return Assumed(fmt::format("role-{}", ++calls), std::chrono::seconds(3));
  });
  const auto store = Open(s3, sts);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(8);
  while (std::chrono::steady_clock::now() < end) {
    ASSERT_TRUE(store->Head("a", {}));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_GE(calls, 3);
  EXPECT_LE(calls, 6);
  EXPECT_THAT(s3.requests().back().headers,
              HasSubstr(fmt::format("Credential=role-{}/", calls.load())));
}

TEST(S3RoleTest, TheRefusalOfStsIsTheReasonThatTheUserReads) {
  ScriptedServer s3(AnyObject);
  ScriptedServer sts([](const auto&) {
    return ScriptedServer::Answer{
        .status = 403,
        .body =
            "<E><Error><Code>AccessDenied</Code><Message>User: u is not authorized"
            "</Message></Error></E>"};
  });
  const auto store = Open(s3, sts);
  const auto start = std::chrono::steady_clock::now();
  const auto head = store->Head("a", {});
  ASSERT_FALSE(head);
  EXPECT_EQ(head.error().kind, ErrorKind::kDenied);
  EXPECT_THAT(head.error().message,
              AllOf(HasSubstr("the role cannot be assumed"), HasSubstr(kRole),
                    HasSubstr("caller u"), HasSubstr("s3://data")));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
  EXPECT_THAT(s3.requests(), SizeIs(0));
}

TEST(S3RoleTest, ClosingTheStoreDoesNotWaitForAnStsThatHangs) {
  ScriptedServer s3(AnyObject);
  std::atomic<bool> hangs = true;
  ScriptedServer sts([&](const auto&) {
    while (hangs) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return Assumed("late", std::chrono::hours(1));
  });
  auto store = Open(s3, sts);
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(store->Head("a", stop.get_token()).error().kind, ErrorKind::kCancelled);
  store.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
  hangs = false;
}

}  // namespace
}  // namespace assay::engine
