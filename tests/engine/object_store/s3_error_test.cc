#include "engine/object_store/s3_error.h"

#include <aws/http/http.h>
#include <aws/io/io.h>
#include <aws/s3/s3.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::engine {
namespace {

using testing::HasSubstr;

struct AnswerCase {
  const char* code;
  int status;
  ErrorKind kind;
  const char* says;
};

Error Explain(const S3Failure& failure) {
  S3Options options;
  const S3Request request = S3Requests(options).GetObject("dir/a.parquet", "", 0, 1);
  return ToError(failure, request,
                 {.bucket = "lake", .endpoint = "https://lake.test", .region = "us-east-1"});
}

class S3AnswerErrorTest : public testing::TestWithParam<AnswerCase> {};

TEST_P(S3AnswerErrorTest, HasItsKindAndSaysWhatToDo) {
  const Error error = Explain({.runtime_error = AWS_ERROR_S3_INVALID_RESPONSE_STATUS,
                               .status = GetParam().status,
                               .code = GetParam().code});
  EXPECT_EQ(ErrorKindName(error.kind), std::string(ErrorKindName(GetParam().kind)));
  EXPECT_THAT(error.message, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, S3AnswerErrorTest,
    testing::Values(
        AnswerCase{"AccessDenied", 403, ErrorKind::kDenied,
                   "need s3:GetObject on s3://lake/dir/a.parquet"},
        AnswerCase{"AllAccessDisabled", 403, ErrorKind::kDenied, "s3:GetObject"},
        AnswerCase{"", 403, ErrorKind::kDenied, "s3:GetObject"},
        AnswerCase{"InvalidAccessKeyId", 403, ErrorKind::kUnauthenticated, "access key id"},
        AnswerCase{"SignatureDoesNotMatch", 403, ErrorKind::kUnauthenticated,
                   "secret access key"},
        AnswerCase{"ExpiredToken", 400, ErrorKind::kUnauthenticated, "has expired"},
        AnswerCase{"InvalidToken", 400, ErrorKind::kUnauthenticated, "session token"},
        AnswerCase{"RequestTimeTooSkewed", 403, ErrorKind::kUnauthenticated, "clock"},
        AnswerCase{"", 401, ErrorKind::kUnauthenticated, "HTTP 401"},
        AnswerCase{"NoSuchBucket", 404, ErrorKind::kNotFound, "no such bucket"},
        AnswerCase{"NoSuchKey", 404, ErrorKind::kNotFound,
                   "no such object: s3://lake/dir/a.parquet"},
        AnswerCase{"", 404, ErrorKind::kNotFound, "no such object"},
        AnswerCase{"NoSuchUpload", 404, ErrorKind::kNotFound, "upload"},
        AnswerCase{"PreconditionFailed", 412, ErrorKind::kConflict,
                   "changed while it was read"},
        AnswerCase{"OperationAborted", 409, ErrorKind::kConflict, "changed"},
        AnswerCase{"BucketAlreadyExists", 409, ErrorKind::kConflict, "BucketAlreadyExists"},
        AnswerCase{"SlowDown", 503, ErrorKind::kRateLimited, "slow down"},
        AnswerCase{"", 429, ErrorKind::kRateLimited, "slow down"},
        AnswerCase{"ServiceUnavailable", 503, ErrorKind::kUnavailable, "ServiceUnavailable"},
        AnswerCase{"InternalError", 500, ErrorKind::kUnavailable, "InternalError"},
        AnswerCase{"RequestTimeout", 400, ErrorKind::kTimeout, "in time"},
        AnswerCase{"InvalidObjectState", 403, ErrorKind::kUnsupported, "archived"},
        AnswerCase{"NotImplemented", 501, ErrorKind::kUnsupported, "GetObject"},
        AnswerCase{"InvalidRange", 416, ErrorKind::kInvalidInput, "beyond the object's end"},
        AnswerCase{"BadDigest", 400, ErrorKind::kCorruptData, "damaged"},
        AnswerCase{"InvalidBucketName", 400, ErrorKind::kInvalidInput, "InvalidBucketName"},
        AnswerCase{"PermanentRedirect", 301, ErrorKind::kInvalidInput,
                   "not in region us-east-1"},
        AnswerCase{"AuthorizationHeaderMalformed", 400, ErrorKind::kInvalidInput, "region"}));

struct RuntimeCase {
  int error;
  ErrorKind kind;
  const char* says;
};

class S3RuntimeErrorTest : public testing::TestWithParam<RuntimeCase> {};

TEST_P(S3RuntimeErrorTest, HasItsKindAndSaysWhatToCheck) {
  const Error error = Explain({.runtime_error = GetParam().error});
  EXPECT_EQ(ErrorKindName(error.kind), std::string(ErrorKindName(GetParam().kind)));
  EXPECT_THAT(error.message, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, S3RuntimeErrorTest,
    testing::Values(
        RuntimeCase{AWS_IO_SOCKET_CONNECTION_REFUSED, ErrorKind::kUnavailable,
                    "https://lake.test"},
        RuntimeCase{AWS_IO_DNS_INVALID_NAME, ErrorKind::kUnavailable, "check the endpoint"},
        RuntimeCase{AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE, ErrorKind::kUnavailable, "CA bundle"},
        RuntimeCase{AWS_IO_SOCKET_TIMEOUT, ErrorKind::kTimeout, "network"},
        RuntimeCase{AWS_ERROR_HTTP_CONNECTION_CLOSED, ErrorKind::kUnavailable, "network"},
        RuntimeCase{AWS_ERROR_S3_OBJECT_MODIFIED, ErrorKind::kConflict,
                    "changed while it was read"}));

TEST(S3ErrorTest, ACancellationIsOneWhateverEndedTheTransfer) {
  EXPECT_EQ(Explain({.runtime_error = AWS_ERROR_S3_CANCELED, .cancelled = true}).kind,
            ErrorKind::kCancelled);
}

TEST(S3ErrorTest, TheRightRegionIsNamed) {
  const S3Failure failure{.status = 301, .bucket_region = "eu-west-3"};
  EXPECT_THAT(Explain(failure).message, HasSubstr("in region eu-west-3, not in us-east-1"));
  EXPECT_TRUE(IsWrongRegion(failure));
}

TEST(S3ErrorTest, OnlyAnswersAboutRegionsAreRepeatedElsewhere) {
  EXPECT_FALSE(
      IsWrongRegion({.status = 403, .code = "AccessDenied", .bucket_region = "eu-west-3"}));
  EXPECT_FALSE(IsWrongRegion({.status = 301}));
  EXPECT_TRUE(IsWrongRegion({.status = 400, .bucket_region = "eu-west-3"}));
}

TEST(S3ErrorTest, BucketErrorsNameTheBucket) {
  const S3Request request = S3Requests(S3Options{}).ListObjects({});
  const Error error = ToError({.status = 403, .code = "AccessDenied"}, request,
                              {.bucket = "lake", .endpoint = "", .region = ""});
  EXPECT_THAT(error.message, HasSubstr("s3:ListBucket on s3://lake "));
}

}  // namespace
}  // namespace assay::engine
