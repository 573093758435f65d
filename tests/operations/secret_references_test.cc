#include "operations/secret_references.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>

#include "net/http_server.h"
#include "operations/secrets_manager.h"

namespace assay::operations {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A connection to a bucket whose secrets a small server holds.
class SecretReferencesTest : public testing::Test {
 protected:
  void SetUp() override {
    server_ = net::HttpServer::Start({}, [this](const net::HttpRequest&) {
                ++reads_;
                return answer_;
              }).value();
    connection_.type = "s3";
    connection_.properties = {{"uri", "s3://${bucket}"},
                              {"access_key", "${access_key}"},
                              {"parameters",
                               {{"region", "eu-${zone}-${number}"},
                                {"path_style", "${style}"},
                                {"list", {"a", "${zone}"}},
                                {"requester_pays", true}}}};
    connection_.secrets = {{"secret_key", Secret("${secret_key}")}};
    answer_.body =
        R"({"data":{"bucket":"lake","access_key":"AK","secret_key":"SK","zone":"west",)"
        R"("number":1,"style":false,"object":{"a":1}}})";
    ASSERT_TRUE(ApplySecretsManager(
        {{"secret_url", fmt::format("http://127.0.0.1:{}/v1/kv/s3", server_->port())},
         {"headers", {{"X-Vault-Token", "${not a reference}"}}}},
        connection_));
  }
  Error Refused() {
    const auto resolved = ResolveReferences(connection_, {});
    EXPECT_FALSE(resolved);
    return resolved.error();
  }

  std::atomic<int> reads_ = 0;
  net::HttpResponse answer_;
  std::unique_ptr<net::HttpServer> server_;
  store::Connection connection_;
};

TEST_F(SecretReferencesTest, FillsInEveryProperty) {
  const auto resolved = ResolveReferences(connection_, {});
  ASSERT_TRUE(resolved) << resolved.error().message;
  EXPECT_EQ(resolved->properties["uri"], "s3://lake");
  EXPECT_EQ(resolved->properties["access_key"], "AK");
  EXPECT_EQ(resolved->properties["parameters"], (Json{{"region", "eu-west-1"},
                                                      {"path_style", false},
                                                      {"list", {"a", "west"}},
                                                      {"requester_pays", true}}));
  EXPECT_EQ(resolved->secrets.at("secret_key").Reveal(), "SK");
  EXPECT_EQ(resolved->properties["secrets_manager"], connection_.properties["secrets_manager"]);
  EXPECT_EQ(reads_, 1);
  EXPECT_TRUE(CheckReferences(connection_));
}

TEST_F(SecretReferencesTest, AsksEachTimeAndOnlyIfAnythingRefers) {
  EXPECT_TRUE(ResolveReferences(connection_, {}));
  EXPECT_TRUE(ResolveReferences(connection_, {}));
  EXPECT_EQ(reads_, 2);
  connection_.properties["uri"] = "s3://lake";
  connection_.properties["access_key"] = "AK";
  connection_.properties.erase("parameters");
  connection_.secrets["secret_key"] = Secret("SK");
  EXPECT_TRUE(ResolveReferences(connection_, {}));
  EXPECT_EQ(reads_, 2);
}

TEST_F(SecretReferencesTest, WithoutASecretsManagerTheTextsStayAsTheyAre) {
  ASSERT_TRUE(ApplySecretsManager(Json::object(), connection_));
  connection_.secrets["secret_key"] = Secret("pa${ss");
  const auto resolved = ResolveReferences(connection_, {});
  ASSERT_TRUE(resolved);
  EXPECT_EQ(resolved->properties, connection_.properties);
  EXPECT_EQ(resolved->secrets, connection_.secrets);
  EXPECT_TRUE(CheckReferences(connection_));
}

TEST_F(SecretReferencesTest, AMissingKeyIsNamedWithItsProperty) {
  answer_.body = R"({"data":{"bucket":"lake","access_key":"AK","zone":"west","number":1,)"
                 R"("style":true}})";
  const Error error = Refused();
  EXPECT_EQ(error.kind, ErrorKind::kNotFound);
  EXPECT_THAT(error.message, AllOf(StartsWith("secret_key: "), HasSubstr("${secret_key}"),
                                   HasSubstr("it has: access_key, bucket, number, style, zone"),
                                   Not(HasSubstr("AK"))));
  connection_.properties["parameters"]["region"] = "${none}";
  EXPECT_THAT(Refused().message, StartsWith("parameters.region: "));
}

TEST_F(SecretReferencesTest, ASecretThatIsGoneNamesTheKeyThatNeedsIt) {
  answer_ = {.status = 404, .body = R"({"errors":[]})"};
  const Error error = Refused();
  EXPECT_EQ(error.kind, ErrorKind::kNotFound);
  EXPECT_THAT(error.message, AllOf(StartsWith("uri: cannot resolve ${bucket}: "),
                                   HasSubstr("no such secret")));
}

TEST_F(SecretReferencesTest, AnObjectIsUsedAsItsText) {
  connection_.secrets["secret_key"] = Secret("${object}");
  EXPECT_EQ(ResolveReferences(connection_, {}).value().secrets.at("secret_key").Reveal(),
            R"({"a":1})");
}

TEST_F(SecretReferencesTest, AReferenceNeedsAKeyAndABrace) {
  for (const char* text : {"${", "a${b", "${}"}) {
    connection_.secrets["secret_key"] = Secret(text);
    const Status status = CheckReferences(connection_);
    ASSERT_FALSE(status) << text;
    EXPECT_EQ(status.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(status.error().message, StartsWith("secret_key: "));
  }
  EXPECT_EQ(reads_, 0);
}

}  // namespace
}  // namespace assay::operations
