#include "operations/datastore_access.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "net/deadline.h"
#include "tests/services/silent_server.h"
#include "tests/store/store_fixture.h"

namespace assay::operations {
namespace {

using testing::HasSubstr;
using Source = auth::AwsCredentialsSource;

store::Connection Lake() {
  store::Connection connection;
  connection.name = "lake";
  connection.type = "s3";
  connection.properties = {{"uri", "s3://bucket"}};
  return connection;
}

TEST(ConnectionSettingsTest, TakesKeysAndParameters) {
  store::Connection lake = Lake();
  lake.properties = {{"uri", "s3://bucket"},
                     {"access_key", "AK"},
                     {"parameters",
                      {{"authentication_type", "SHARED_KEY"},
                       {"endpoint", "http://127.0.0.1:9000"},
                       {"region", "eu-west-1"},
                       {"path_style", false},
                       {"requester_pays", true},
                       {"kms_key_id", "k"},
                       {"ca_bundle", "/ca.pem"},
                       {"unknown", 1}}}};
  lake.secrets = {{"secret_key", Secret("SK")}, {"session_token", Secret("ST")}};
  const auto settings = ToConnectionSettings(lake, {.root_path = "/raw"}).value();
  EXPECT_EQ(settings.type, "s3");
  EXPECT_EQ(settings.uri, "s3://bucket");
  EXPECT_EQ(settings.root_path, "/raw");
  EXPECT_EQ(settings.credentials.source, Source::kStatic);
  EXPECT_EQ(settings.credentials.access_key_id, "AK");
  EXPECT_EQ(settings.credentials.secret_access_key.Reveal(), "SK");
  EXPECT_EQ(settings.credentials.session_token.Reveal(), "ST");
  EXPECT_EQ(settings.endpoint, "http://127.0.0.1:9000");
  EXPECT_EQ(settings.region, "eu-west-1");
  EXPECT_FALSE(settings.path_style);
  EXPECT_TRUE(settings.requester_pays);
  EXPECT_EQ(settings.kms_key_id, "k");
  EXPECT_EQ(settings.ca_bundle_path, "/ca.pem");
}

TEST(ConnectionSettingsTest, WithoutKeysUsesTheDefaultChain) {
  EXPECT_EQ(ToConnectionSettings(Lake(), {}).value().credentials.source, Source::kDefault);
  store::Connection anonymous = Lake();
  anonymous.properties["parameters"] = {{"authentication_type", "ANONYMOUS"}};
  EXPECT_EQ(ToConnectionSettings(anonymous, {}).value().credentials.source, Source::kAnonymous);
}

TEST(ConnectionSettingsTest, ARoleIsAssumedWithKeysOrWithTheDefaultChain) {
  store::Connection lake = Lake();
  lake.properties["parameters"] = {{"authentication_type", "IAM_ROLE"},
                                   {"role_arn", "arn:aws:iam::123456789012:role/reader"},
                                   {"external_id", "tenant-42"},
                                   {"session_name", "quality"},
                                   {"duration_seconds", 900},
                                   {"sts_endpoint", "http://127.0.0.1:1"},
                                   {"region", "eu-west-1"},
                                   {"ca_bundle", "/ca.pem"},
                                   {"profile", "base"}};
  const auto chain = ToConnectionSettings(lake, {}).value().credentials;
  EXPECT_EQ(chain.source, Source::kDefault);
  EXPECT_EQ(chain.profile, "base");
  ASSERT_TRUE(chain.role);
  EXPECT_EQ(chain.role->arn, "arn:aws:iam::123456789012:role/reader");
  EXPECT_EQ(chain.role->external_id, "tenant-42");
  EXPECT_EQ(chain.role->session_name, "quality");
  EXPECT_EQ(chain.role->duration_seconds, 900);
  EXPECT_EQ(chain.role->sts_endpoint, "http://127.0.0.1:1");
  EXPECT_EQ(chain.role->region, "eu-west-1");
  EXPECT_EQ(chain.role->ca_bundle_path, "/ca.pem");
  lake.properties["access_key"] = "AK";
  lake.secrets = {{"secret_key", Secret("SK")}};
  const auto keys = ToConnectionSettings(lake, {}).value().credentials;
  EXPECT_EQ(keys.source, Source::kStatic);
  EXPECT_TRUE(keys.role);
}

TEST(ConnectionSettingsTest, RefusesWhatIsIncompleteOrUnknown) {
  const auto error = [](const std::function<void(store::Connection&)>& change) {
    store::Connection lake = Lake();
    change(lake);
    return ToConnectionSettings(lake, {}).error();
  };
  EXPECT_THAT(error([](auto& lake) { lake.properties = Json::object(); }).message,
              HasSubstr("uri"));
  EXPECT_THAT(error([](auto& lake) { lake.properties["uri"] = 5; }).message, HasSubstr("uri"));
  EXPECT_THAT(error([](auto& lake) { lake.properties["access_key"] = "AK"; }).message,
              HasSubstr("secret_key"));
  const auto with_type = [&](const char* type) {
    return error([type](auto& lake) {
      lake.properties["parameters"] = {{"authentication_type", type}};
    });
  };
  EXPECT_THAT(with_type("IAM_ROLE").message, HasSubstr("role_arn"));
  EXPECT_EQ(with_type("ODD").kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(error([](auto& lake) {
                lake.properties["parameters"] = {{"path_style", "yes"}};
              }).message,
              HasSubstr("parameters: path_style"));
}

store::Connection Shop() {
  store::Connection connection;
  connection.name = "shop";
  connection.type = "postgresql";
  connection.properties = {{"host", "db.example.com"}};
  return connection;
}

TEST(ConnectionSettingsTest, OfTablesTakesServerAndUser) {
  store::Connection shop = Shop();
  shop.properties["port"] = 6000;
  shop.properties["username"] = "ana";
  shop.properties["parameters"] = {
      {"sslmode", "verify-full"}, {"ca_bundle", "/ca.pem"}, {"unknown", 1}};
  shop.secrets = {{"password", Secret("PW")}};
  const auto settings =
      ToConnectionSettings(shop, {.root_path = "/", .database = "d", .schema = "s"}).value();
  EXPECT_EQ(settings.type, "postgresql");
  EXPECT_EQ(settings.host, "db.example.com");
  EXPECT_EQ(settings.port, 6000);
  EXPECT_EQ(settings.username, "ana");
  EXPECT_EQ(settings.password.Reveal(), "PW");
  EXPECT_EQ(settings.ssl_mode, "verify-full");
  EXPECT_EQ(settings.ca_bundle_path, "/ca.pem");
  EXPECT_EQ(settings.database, "d");
  EXPECT_EQ(settings.schema, "s");
  EXPECT_EQ(settings.uri, "");
  EXPECT_EQ(settings.root_path, "");
}

TEST(ConnectionSettingsTest, OfTablesRefusesWhatIsIncompleteOrOdd) {
  EXPECT_EQ(ToConnectionSettings(Shop(), {}).value().port, 0);
  store::Connection shop = Shop();
  shop.properties["port"] = 70'000;
  EXPECT_EQ(ToConnectionSettings(shop, {}).error().message,
            "port: must be from 1 to 65535, not 70000");
  shop.properties = Json::object();
  EXPECT_EQ(ToConnectionSettings(shop, {}).error().message, "host: is required");
}

TEST(ConnectionSettingsTest, WhatATypeCannotDoIsUnsupported) {
  for (const char* type : {"s3", "local"}) {
    EXPECT_TRUE(CheckCanHoldEnrichment(type)) << type;
    EXPECT_TRUE(CheckCanBeReadIncrementally(type)) << type;
  }
  EXPECT_EQ(CheckCanHoldEnrichment("postgresql").error().kind, ErrorKind::kUnsupported);
  EXPECT_EQ(CheckCanBeReadIncrementally("postgresql").error().kind, ErrorKind::kUnsupported);
}

TEST(ConnectionSettingsTest, AnUnknownConnectorIsUnsupported) {
  store::Connection tape = Lake();
  tape.type = "tape";
  EXPECT_EQ(OpenConnection(tape, {}, {}).error().kind, ErrorKind::kUnsupported);
}

using DatastoreAccessTest = store::StoreTest;

TEST_F(DatastoreAccessTest, OpensAFolderAndTestsIt) {
  store::Connection connection;
  connection.name = "folder";
  connection.type = "local";
  connection.properties = {{"uri", directory_.string()}};
  store::Datastore datastore;
  datastore.name = "folder";
  datastore.connection_id =
      store::Connections(database(), cipher_).Create(connection).value().id;
  datastore.teams = {"Public"};
  const int64_t id = store::Datastores(database()).Create(datastore).value().id;
  const DatastoreAccess access(database(), cipher_);
  auto opened = access.Open(id, {});
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_TRUE(TestConnection(**opened, connectors::Access::kWrite, {}).outcome);
  EXPECT_EQ(access.Open(99, {}).error().kind, ErrorKind::kNotFound);
}

TEST_F(DatastoreAccessTest, TheTestSaysWhatIsRefused) {
  store::Connection connection;
  connection.type = "local";
  connection.properties = {{"uri", (directory_ / "none").string()}};
  const auto opened = OpenConnection(connection, {}, {});
  const Status status = opened ? TestConnection(**opened, connectors::Access::kRead, {}).outcome
                               : Status(std::unexpected(opened.error()));
  EXPECT_FALSE(status);
  EXPECT_NE(status.error().message, "");
}

TEST(ConnectionTestTest, OneThatIsCutOffHasNotSucceeded) {
  const services::SilentServer server;
  store::Connection lake = Lake();
  lake.properties["access_key"] = "AK";
  lake.secrets = {{"secret_key", Secret("SK")}};
  lake.properties["parameters"] = {
      {"endpoint", fmt::format("http://127.0.0.1:{}", server.port())}, {"region", "us-east-1"}};
  const auto opened = OpenConnection(lake, {}, {});
  ASSERT_TRUE(opened) << opened.error().message;
  net::Deadline deadline(std::chrono::milliseconds(200), {});
  const Status status =
      TestConnection(**opened, connectors::Access::kRead, deadline.token()).outcome;
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kCancelled);
}

}  // namespace
}  // namespace assay::operations
