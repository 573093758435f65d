// How the store copes with answers that a real server does not give on demand.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>

#include "engine/object_store/s3.h"
#include "engine/object_store/s3_checksum.h"
#include "tests/services/scripted_server.h"

namespace assay::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

using services::ScriptedServer;
using Answer = ScriptedServer::Answer;
using Request = ScriptedServer::Request;

constexpr const char* kEmptyList =
    "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";

std::string ErrorXml(const std::string& code, const std::string& more = "") {
  return fmt::format(
      "<?xml version=\"1.0\"?>\n<Error><Code>{}</Code><Message>m</Message>{}</Error>", code,
      more);
}

std::shared_ptr<ObjectStore> Open(const ScriptedServer& server, double retry_budget = 20) {
  S3Options options;
  options.bucket = "data";
  options.endpoint = server.endpoint();
  options.region = "us-east-1";
  options.retry_budget = retry_budget;
  auth::AwsCredentialsOptions credentials;
  credentials.source = auth::AwsCredentialsSource::kStatic;
  credentials.access_key_id = "key";
  credentials.secret_access_key = Secret("very-secret");
  return OpenS3(options, credentials, {}).value();
}

/// Answers ranges of `content` as S3 does, with these headers.
Answer Ranged(const Request& request, const std::string& content, const std::string& headers) {
  const size_t at = request.headers.find("bytes=");
  size_t first = 0;
  size_t last = 0;
  if (at == std::string::npos ||
      std::sscanf(request.headers.c_str() + at, "bytes=%zu-%zu", &first, &last) != 2) {
    return {.status = 200, .headers = headers, .body = content};
  }
  last = std::min(last, content.size() - 1);
  return {.status = 206,
          .headers = headers + fmt::format("Content-Range: bytes {}-{}/{}\r\n", first, last,
                                           content.size()),
          .body = content.substr(first, last - first + 1)};
}

std::string Read(ObjectStore& store, size_t size) {
  std::string text(size, '?');
  const Status read = store.Read("a", "", 0, std::as_writable_bytes(std::span(text)), {});
  return read ? text : "failed: " + read.error().message;
}

TEST(S3FaultsTest, AServerWithoutEtagsIsReadInPlainRequests) {
  std::string content(size_t{20} << 20, 'x');
  content[12'345'678] = 'y';
  ScriptedServer server([&](const Request& request) { return Ranged(request, content, ""); });
  const auto store = Open(server);
  EXPECT_EQ(Read(*store, content.size()), content);
  const size_t requests = server.requests().size();
  EXPECT_EQ(Read(*store, 100), content.substr(0, 100));
  EXPECT_EQ(server.requests().size(), requests + 1) << "the store asks for versions again";
}

TEST(S3FaultsTest, PassingFailuresAreRetried) {
  std::atomic<int> calls = 0;
  ScriptedServer server([&](const Request&) -> Answer {
    if (++calls <= 2) return {.status = 503, .body = ErrorXml("SlowDown")};
    return {.status = 200, .body = kEmptyList};
  });
  EXPECT_TRUE(Open(server)->List({}, {}).has_value());
  EXPECT_EQ(calls, 3);
}

TEST(S3FaultsTest, AnExhaustedRetryBudgetFailsFast) {
  ScriptedServer server(
      [](const Request&) -> Answer { return {.status = 503, .body = ErrorXml("SlowDown")}; });
  const auto store = Open(server, 1);
  EXPECT_EQ(store->List({}, {}).error().kind, ErrorKind::kRateLimited);
  const size_t requests = server.requests().size();
  EXPECT_EQ(store->List({}, {}).error().kind, ErrorKind::kRateLimited);
  EXPECT_EQ(server.requests().size(), requests + 1) << "nothing is left to retry with";
}

TEST(S3FaultsTest, AnInternalErrorThatStaysIsUnavailable) {
  ScriptedServer server([](const Request&) -> Answer {
    return {.status = 500, .body = ErrorXml("InternalError")};
  });
  EXPECT_EQ(Open(server, 1)->List({}, {}).error().kind, ErrorKind::kUnavailable);
}

TEST(S3FaultsTest, ARequestIsRepeatedOnceInTheRegionThatTheServerNames) {
  ScriptedServer server([](const Request& request) -> Answer {
    if (request.headers.find("/eu-west-3/s3/") != std::string::npos) {
      return {.status = 200, .body = kEmptyList};
    }
    return {.status = 400,
            .body = ErrorXml("AuthorizationHeaderMalformed", "<Region>eu-west-3</Region>")};
  });
  const auto store = Open(server);
  EXPECT_TRUE(store->List({}, {}).has_value());
  EXPECT_THAT(server.requests(), SizeIs(2));
  EXPECT_TRUE(store->List({}, {}).has_value());
  EXPECT_THAT(server.requests(), SizeIs(3)) << "the right region is remembered";
}

TEST(S3FaultsTest, ARegionThatIsNamedAndStillWrongIsInvalidInput) {
  ScriptedServer server([](const Request&) -> Answer {
    return {.status = 301, .body = ErrorXml("PermanentRedirect", "<Region>eu-west-3</Region>")};
  });
  const Error error = Open(server)->List({}, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(error.message, HasSubstr("eu-west-3"));
}

TEST(S3FaultsTest, ASecretNeverAppearsInAnError) {
  ScriptedServer server([](const Request&) -> Answer {
    return {
        .status = 403,
        .body = ErrorXml("SignatureDoesNotMatch", "<StringToSign>very-secret</StringToSign>")};
  });
  EXPECT_THAT(Open(server)->List({}, {}).error().message, Not(HasSubstr("very-secret")));
}

TEST(S3FaultsTest, AnAnswerThatIsNotS3IsCorruptData) {
  ScriptedServer server(
      [](const Request&) -> Answer { return {.status = 200, .body = "<html>hello</html>"}; });
  EXPECT_EQ(Open(server)->List({}, {}).error().kind, ErrorKind::kCorruptData);
}

TEST(S3FaultsTest, AnArchivedObjectIsUnsupported) {
  ScriptedServer server([](const Request&) -> Answer {
    return {.status = 403, .body = ErrorXml("InvalidObjectState")};
  });
  std::vector<std::byte> buffer(10);
  const Error error = Open(server)->Read("a", "", 0, buffer, {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kUnsupported);
  EXPECT_THAT(error.message, HasSubstr("archived"));
}

TEST(S3FaultsTest, AServerThatIgnoresRangesIsUnsupported) {
  ScriptedServer server([](const Request&) -> Answer {
    return {.status = 200, .headers = "ETag: \"1\"\r\n", .body = std::string(1000, 'x')};
  });
  std::vector<std::byte> buffer(10);
  EXPECT_EQ(Open(server, 1)->Read("a", "", 0, buffer, {}).error().kind,
            ErrorKind::kUnsupported);
}

PendingUpload Upload() {
  return {.key = "a",
          .upload_id = "u",
          .parts = {{1, "e1", Crc32cBase64("one")}, {2, "e2", Crc32cBase64("two")}}};
}

/// Knows no upload; the object that is there has these headers.
ScriptedServer::Script CompletedBefore(const std::string& headers) {
  return [headers](const Request& request) -> Answer {
    if (request.method == "HEAD") return {.status = 200, .headers = headers};
    return {.status = 404, .body = ErrorXml("NoSuchUpload")};
  };
}

TEST(S3FaultsTest, AnUploadThatWasCompletedBeforeIsRecognisedByItsChecksum) {
  ScriptedServer server(CompletedBefore(fmt::format(
      "ETag: \"x-2\"\r\nx-amz-checksum-crc32c: {}\r\n", CompositeCrc32c(Upload().parts))));
  EXPECT_TRUE(Open(server)->Complete(Upload(), {}).has_value());
}

TEST(S3FaultsTest, AnotherObjectInThePlaceOfTheUploadIsNotTakenForIt) {
  ScriptedServer other_checksum(
      CompletedBefore("ETag: \"x-2\"\r\nx-amz-checksum-crc32c: AAAAAA==-2\r\n"));
  EXPECT_EQ(Open(other_checksum)->Complete(Upload(), {}).error().kind, ErrorKind::kNotFound);
  ScriptedServer one_piece(CompletedBefore("ETag: \"x\"\r\n"));
  EXPECT_EQ(Open(one_piece)->Complete(Upload(), {}).error().kind, ErrorKind::kNotFound);
}

TEST(S3FaultsTest, AnUploadWithoutChecksumsIsRecognisedByTheNumberOfItsParts) {
  ScriptedServer server(CompletedBefore("ETag: \"x-2\"\r\n"));
  EXPECT_TRUE(Open(server)->Complete(Upload(), {}).has_value());
}

TEST(S3FaultsTest, ACompletionThatFailsAfterItsStatusIsAFailure) {
  ScriptedServer server([](const Request&) -> Answer {
    return {.status = 200, .body = ErrorXml("InternalError")};
  });
  EXPECT_EQ(Open(server, 1)->Complete(Upload(), {}).error().kind, ErrorKind::kUnavailable);
}

std::string SmallFile() {
  const std::string path = testing::TempDir() + fmt::format("s3_faults_test_{}", getpid());
  std::ofstream(path) << "content";
  return path;
}

TEST(S3FaultsTest, AServerThatRefusesChecksumsGetsTheFileWithoutThem) {
  ScriptedServer server([](const Request& request) -> Answer {
    if (request.headers.find("x-amz-checksum") != std::string::npos) {
      return {.status = 501, .body = ErrorXml("NotImplemented")};
    }
    if (request.method == "POST") {
      return {.status = 200,
              .body =
                  "<InitiateMultipartUploadResult><UploadId>u</UploadId></"
                  "InitiateMultipartUploadResult>"};
    }
    return {.status = 200, .headers = "ETag: \"e\"\r\n"};
  });
  const PendingUpload upload = Open(server)->StageFile("a", SmallFile(), {}).value();
  EXPECT_EQ(upload.upload_id, "u");
  ASSERT_THAT(upload.parts, SizeIs(1));
  EXPECT_EQ(upload.parts[0].etag, "e");
  EXPECT_EQ(upload.parts[0].checksum_crc32c, "");
}

TEST(S3FaultsTest, AnUploadWhosePartFailsIsAborted) {
  ScriptedServer server([](const Request& request) -> Answer {
    if (request.method == "POST") {
      return {.status = 200,
              .body =
                  "<InitiateMultipartUploadResult><UploadId>u</UploadId></"
                  "InitiateMultipartUploadResult>"};
    }
    if (request.method == "PUT") return {.status = 403, .body = ErrorXml("AccessDenied")};
    return {.status = 204};
  });
  const Error error = Open(server)->StageFile("a", SmallFile(), {}).error();
  EXPECT_EQ(error.kind, ErrorKind::kDenied);
  EXPECT_THAT(error.message, HasSubstr("s3:PutObject"));
  const std::vector<Request> requests = server.requests();
  EXPECT_EQ(requests.back().method + " " + requests.back().target, "DELETE /data/a?uploadId=u");
}

TEST(S3FaultsTest, ListsOfUploadsAreFollowedOverTheirPages) {
  ScriptedServer server([](const Request& request) -> Answer {
    if (request.target.find("key-marker=a%20b") != std::string::npos) {
      return {
          .status = 200,
          .body =
              "<ListMultipartUploadsResult><Upload><Key>c</Key><UploadId>2</UploadId></Upload>"
              "<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"};
    }
    return {.status = 200,
            .body =
                "<ListMultipartUploadsResult><EncodingType>url</EncodingType>"
                "<Upload><Key>a+b</Key><UploadId>1</UploadId></Upload>"
                "<IsTruncated>true</IsTruncated><NextKeyMarker>a+b</NextKeyMarker>"
                "<NextUploadIdMarker>1</NextUploadIdMarker></ListMultipartUploadsResult>"};
  });
  const std::vector<PendingUpload> uploads = Open(server)->ListPending("", {}).value();
  std::vector<std::string> keys;
  for (const PendingUpload& upload : uploads) keys.push_back(upload.key);
  EXPECT_THAT(keys, ElementsAre("a b", "c"));
}

}  // namespace
}  // namespace assay::engine
