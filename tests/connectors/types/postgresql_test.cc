#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/connector_type.h"
#include "connectors/containers.h"

namespace assay::connectors {
namespace {

using ::testing::HasSubstr;

ConnectionSettings Settings() {
  ConnectionSettings settings;
  settings.type = "postgresql";
  settings.host = "db.example.com";
  settings.username = "ana";
  settings.password = Secret("not to be seen");
  settings.database = "lake";
  settings.schema = "sales";
  return settings;
}

Result<std::unique_ptr<Connector>> Open(const ConnectionSettings& settings) {
  return FindConnectorType("postgresql")->open(settings, {});
}

std::string Refusal(const ConnectionSettings& settings) {
  const auto opened = Open(settings);
  if (opened) return "";
  EXPECT_EQ(opened.error().kind, ErrorKind::kInvalidInput);
  return opened.error().message;
}

TEST(PostgresqlTest, HoldsTablesAndNoEnrichment) {
  const ConnectorType* type = FindConnectorType("postgresql");
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->family, StoreFamily::kTables);
  EXPECT_STREQ(StoreFamilyName(type->family), "jdbc");
  EXPECT_FALSE(type->can_hold_enrichment);
  const auto connector = Open(Settings());
  ASSERT_TRUE(connector);
  EXPECT_EQ((*connector)->files(), nullptr);
  EXPECT_EQ((*connector)->writer(), nullptr);
  EXPECT_NE((*connector)->tables(), nullptr);
  EXPECT_EQ((*connector)->root_uri(), "postgresql://db.example.com:5432/lake/sales");
}

TEST(PostgresqlTest, SettingsThatDoNotGoTogetherAreRefused) {
  ConnectionSettings settings = Settings();
  settings.host.clear();
  EXPECT_EQ(Refusal(settings), "host: is required");
  settings = Settings();
  settings.schema.clear();
  EXPECT_EQ(Refusal(settings), "schema: is required with a database");
  settings = Settings();
  settings.ssl_mode = "yes";
  EXPECT_THAT(Refusal(settings), HasSubstr("sslmode: must be one of disable, allow, prefer"));
  settings = Settings();
  settings.uri = "s3://lake";
  EXPECT_EQ(Refusal(settings), "a PostgreSQL server takes no uri");
}

TEST(PostgresqlTest, WritingIsRefusedWithTheWayOut) {
  const auto steps = Open(Settings()).value()->Probe(Access::kWrite, {});
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].outcome, ProbeStep::Outcome::kRefused);
  EXPECT_THAT(steps[0].detail, HasSubstr("use a datastore of type s3 or local"));
}

TEST(PostgresqlTest, AServerThatIsNotThereFailsTheFirstStepAndSkipsTheOthers) {
  ConnectionSettings settings = Settings();
  settings.host = "127.0.0.1";
  settings.port = 1;
  const auto steps = Open(settings).value()->Probe(Access::kRead, {});
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].outcome, ProbeStep::Outcome::kRefused);
  EXPECT_THAT(steps[0].detail,
              AllOf(HasSubstr("cannot reach 127.0.0.1:1"), HasSubstr("check host and port")));
  EXPECT_EQ(steps[1].outcome, ProbeStep::Outcome::kSkipped);
  EXPECT_EQ(steps[1].detail, "after connect failed");
  EXPECT_EQ(steps[2].outcome, ProbeStep::Outcome::kSkipped);
}

ListedTable Table(const std::string& name) {
  ListedTable table;
  table.name = {.database = "source", .schema = "sales", .table = name};
  table.size_bytes = 8192;
  table.columns_digest = "digest";
  return table;
}

TEST(GroupTablesTest, EachTableIsAContainerKnownByItsName) {
  std::vector<ListedTable> listed = {Table("orders"), Table("totals"), Table("secret")};
  listed[1].is_view = true;
  listed[2].unreadable_because = "GRANT it";
  const Grouped grouped = GroupTables(listed);
  ASSERT_EQ(grouped.containers.size(), 2U);
  const FoundContainer& orders = grouped.containers[0];
  EXPECT_EQ(orders.name, "orders");
  EXPECT_EQ(orders.container_type, "table");
  EXPECT_EQ(orders.format, engine::FileFormat::kTable);
  EXPECT_EQ(orders.table->table, "orders");
  ASSERT_EQ(orders.files.size(), 1U);
  EXPECT_EQ(orders.files[0].relative_path, "orders");
  EXPECT_EQ(orders.files[0].size_bytes, 8192);
  EXPECT_EQ(orders.files[0].etag, "digest");
  // Stored by earlier versions.
  EXPECT_EQ(orders.key.size(), 32U);
  EXPECT_NE(orders.key, grouped.containers[1].key);
  EXPECT_EQ(grouped.containers[1].container_type, "view");
  ASSERT_EQ(grouped.left_out.size(), 1U);
  EXPECT_EQ(grouped.left_out[0].relative_path, "secret");
  EXPECT_EQ(grouped.left_out[0].reason, "GRANT it");
}

}  // namespace
}  // namespace assay::connectors
