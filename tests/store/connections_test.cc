#include "store/connections.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "store/sql/statement.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ConnectionsTest : public StoreTest {
 protected:
  Connections connections() { return Connections(database(), cipher_); }

  Connection Lake() {
    Connection lake;
    lake.created = At(3);
    lake.name = "lake";
    lake.type = "s3";
    lake.properties = {{"uri", "s3://bucket"}, {"access_key", "AK"}};
    lake.secrets = {{"secret_key", Secret("top-secret-value")}};
    return lake;
  }

  std::vector<std::string> Names(const ConnectionFilter& filter, const PageRequest& page = {}) {
    std::vector<std::string> names;
    const auto found = connections().List(filter, page).value();
    for (const auto& each : found.items) names.push_back(each.name);
    return names;
  }
};

TEST_F(ConnectionsTest, ComesBackAsItWasStored) {
  const int64_t id = connections().Create(Lake()).value().id;
  const Connection found = connections().Get(id).value();
  EXPECT_EQ(found.id, id);
  EXPECT_EQ(found.created, At(3));
  EXPECT_EQ(found.name, "lake");
  EXPECT_EQ(found.type, "s3");
  EXPECT_EQ(found.properties, Lake().properties);
  EXPECT_EQ(found.secrets, Lake().secrets);
}

TEST_F(ConnectionsTest, SecretsAreNotInTheFiles) {
  ASSERT_TRUE(connections().Create(Lake()));
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    std::stringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    EXPECT_THAT(bytes.str(), Not(HasSubstr("top-secret-value"))) << entry.path();
  }
}

TEST_F(ConnectionsTest, SecretsOfOneDoNotDecryptAsAnothers) {
  const int64_t first = connections().Create(Lake()).value().id;
  Connection other = Lake();
  other.name = "other";
  const int64_t second = connections().Create(other).value().id;
  ASSERT_TRUE(database().Write([&](soci::session& session) -> Status {
    sql::Run(session,
             "UPDATE connections SET secrets = (SELECT secrets FROM connections WHERE id = ?) "
             "WHERE id = ?",
             {first, second});
    return {};
  }));
  EXPECT_EQ(connections().Get(second).error().kind, ErrorKind::kDenied);
}

TEST_F(ConnectionsTest, AnotherKeyIsDeniedAndSaysWhichConnection) {
  const int64_t id = connections().Create(Lake()).value().id;
  const ReversingCipher other("other key");
  const auto found = Connections(database(), other).Get(id);
  EXPECT_EQ(found.error().kind, ErrorKind::kDenied);
  EXPECT_THAT(found.error().message, HasSubstr("connection 1"));
}

TEST_F(ConnectionsTest, NamesAreUnique) {
  ASSERT_TRUE(connections().Create(Lake()));
  EXPECT_EQ(connections().Create(Lake()).error().kind, ErrorKind::kConflict);
  Connection other = Lake();
  other.name = "other";
  other = connections().Create(other).value();
  other.name = "lake";
  EXPECT_EQ(connections().Update(other).error().kind, ErrorKind::kConflict);
}

TEST_F(ConnectionsTest, UpdateReplacesSecrets) {
  Connection lake = connections().Create(Lake()).value();
  lake.secrets = {{"secret_key", Secret("new")}};
  lake.properties["access_key"] = "AK2";
  ASSERT_TRUE(connections().Update(lake));
  EXPECT_EQ(connections().Get(lake.id).value().secrets, lake.secrets);
  EXPECT_EQ(connections().Get(lake.id).value().properties["access_key"], "AK2");
}

TEST_F(ConnectionsTest, MissingOnesAreNotFound) {
  EXPECT_EQ(connections().Get(5).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(connections().FindByName("x").error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(connections().Delete(5).error().kind, ErrorKind::kNotFound);
  Connection lake = Lake();
  lake.id = 5;
  EXPECT_EQ(connections().Update(lake).error().kind, ErrorKind::kNotFound);
}

TEST_F(ConnectionsTest, IsNotDeletedWhileADatastoreUsesIt) {
  const Datastore orders = AddDatastore("orders");
  const Status refused = connections().Delete(orders.connection_id);
  EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
  EXPECT_THAT(refused.error().message, HasSubstr("orders"));
  ASSERT_TRUE(Datastores(database()).Delete(orders.id));
  EXPECT_TRUE(connections().Delete(orders.connection_id));
}

TEST_F(ConnectionsTest, ListsByFilterSortAndPage) {
  for (const char* name : {"b_lake", "a_lake", "c%pond"}) AddConnection(name);
  ASSERT_TRUE(connections().Create(Lake()));
  EXPECT_THAT(Names({}), ElementsAre("b_lake", "a_lake", "c%pond", "lake"));
  EXPECT_THAT(Names({.ids = {2, 3}, .name = {}, .search = {}, .types = {}}),
              ElementsAre("a_lake", "c%pond"));
  EXPECT_THAT(Names({.ids = {}, .name = "lake", .search = {}, .types = {}}),
              ElementsAre("lake"));
  EXPECT_THAT(Names({.ids = {}, .name = {}, .search = "LAKE", .types = {"local"}}),
              ElementsAre("b_lake", "a_lake"));
  // Characters that SQL patterns know mean themselves.
  EXPECT_THAT(Names({.ids = {}, .name = {}, .search = "%", .types = {}}),
              ElementsAre("c%pond"));
  const ConnectionFilter by_name = {.ids = {},
                                    .name = {},
                                    .search = {},
                                    .types = {},
                                    .sort = ConnectionFilter::Sort::kName,
                                    .order = SortOrder::kDescending};
  EXPECT_THAT(Names(by_name), ElementsAre("lake", "c%pond", "b_lake", "a_lake"));
  EXPECT_THAT(Names(by_name, {.page = 2, .size = 3}), ElementsAre("a_lake"));
  EXPECT_EQ(connections().List(by_name, {.page = 2, .size = 3}).value().total, 4);
  EXPECT_THAT(Names(by_name, {.page = 9, .size = 3}), ElementsAre());
  EXPECT_THAT(Names(by_name, {.page = INT64_MAX, .size = INT64_MAX}), ElementsAre());
}

}  // namespace
}  // namespace assay::store
