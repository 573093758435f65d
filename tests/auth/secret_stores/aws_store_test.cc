#include "auth/secret_stores/aws_store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "net/http_server.h"

namespace assay::auth {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using testing::AllOf;
using testing::HasSubstr;

class AwsStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    server_ = net::HttpServer::Start({}, [this](const HttpRequest& request) {
                seen_ = request;
                return answer_;
              }).value();
    options_.secret_id = "lake";
    options_.region = "eu-west-1";
    options_.endpoint = fmt::format("http://127.0.0.1:{}", server_->port());
    options_.credentials = {.source = AwsCredentialsSource::kStatic,
                            .access_key_id = "AK",
                            .secret_access_key = Secret("SK")};
  }
  Result<SecretValues> Read() { return OpenAwsStore(options_).value()->Read({}); }
  Error Refused(int status, const char* code) {
    answer_ = {.status = status,
               .body = fmt::format(R"({{"__type":"{}","message":"m"}})", code)};
    return Read().error();
  }

  HttpRequest seen_;
  HttpResponse answer_;
  std::unique_ptr<net::HttpServer> server_;
  AwsStoreOptions options_;
};

TEST_F(AwsStoreTest, ReadsAMap) {
  answer_.body = R"({"Name":"lake","SecretString":"{\"secret_key\":\"s\",\"port\":5}"})";
  const auto values = Read();
  ASSERT_TRUE(values) << values.error().message;
  EXPECT_EQ(values->size(), 2u);
  EXPECT_EQ(values->at("secret_key").text.Reveal(), "s");
  EXPECT_EQ(values->at("port").text.Reveal(), "5");
  EXPECT_EQ(seen_.method, "POST");
  EXPECT_EQ(seen_.body, R"({"SecretId":"lake"})");
  EXPECT_EQ(seen_.Header("X-Amz-Target"), "secretsmanager.GetSecretValue");
  EXPECT_THAT(
      std::string(seen_.Header("Authorization")),
      AllOf(HasSubstr("Credential=AK/"), HasSubstr("/eu-west-1/secretsmanager/aws4_request"),
            HasSubstr("SignedHeaders=content-type;host;x-amz-date;x-amz-target")));
}

TEST_F(AwsStoreTest, APlainTextHasOneKey) {
  answer_.body = R"({"SecretString":"p{ssw\"ord"})";
  const auto values = Read();
  ASSERT_TRUE(values) << values.error().message;
  EXPECT_EQ(values->size(), 1u);
  EXPECT_EQ(values->at("SecretString").text.Reveal(), "p{ssw\"ord");
}

TEST_F(AwsStoreTest, EachRefusalSaysWhatToDo) {
  const Error gone = Refused(400, "ResourceNotFoundException");
  EXPECT_EQ(gone.kind, ErrorKind::kNotFound);
  EXPECT_THAT(gone.message, AllOf(HasSubstr("region eu-west-1"), HasSubstr("lake")));
  EXPECT_EQ(Refused(400, "InvalidRequestException").kind, ErrorKind::kNotFound);
  EXPECT_THAT(Refused(400, "AccessDeniedException").message,
              HasSubstr("grant secretsmanager:GetSecretValue"));
  EXPECT_THAT(Refused(400, "DecryptionFailure").message, HasSubstr("kms:Decrypt"));
  EXPECT_EQ(Refused(400, "UnrecognizedClientException").kind, ErrorKind::kUnauthenticated);
  answer_ = {.body = R"({"SecretBinary":"AAAA"})"};
  EXPECT_EQ(Read().error().kind, ErrorKind::kCorruptData);
  answer_ = {.body = "<html>"};
  EXPECT_EQ(Read().error().kind, ErrorKind::kCorruptData);
}

TEST_F(AwsStoreTest, TheRegionComesFromTheArnToo) {
  options_.region.clear();
  options_.secret_id = "arn:aws:secretsmanager:ap-south-1:1:secret:lake-x";
  answer_.body = R"({"SecretString":"{}"})";
  ASSERT_TRUE(Read());
  EXPECT_THAT(std::string(seen_.Header("Authorization")), HasSubstr("/ap-south-1/"));
  options_.secret_id.clear();
  EXPECT_THAT(OpenAwsStore(options_).error().message, HasSubstr("secret_id"));
}

}  // namespace
}  // namespace assay::auth
