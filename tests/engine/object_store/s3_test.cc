#include "engine/object_store/s3.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <optional>

#include "tests/services/versitygw.h"

namespace assay::engine {
namespace {

using services::VersityGw;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::span<const std::byte> Bytes(const std::string& text) {
  return std::as_bytes(std::span(text));
}

std::string Pattern(size_t size) {
  std::string text(size, '\0');
  uint64_t state = 88172645463325252u;
  for (char& c : text) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    c = static_cast<char>(state);
  }
  return text;
}

class S3Test : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Result<VersityGw> started = VersityGw::Start("data");
    if (started) {
      server_.emplace(*std::move(started));
    } else {
      reason_ = started.error().message;
    }
  }
  static void TearDownTestSuite() { server_.reset(); }

  void SetUp() override {
    if (!server_) GTEST_SKIP() << reason_;
    store_ = Open(server_->Options("data"));
  }

  static std::shared_ptr<ObjectStore> Open(
      const S3Options& options,
      const auth::AwsCredentialsOptions& credentials = VersityGw::Credentials()) {
    auto store = OpenS3(options, credentials, {});
    EXPECT_TRUE(store.has_value()) << store.error().message;
    return store ? *store : nullptr;
  }

  void Put(const std::string& key, const std::string& text) {
    const Status put = store_->Put(key, Bytes(text), {});
    ASSERT_TRUE(put.has_value()) << put.error().message;
  }

  Result<std::string> Get(const std::string& key, const std::string& etag, int64_t offset,
                          size_t length) {
    std::string text(length, '?');
    ASSAY_RETURN_IF_ERROR(
        store_->Read(key, etag, offset, std::as_writable_bytes(std::span(text)), {}));
    return text;
  }

  std::string LocalFile(const std::string& content) {
    const std::string path = testing::TempDir() + fmt::format("s3_test_{}", getpid());
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  static inline std::optional<VersityGw> server_;
  static inline std::string reason_;
  std::shared_ptr<ObjectStore> store_;
};

TEST_F(S3Test, ReadsRangesOfAnObject) {
  Put("ranges/a", "0123456789");
  EXPECT_EQ(Get("ranges/a", "", 0, 10).value(), "0123456789");
  EXPECT_EQ(Get("ranges/a", "", 3, 4).value(), "3456");
  EXPECT_EQ(Get("ranges/a", "", 9, 1).value(), "9");
  EXPECT_EQ(Get("ranges/a", "", 5, 0).value(), "");
}

TEST_F(S3Test, ReadingPastTheEndIsInvalidInput) {
  Put("ranges/b", "0123456789");
  EXPECT_EQ(Get("ranges/b", "", 8, 5).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(Get("ranges/b", "", 10, 1).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(Get("ranges/b", "", -1, 1).error().kind, ErrorKind::kInvalidInput);
}

TEST_F(S3Test, ReadsALargeObjectInParallelRanges) {
  const std::string text = Pattern((size_t{40} << 20) + 12'345);
  Put("large", text);
  const ObjectInfo info = store_->Head("large", {}).value();
  EXPECT_EQ(info.size_bytes, static_cast<int64_t>(text.size()));
  EXPECT_EQ(Get("large", info.etag, 0, text.size()).value(), text);
  EXPECT_EQ(Get("large", info.etag, 1'000'001, size_t{20} << 20).value(),
            text.substr(1'000'001, size_t{20} << 20));
}

TEST_F(S3Test, ReadOfAReplacedObjectIsAConflict) {
  Put("replaced", Pattern(size_t{9} << 20));
  const std::string etag = store_->Head("replaced", {}).value().etag;
  ASSERT_FALSE(etag.empty());
  Put("replaced", Pattern((size_t{9} << 20) + 1));
  const Error small = Get("replaced", etag, 0, 10).error();
  EXPECT_EQ(small.kind, ErrorKind::kConflict);
  EXPECT_THAT(small.message, HasSubstr("the object changed while it was read"));
  EXPECT_THAT(small.message, HasSubstr("s3://data/replaced"));
  EXPECT_EQ(Get("replaced", etag, 0, size_t{9} << 20).error().kind, ErrorKind::kConflict);
}

TEST_F(S3Test, HeadTellsSizeTimeAndVersion) {
  const Timestamp before = std::chrono::time_point_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now() - std::chrono::seconds(2));
  Put("head/a", "abc");
  const ObjectInfo info = store_->Head("head/a", {}).value();
  EXPECT_EQ(info.key, "head/a");
  EXPECT_EQ(info.size_bytes, 3);
  EXPECT_EQ(info.etag, "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_GE(info.last_modified, before);
}

TEST_F(S3Test, ListsEveryObjectOverSeveralPages) {
  constexpr int kObjects = 1'203;
  const std::filesystem::path folder =
      std::filesystem::path(server_->data_directory()) / "data/many";
  std::filesystem::create_directories(folder);
  std::vector<std::string> expected;
  for (int i = 0; i < kObjects; ++i) {
    expected.push_back(fmt::format("many/{:05}", i));
    std::ofstream(folder / fmt::format("{:05}", i)) << i;
  }
  std::vector<std::string> keys;
  std::vector<size_t> page_sizes;
  ListRequest request{.prefix = "many/", .delimiter = "", .token = "", .max_keys = 1000};
  do {
    const ListPage page = store_->List(request, {}).value();
    page_sizes.push_back(page.objects.size());
    for (const ObjectInfo& object : page.objects) keys.push_back(object.key);
    request.token = page.next_token;
  } while (!request.token.empty());
  EXPECT_EQ(keys, expected);
  EXPECT_THAT(page_sizes, ElementsAre(1000, 203));
}

TEST_F(S3Test, ListsTheNextLevelWithADelimiter) {
  for (const char* key : {"tree/a", "tree/b/1", "tree/b/2", "tree/c/3"}) Put(key, key);
  const ListPage page =
      store_->List({.prefix = "tree/", .delimiter = "/", .token = "", .max_keys = 1000}, {})
          .value();
  ASSERT_THAT(page.objects, SizeIs(1));
  EXPECT_EQ(page.objects[0].key, "tree/a");
  EXPECT_EQ(page.objects[0].size_bytes, 6);
  EXPECT_FALSE(page.objects[0].etag.empty());
  EXPECT_THAT(page.common_prefixes, ElementsAre("tree/b/", "tree/c/"));
  EXPECT_EQ(page.next_token, "");
}

TEST_F(S3Test, UnusualKeysAreListedAndReadAsTheyAre) {
  std::vector<std::string> keys = {"odd/a b",   "odd/a+b",   "odd/100%",
                                   "odd/k=v&x", "odd/grüße", "odd/日本 語",
                                   "odd/a#?",   "odd/<&>\"", "odd/%2Fescaped"};
  std::ranges::sort(keys);
  for (const std::string& key : keys) Put(key, key);
  std::vector<std::string> listed;
  const ListPage page =
      store_->List({.prefix = "odd/", .delimiter = "", .token = "", .max_keys = 1000}, {})
          .value();
  for (const ObjectInfo& object : page.objects) listed.push_back(object.key);
  EXPECT_EQ(listed, keys);
  for (const std::string& key : keys) {
    EXPECT_EQ(Get(key, "", 0, key.size()).value(), key);
    EXPECT_EQ(store_->Head(key, {}).value().size_bytes, static_cast<int64_t>(key.size()));
  }
}

TEST_F(S3Test, DeletedObjectsAreGoneAndDeletingAgainSucceeds) {
  Put("gone", "x");
  EXPECT_TRUE(store_->Delete("gone", {}).has_value());
  EXPECT_TRUE(store_->Delete("gone", {}).has_value());
  EXPECT_EQ(store_->Head("gone", {}).error().kind, ErrorKind::kNotFound);
}

TEST_F(S3Test, AStagedUploadIsInvisibleUntilItIsCompleted) {
  const std::string text = Pattern((size_t{20} << 20) + 7);
  const PendingUpload upload = store_->StageFile("staged/a", LocalFile(text), {}).value();
  EXPECT_THAT(upload.parts, SizeIs(3));
  EXPECT_EQ(store_->Head("staged/a", {}).error().kind, ErrorKind::kNotFound);

  ASSERT_TRUE(store_->Complete(upload, {}).has_value());
  EXPECT_EQ(Get("staged/a", "", 0, text.size()).value(), text);
  EXPECT_THAT(store_->ListPending("staged/", {}).value(), IsEmpty());
}

TEST_F(S3Test, CompletingAgainSucceedsWhileTheObjectIsThere) {
  const PendingUpload upload = store_->StageFile("staged/twice", LocalFile("abc"), {}).value();
  ASSERT_TRUE(store_->Complete(upload, {}).has_value());
  EXPECT_TRUE(store_->Complete(upload, {}).has_value());
  ASSERT_TRUE(store_->Delete("staged/twice", {}).has_value());
  EXPECT_EQ(store_->Complete(upload, {}).error().kind, ErrorKind::kNotFound);
}

TEST_F(S3Test, AnAbortedUploadLeavesNothingAndAbortingAgainSucceeds) {
  const PendingUpload upload = store_->StageFile("staged/b", LocalFile("abc"), {}).value();
  EXPECT_TRUE(store_->Abort(upload, {}).has_value());
  EXPECT_TRUE(store_->Abort(upload, {}).has_value());
  EXPECT_EQ(store_->Complete(upload, {}).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(store_->Head("staged/b", {}).error().kind, ErrorKind::kNotFound);
}

TEST_F(S3Test, PendingUploadsAreListedByPrefix) {
  const PendingUpload first = store_->StageFile("pending/a b", LocalFile("1"), {}).value();
  const PendingUpload second = store_->StageFile("pending/c", LocalFile("2"), {}).value();
  const PendingUpload other = store_->StageFile("elsewhere/c", LocalFile("3"), {}).value();
  std::vector<std::pair<std::string, std::string>> found;
  const std::vector<PendingUpload> pending = store_->ListPending("pending/", {}).value();
  for (const PendingUpload& upload : pending) {
    found.emplace_back(upload.key, upload.upload_id);
  }
  EXPECT_THAT(found, testing::UnorderedElementsAre(std::pair(first.key, first.upload_id),
                                                   std::pair(second.key, second.upload_id)));
  for (const auto& upload : {first, second, other}) {
    EXPECT_TRUE(store_->Abort(upload, {}).has_value());
  }
}

TEST_F(S3Test, AnEmptyFileCanBeStaged) {
  const PendingUpload upload = store_->StageFile("staged/empty", LocalFile(""), {}).value();
  ASSERT_TRUE(store_->Complete(upload, {}).has_value());
  EXPECT_EQ(store_->Head("staged/empty", {}).value().size_bytes, 0);
}

TEST_F(S3Test, StagingAMissingFileStartsNoUpload) {
  EXPECT_EQ(store_->StageFile("staged/none", "/nonexistent/file", {}).error().kind,
            ErrorKind::kNotFound);
  EXPECT_THAT(store_->ListPending("staged/none", {}).value(), IsEmpty());
}

TEST_F(S3Test, ACancelledUploadIsAborted) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(store_->StageFile("staged/cancelled", LocalFile(Pattern(1 << 20)), stop.get_token())
                .error()
                .kind,
            ErrorKind::kCancelled);
  EXPECT_THAT(store_->ListPending("staged/cancelled", {}).value(), IsEmpty());
}

TEST_F(S3Test, BucketRegionIsTheServers) {
  EXPECT_EQ(store_->BucketRegion({}).value(), "us-east-1");
}

TEST_F(S3Test, AWrongSecretIsUnauthenticated) {
  auto credentials = VersityGw::Credentials();
  credentials.secret_access_key = Secret("not-the-secret");
  const auto store = Open(server_->Options("data"), credentials);
  const Error error = store->List({}, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kUnauthenticated);
  EXPECT_THAT(error.message, HasSubstr("check the secret access key"));
  EXPECT_THAT(error.message, testing::Not(HasSubstr("not-the-secret")));
  EXPECT_EQ(store->Head("large", {}).error().kind, ErrorKind::kUnauthenticated);
}

TEST_F(S3Test, AnUnknownAccessKeyIsUnauthenticated) {
  auto credentials = VersityGw::Credentials();
  credentials.access_key_id = "nobody";
  const Error error = Open(server_->Options("data"), credentials)->List({}, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kUnauthenticated);
  EXPECT_THAT(error.message, HasSubstr("does not know the access key id"));
}

TEST_F(S3Test, UnsignedRequestsAreDeniedWithTheActionTheyNeed) {
  auth::AwsCredentialsOptions anonymous;
  anonymous.source = auth::AwsCredentialsSource::kAnonymous;
  const Error error = Open(server_->Options("data"), anonymous)->List({}, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kDenied);
  EXPECT_THAT(error.message, HasSubstr("s3:ListBucket"));
}

TEST_F(S3Test, AMissingBucketIsNotFound) {
  const auto store = Open(server_->Options("no-such-bucket"));
  const Error error = store->List({}, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kNotFound);
  EXPECT_THAT(error.message, HasSubstr("no such bucket"));
  const Error head = store->Head("a", {}).error();
  EXPECT_EQ(head.kind, ErrorKind::kNotFound);
  EXPECT_THAT(head.message, HasSubstr("no such bucket"));
}

TEST_F(S3Test, AMissingKeyIsNotFound) {
  const Error error = Get("no-such-key", "", 0, 10).error();
  EXPECT_EQ(error.kind, ErrorKind::kNotFound);
  EXPECT_EQ(error.message, "no such object: s3://data/no-such-key");
}

TEST_F(S3Test, AWrongSigningRegionIsCorrectedFromTheServersAnswer) {
  S3Options options = server_->Options("data");
  options.region = "eu-central-1";
  const auto store = Open(options);
  const auto page =
      store->List({.prefix = "none/", .delimiter = "", .token = "", .max_keys = 1}, {});
  EXPECT_TRUE(page.has_value()) << page.error().message;
}

TEST_F(S3Test, ManyThreadsReadAtTheSameTime) {
  const std::string text = Pattern(size_t{3} << 20);
  Put("shared", text);
  std::vector<std::future<bool>> readers;
  for (int i = 0; i < 16; ++i) {
    readers.push_back(std::async(std::launch::async, [&, i] {
      const auto offset = static_cast<int64_t>(i) * 100'000;
      return Get("shared", "", offset, 1'000'000).value() ==
             text.substr(static_cast<size_t>(offset), 1'000'000);
    }));
  }
  for (auto& reader : readers) EXPECT_TRUE(reader.get());
}

}  // namespace
}  // namespace assay::engine
