#include "operations/secrets_manager.h"

#include <gmock/gmock.h>

namespace assay::operations {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Json Vault() {
  return {{"login_url", "https://vault.test/v1/auth/approle/login"},
          {"credentials_payload", R"({"role_id":"r","secret_id":"hidden"})"},
          {"secret_url", "https://vault.test/v1/secret/data/s3"},
          {"headers", {{"X-Vault-Namespace", "team"}}}};
}

store::Connection WithVault() {
  store::Connection connection;
  EXPECT_TRUE(ApplySecretsManager(Vault(), connection));
  return connection;
}

TEST(SecretsManagerTest, FillsInTheDefaultsAndKeepsSecretsApart) {
  const store::Connection connection = WithVault();
  EXPECT_TRUE(HasSecretsManager(connection));
  EXPECT_EQ(connection.properties["secrets_manager"],
            (Json{{"type", "http"},
                  {"login_url", "https://vault.test/v1/auth/approle/login"},
                  {"token_jsonpath", "$.auth.client_token"},
                  {"secret_url", "https://vault.test/v1/secret/data/s3"},
                  {"token_header_name", "X-Vault-Token"},
                  {"data_jsonpath", "$.data"},
                  {"ca_bundle", ""}}));
  EXPECT_EQ(connection.secrets.at("credentials_payload").Reveal(),
            R"({"role_id":"r","secret_id":"hidden"})");
  EXPECT_EQ(connection.secrets.at("secrets_manager_headers").Reveal(),
            R"({"X-Vault-Namespace":"team"})");
  EXPECT_TRUE(OpenSecretStore(connection));
}

TEST(SecretsManagerTest, ThePayloadMayBeAnObject) {
  store::Connection connection;
  Json given = Vault();
  given["credentials_payload"] = {{"password", "hidden"}};
  ASSERT_TRUE(ApplySecretsManager(given, connection));
  EXPECT_EQ(connection.secrets.at("credentials_payload").Reveal(), R"({"password":"hidden"})");
}

TEST(SecretsManagerTest, WhatIsSentBackAsItWasReadChangesNothing) {
  store::Connection connection = WithVault();
  const auto secrets = connection.secrets;
  const Json shown = connection.properties["secrets_manager"];
  ASSERT_TRUE(ApplySecretsManager(shown, connection));
  EXPECT_EQ(connection.properties["secrets_manager"], shown);
  EXPECT_EQ(connection.secrets, secrets);
  Json elsewhere = shown;
  elsewhere["secret_url"] = "https://vault.test/v1/secret/data/other";
  EXPECT_TRUE(ApplySecretsManager(elsewhere, connection));
  EXPECT_EQ(connection.secrets, secrets);
}

TEST(SecretsManagerTest, StoredSecretsAreNotSentToAnotherServer) {
  for (const char* key : {"login_url", "secret_url"}) {
    for (const char* url :
         {"https://evil.test/v1/x", "http://vault.test/v1/x", "https://vault.test:8200/v1/x"}) {
      store::Connection connection = WithVault();
      Json changed = connection.properties["secrets_manager"];
      changed[key] = url;
      const Status refused = ApplySecretsManager(changed, connection);
      ASSERT_FALSE(refused) << key << url;
      EXPECT_EQ(refused.error().kind, ErrorKind::kInvalidInput);
      EXPECT_THAT(refused.error().message, StartsWith("credentials_payload: "));
      changed["credentials_payload"] = Vault()["credentials_payload"];
      EXPECT_FALSE(ApplySecretsManager(changed, connection));
      changed["headers"] = Json::object();
      EXPECT_TRUE(ApplySecretsManager(changed, connection));
      EXPECT_FALSE(connection.secrets.contains("secrets_manager_headers"));
    }
  }
}

TEST(SecretsManagerTest, AnEmptyObjectTakesItAwayWithItsSecrets) {
  store::Connection connection = WithVault();
  connection.secrets["secret_key"] = Secret("s");
  ASSERT_TRUE(ApplySecretsManager(Json::object(), connection));
  EXPECT_FALSE(HasSecretsManager(connection));
  EXPECT_EQ(connection.secrets.size(), 1u);
}

TEST(SecretsManagerTest, AwsIsAnotherKindAndDropsTheSecretsOfTheFirst) {
  store::Connection connection = WithVault();
  ASSERT_TRUE(ApplySecretsManager(
      {{"type", "aws"}, {"secret_id", "lake"}, {"region", "eu-west-1"}}, connection));
  EXPECT_TRUE(connection.secrets.empty());
  EXPECT_EQ(connection.properties["secrets_manager"]["secret_id"], "lake");
  EXPECT_TRUE(OpenSecretStore(connection));
}

TEST(SecretsManagerTest, RefusesByName) {
  const auto message = [](const Json& changes) {
    store::Connection connection;
    Json given = Vault();
    given.update(changes);
    const Status status = ApplySecretsManager(given, connection);
    EXPECT_EQ(status.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(status.error().message, Not(HasSubstr("hidden")));
    return status.error().message;
  };
  EXPECT_THAT(message({{"type", "odd"}}), StartsWith("type: "));
  EXPECT_THAT(message({{"secret_url", nullptr}}), StartsWith("secret_url: "));
  EXPECT_THAT(message({{"login_url", 5}}), StartsWith("login_url: "));
  EXPECT_THAT(message({{"credentials_payload", "{hidden"}}),
              StartsWith("credentials_payload: "));
  EXPECT_THAT(message({{"headers", {{"a", 5}}}}), StartsWith("headers: "));
  EXPECT_THAT(message({{"data_jsonpath", "$.."}}), StartsWith("data_jsonpath: "));
  EXPECT_THAT(message({{"type", "aws"}}), StartsWith("secret_id: "));
}

}  // namespace
}  // namespace assay::operations
