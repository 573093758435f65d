// Tests of api/rest/connection_history.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;

using ConnectionHistoryTest = ApiTest;

TEST_F(ConnectionHistoryTest, ShowsChangesOfOneConnectionWithoutItsSecrets) {
  const std::string max = TokenOf("max", "Manager");
  const Json lake = Call("POST", "/connections", 201,
                         {{"name", "lake"},
                          {"type", "s3"},
                          {"uri", "s3://bucket"},
                          {"access_key", "AKIA1"},
                          {"secret_key", kTopSecret}});
  Call("POST", "/connections", 201, {{"name", "other"}, {"type", "local"}, {"uri", "/tmp"}});
  const std::string path = "/connections/" + std::to_string(lake["id"].get<int64_t>());
  EXPECT_EQ(Send("PUT", path, R"({"name":"pond"})", max).status, 200);
  const Json page = Call("GET", path + "/history", 200);
  EXPECT_EQ(page["total"], 2);
  EXPECT_THAT(Pluck(page, "action"), ElementsAre("update", "create"));
  EXPECT_THAT(Pluck(page, "user"), ElementsAre("max", "admin"));
  EXPECT_EQ(page["items"][0]["before"], Json({{"name", "lake"}}));
  EXPECT_EQ(page["items"][0]["after"], Json({{"name", "pond"}}));
  EXPECT_EQ(page["items"][1]["after"]["secret_key"], "***");
  EXPECT_EQ(page["items"][1]["after"]["properties"]["access_key"], "AKIA1");
}

TEST_F(ConnectionHistoryTest, ThereIsNoneOfAConnectionThatDoesNotExist) {
  Call("GET", "/connections/9/history", 404);
}

}  // namespace
}  // namespace assay::api
