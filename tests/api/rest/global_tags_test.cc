// Tests of api/rest/global_tags.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

using GlobalTagsTest = ApiTest;

TEST_F(GlobalTagsTest, AreMadeShownChangedAndDeleted) {
  const Json made = Call("POST", "/global-tags", 201,
                         {{"type", "global"},
                          {"name", "needs review"},
                          {"color", "#FF2000"},
                          {"description", "Look at it."},
                          {"category", "state"},
                          {"weight_modifier", 3}});
  EXPECT_EQ(made["type"], "global");
  EXPECT_EQ(made["color"], "#FF2000");
  EXPECT_EQ(made["description"], "Look at it.");
  EXPECT_EQ(made["category"], "state");
  EXPECT_EQ(made["weight_modifier"], 3);
  EXPECT_EQ(Call("GET", "/global-tags/needs%20review", 200), made);
  const Json changed = Call("PUT", "/global-tags/needs%20review", 200,
                            {{"name", "reviewed"}, {"weight_modifier", -10}});
  EXPECT_EQ(changed["id"], made["id"]);
  EXPECT_EQ(changed["color"], "#FF2000");
  EXPECT_EQ(Call("GET", "/global-tags/reviewed", 200), changed);
  Call("DELETE", "/global-tags/reviewed", 204);
  for (const char* method : {"GET", "DELETE"}) Call(method, "/global-tags/reviewed", 404);
  Call("PUT", "/global-tags/reviewed", 404, Json::object());
}

TEST_F(GlobalTagsTest, HaveDefaultsAndAreListedByName) {
  const Json silver = Call("POST", "/global-tags", 201, {{"name", "silver"}});
  EXPECT_EQ(silver["color"], "#FF9933");
  EXPECT_EQ(silver["weight_modifier"], 0);
  EXPECT_EQ(silver["category"], nullptr);
  Call("POST", "/global-tags", 201, {{"name", "gold"}});
  const Json page = Call("GET", "/global-tags?page=1&size=100", 200);
  EXPECT_EQ(page["total"], 2);
  EXPECT_THAT(Pluck(page, "name"), ElementsAre("gold", "silver"));
  EXPECT_THAT(Pluck(Call("GET", "/global-tags?search=SIL", 200), "name"),
              ElementsAre("silver"));
}

TEST_F(GlobalTagsTest, RefuseWhatDoesNotFit) {
  const auto faults = [&](const char* key, const Json& value) {
    Json payload = {{"name", "gold"}};
    payload[key] = value;
    return Faults("POST", "/global-tags", payload);
  };
  EXPECT_THAT(faults("name", nullptr), ElementsAre(Pair("body.name", "is required")));
  EXPECT_THAT(faults("name", ""), ElementsAre(Pair("body.name", "must not be empty")));
  EXPECT_THAT(faults("type", "lineage"), ElementsAre(Pair("body.type", HasSubstr("global"))));
  EXPECT_THAT(faults("weight_modifier", 11),
              ElementsAre(Pair("body.weight_modifier", "must be between -10 and 10")));
  for (const char* color : {"red", "#12345", "#12345G", "1234567"}) {
    EXPECT_THAT(faults("color", color),
                ElementsAre(Pair("body.color", HasSubstr("hexadecimal"))));
  }
  Call("POST", "/global-tags", 201, {{"name", "gold"}});
  Call("POST", "/global-tags", 201, {{"name", "silver"}});
  Call("POST", "/global-tags", 409, {{"name", "gold"}});
  Call("PUT", "/global-tags/silver", 409, {{"name", "gold"}});
}

TEST_F(GlobalTagsTest, AreForManagersToChange) {
  const std::string member = TokenOf("ann", "Member"), manager = TokenOf("max", "Manager");
  const std::string body = PrintJson({{"name", "gold"}});
  EXPECT_EQ(Send("POST", "/global-tags", body, member).status, 403);
  EXPECT_EQ(Send("POST", "/global-tags", body, manager).status, 201);
  EXPECT_EQ(Send("GET", "/global-tags/gold", "", member).status, 200);
  EXPECT_EQ(Send("DELETE", "/global-tags/gold", "", member).status, 403);
  EXPECT_EQ(Send("DELETE", "/global-tags/gold", "", manager).status, 204);
}

}  // namespace
}  // namespace assay::api
