// Tests of api/rest/teams.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TeamsTest : public ApiTest {
 protected:
  static std::string PathOf(const Json& team) {
    return "/teams/" + std::to_string(team["id"].get<int64_t>());
  }
};

TEST_F(TeamsTest, PublicIsThereWithEverybody) {
  TokenOf("ana", "Member");
  const Json page = Call("GET", "/teams", 200);
  EXPECT_EQ(page["total"], 1);
  const Json& everybody = page["items"][0];
  EXPECT_EQ(everybody["name"], "Public");
  EXPECT_EQ(everybody["permission"], "Editor");
  EXPECT_THAT(Pluck(everybody["users"], "name"), ElementsAre("admin", "ana"));
}

TEST_F(TeamsTest, AreMadeChangedAndDeleted) {
  const Json ops = Call("POST", "/teams", 201, {{"name", "ops"}, {"description", "On call"}});
  EXPECT_EQ(ops["permission"], "Viewer");
  Json changed = Call("PUT", PathOf(ops), 200, {{"permission", "Author"}});
  EXPECT_EQ(changed["description"], "On call");
  EXPECT_EQ(changed["permission"], "Author");
  EXPECT_EQ(Call("GET", PathOf(ops), 200), changed);
  Call("DELETE", PathOf(ops), 204);
  Call("GET", PathOf(ops), 404);
  Call("DELETE", PathOf(ops), 404);
}

TEST_F(TeamsTest, RefuseTakenNamesAndUnknownPermissions) {
  const Json ops = Call("POST", "/teams", 201, {{"name", "ops"}});
  Call("POST", "/teams", 409, {{"name", "ops"}});
  Call("POST", "/teams", 409, {{"name", "Public"}});
  EXPECT_EQ(Faults("POST", "/teams", {{"permission", "Owner"}}).size(), 2u);
}

TEST_F(TeamsTest, AUsedOneCannotBeDeleted) {
  const Json ops = Call("POST", "/teams", 201, {{"name", "ops"}});
  const int64_t lake = MakeDatastore("lake");
  Call("PUT", fmt::format("/datastores/{}", lake), 200, {{"teams", {"ops"}}});
  EXPECT_THAT(Call("DELETE", PathOf(ops), 409)["message"].get<std::string>(),
              HasSubstr("lake"));
  Call("PUT", fmt::format("/datastores/{}", lake), 200, {{"teams", {"Public"}}});
  Call("PUT", "/users/1", 200, {{"teams", {"ops"}}});
  EXPECT_THAT(Call("DELETE", PathOf(ops), 409)["message"].get<std::string>(),
              HasSubstr("admin"));
}

TEST_F(TeamsTest, PublicCannotBeDeletedOrRenamed) {
  Call("DELETE", "/teams/1", 409);
  Call("PUT", "/teams/1", 409, {{"name", "All"}});
  EXPECT_EQ(Call("PUT", "/teams/1", 200, {{"permission", "Reporter"}})["name"], "Public");
}

TEST_F(TeamsTest, ThePermissionOfPublicCountsForEverybody) {
  const std::string ana = TokenOf("ana", "Member");
  const int64_t lake = MakeDatastore("lake");
  const std::string body = PrintJson({{"type", "sync"}, {"datastore_id", lake}});
  EXPECT_EQ(Send("POST", "/operations/run", body, ana).status, 200);
  Call("PUT", "/teams/1", 200, {{"permission", "Reporter"}});
  EXPECT_EQ(Send("POST", "/operations/run", body, ana).status, 403);
}

}  // namespace
}  // namespace assay::api
