#include "auth/json_path.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace assay::auth {
namespace {

using testing::HasSubstr;

const Json kRoot = {{"auth", {{"client_token", "t"}}},
                    {"data", {{"data", {{"a b", 1}, {"it's", 2}, {"\\\"", 3}}}}},
                    {"list", {10, {{"x", 11}}, 12}},
                    {"ключ", 4},
                    {"5", 6},
                    {"null", nullptr}};

std::string Find(std::string_view path) {
  const auto parsed = JsonPath::Parse(path);
  if (!parsed) return parsed.error().message;
  const Json* found = parsed->Find(kRoot);
  return found == nullptr ? "nothing" : PrintJson(*found);
}

TEST(JsonPathTest, FollowsMembersAndIndices) {
  EXPECT_EQ(Find("$"), PrintJson(kRoot));
  EXPECT_EQ(Find("$.auth.client_token"), "\"t\"");
  EXPECT_EQ(Find("$['data'][\"data\"]['a b']"), "1");
  EXPECT_EQ(Find(R"($.data.data['it\'s'])"), "2");
  EXPECT_EQ(Find(R"($.data.data["\\\""])"), "3");
  EXPECT_EQ(Find("$.list[0]"), "10");
  EXPECT_EQ(Find("$.list[1].x"), "11");
  EXPECT_EQ(Find("$['list'][-1]"), "12");
  EXPECT_EQ(Find("$.ключ"), "4");
  EXPECT_EQ(Find("$.5"), "6");
  EXPECT_EQ(Find("$.null"), "null");
}

TEST(JsonPathTest, FindsNothingWhereThereIsNothing) {
  for (const char* path : {"$.none", "$.auth.client_token.x", "$.list.x", "$.auth[0]",
                           "$.list[3]", "$.list[-4]", "$.null.x", "$['']"}) {
    EXPECT_EQ(Find(path), "nothing") << path;
  }
}

TEST(JsonPathTest, RefusesTheRestWithItsPosition) {
  const std::pair<const char*, int> cases[] = {{"", 1},
                                               {"data", 1},
                                               {" $", 1},
                                               {"$data", 2},
                                               {"$.", 3},
                                               {"$..data", 3},
                                               {"$.a.*", 5},
                                               {"$.a[*]", 5},
                                               {"$.a[1:2]", 6},
                                               {"$.a[?(@.b)]", 5},
                                               {"$.a[0", 6},
                                               {"$['a]", 6},
                                               {"$['a'", 6},
                                               {"$['\\n']", 5},
                                               {"$.a b", 4},
                                               {"$[", 3},
                                               {"$[99999999999999999999]", 3},
                                               {"$['a','b']", 6}};
  for (const auto& [path, position] : cases) {
    const auto parsed = JsonPath::Parse(path);
    ASSERT_FALSE(parsed) << path;
    EXPECT_EQ(parsed.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(parsed.error().message,
                testing::EndsWith(fmt::format("character {}", position)))
        << path;
  }
}

}  // namespace
}  // namespace assay::auth
