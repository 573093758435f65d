// Servers that are not there or do not answer, cancellation, and options that cannot work.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "engine/object_store/s3.h"
#include "tests/services/silent_server.h"
#include "tests/services/versitygw.h"

namespace assay::engine {
namespace {

using services::SilentServer;
using services::VersityGw;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

S3Options At(int port) {
  S3Options options;
  options.bucket = "data";
  options.endpoint = fmt::format("http://127.0.0.1:{}", port);
  options.region = "us-east-1";
  return options;
}

/// Runs `call` with a token that is stopped after 200 ms; how long it went on after that.
template <class Call>
milliseconds TimeToCancel(Call call) {
  std::stop_source stop;
  steady_clock::time_point stopped;
  std::thread stopper([&] {
    std::this_thread::sleep_for(milliseconds(200));
    stopped = steady_clock::now();
    stop.request_stop();
  });
  EXPECT_EQ(call(stop.get_token()), ErrorKind::kCancelled);
  const auto ended = steady_clock::now();
  stopper.join();
  return std::chrono::duration_cast<milliseconds>(ended - stopped);
}

TEST(S3CancellationTest, ASilentServerIsLeftWithinASecond) {
  const SilentServer server;
  const auto store = OpenS3(At(server.port()), VersityGw::Credentials(), {}).value();
  EXPECT_LT(
      TimeToCancel([&](std::stop_token stop) { return store->List({}, stop).error().kind; }),
      milliseconds(1000));
  std::vector<std::byte> buffer(size_t{32} << 20);
  EXPECT_LT(TimeToCancel([&](std::stop_token stop) {
              return store->Read("a", "", 0, buffer, stop).error().kind;
            }),
            milliseconds(1000));
}

TEST(S3CancellationTest, FindingTheRegionIsLeftAtOnce) {
  S3Options options = At(1);
  options.endpoint.clear();
  options.region.clear();
  std::stop_source stop;
  stop.request_stop();
  const auto start = steady_clock::now();
  EXPECT_EQ(OpenS3(options, VersityGw::Credentials(), stop.get_token()).error().kind,
            ErrorKind::kCancelled);
  EXPECT_LT(steady_clock::now() - start, milliseconds(1000));
}

TEST(S3CancellationTest, APauseBetweenRetriesIsLeftWithinASecond) {
  const int port = [] {
    const SilentServer closed_again;
    return closed_again.port();
  }();
  const auto store = OpenS3(At(port), VersityGw::Credentials(), {}).value();
  std::vector<std::byte> buffer(1000);
  EXPECT_LT(TimeToCancel([&](std::stop_token stop) {
              return store->Read("a", "", 0, buffer, stop).error().kind;
            }),
            milliseconds(1000));
}

TEST(S3UnreachableTest, ARefusedConnectionIsUnavailableAndSaysWhatToCheck) {
  const int port = [] {
    const SilentServer closed_again;
    return closed_again.port();
  }();
  S3Options options = At(port);
  options.retry_budget = 1;
  const Error error =
      OpenS3(options, VersityGw::Credentials(), {}).value()->List({}, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kUnavailable);
  EXPECT_THAT(error.message, HasSubstr("check that the server runs"));
  EXPECT_THAT(error.message, HasSubstr(options.endpoint));
}

TEST(S3UnreachableTest, AnUnknownHostIsUnavailableAndSaysWhatToCheck) {
  S3Options options = At(1);
  options.endpoint = "http://no-such-host.invalid";
  options.retry_budget = 1;
  const Error error =
      OpenS3(options, VersityGw::Credentials(), {}).value()->List({}, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kUnavailable);
  EXPECT_THAT(error.message, HasSubstr("host name has no address"));
}

TEST(S3OpenTest, BadOptionsAreInvalidInput) {
  S3Options options = At(1);
  options.endpoint = "127.0.0.1:9000";
  EXPECT_EQ(OpenS3(options, VersityGw::Credentials(), {}).error().kind,
            ErrorKind::kInvalidInput);
  options = At(1);
  options.bucket = "a/b";
  EXPECT_EQ(OpenS3(options, VersityGw::Credentials(), {}).error().kind,
            ErrorKind::kInvalidInput);
  options = At(1);
  options.endpoint = "https://127.0.0.1:1";
  options.ca_bundle_path = "/nonexistent.pem";
  EXPECT_EQ(OpenS3(options, VersityGw::Credentials(), {}).error().kind,
            ErrorKind::kInvalidInput);
  auth::AwsCredentialsOptions incomplete;
  incomplete.source = auth::AwsCredentialsSource::kStatic;
  incomplete.access_key_id = "a";
  EXPECT_EQ(OpenS3(At(1), incomplete, {}).error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::engine
