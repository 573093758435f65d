#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

Json Query(const std::string& sql) {
  return {{"query", sql}};
}

Json WithReference(Json reference) {
  return {{"query", "SELECT * FROM this ANTI JOIN codes USING (field)"},
          {"references", Json::array({std::move(reference)})}};
}

TEST(SqlAssertionTest, HoldsWhenNothingIsReturned) {
  const Table table = Integers({1, 2, kNull});
  EXPECT_EQ(RunWhole("sqlAssertion", Query("SELECT * FROM this WHERE field > 1"), table).holds,
            false);
  EXPECT_EQ(RunWhole("sqlAssertion", Query("SELECT * FROM this WHERE field > 2"), table).holds,
            true);
  EXPECT_EQ(RunWhole("sqlAssertion", Query("SELECT * FROM this"), Integers({})).holds, true);
  EXPECT_EQ(
      RunWhole("sqlAssertion", Query("SELECT 1 FROM this HAVING count(*) = 0"), Integers({}))
          .holds,
      false);
}

TEST(SqlAssertionTest, ReadsFromOtherContainersByTheNamesItGivesThem) {
  const Table table({Texts({"a", "b"})}, "countries", {Texts({"a"})});
  const Json properties =
      WithReference({{"name", "codes"}, {"ref_container_name", "countries"}});
  EXPECT_EQ(RunWhole("sqlAssertion", properties, table).measure, "1");
  const auto compiled = Compile({.rule = "sqlAssertion", .properties = properties},
                                table.Schema(), TestNow(), {}, ReferencesOf(table));
  ASSERT_TRUE(compiled) << compiled.error().message;
  const ContainerReference reference{.ref_container_name = "countries"};
  EXPECT_THAT(std::get<plan::QueryCheck>(compiled->plan.form).references,
              UnorderedElementsAre(Pair("codes", reference.Key())));
}

TEST(SqlAssertionTest, FindsAllItsReferences) {
  const Json properties = {
      {"ref_container_name", "a"},
      {"references", Json::array({Json::object({{"name", "x"}, {"ref_container_name", "b"}}), 5,
                                  Json::object({{"name", "y"}})})}};
  const auto references = AllReferencesOf(properties);
  ASSERT_EQ(references.size(), 2u);
  EXPECT_EQ(references[0].ref_container_name, "a");
  EXPECT_EQ(references[1].ref_container_name, "b");
  EXPECT_TRUE(AllReferencesOf(Json("text")).empty());
  EXPECT_TRUE(AllReferencesOf(Json::object({{"references", "text"}})).empty());
}

TEST(SqlAssertionTest, RefusesBadProperties) {
  const Table table({Texts({"a"})}, "countries", {Texts({"a"})});
  EXPECT_THAT(Refusal("sqlAssertion", Json::object(), table), HasSubstr("query: is required"));
  EXPECT_THAT(Refusal("sqlAssertion", Query(" \n"), table),
              HasSubstr("query: must not be empty"));
  EXPECT_THAT(Refusal("sqlAssertion", Query(std::string("a\0b", 3)), table),
              HasSubstr("query: holds a zero byte"));
  EXPECT_THAT(
      Refusal("sqlAssertion", WithReference({{"ref_container_name", "countries"}}), table),
      HasSubstr("name: is required"));
  EXPECT_THAT(
      Refusal("sqlAssertion",
              WithReference({{"name", ""}, {"ref_container_name", "countries"}}), table),
      HasSubstr("references: item 1: name: must not be empty"));
  EXPECT_THAT(
      Refusal("sqlAssertion",
              WithReference({{"name", "This"}, {"ref_container_name", "countries"}}), table),
      HasSubstr("references: item 1: name: there is a table of this name already: 'This'"));
  EXPECT_THAT(Refusal("sqlAssertion", WithReference({{"name", "codes"}}), table),
              HasSubstr("references: item 1: ref_container_id: is required"));
  EXPECT_THAT(Refusal("sqlAssertion",
                      WithReference({{"name", "x"}, {"ref_container_name", "y"}}), table),
              HasSubstr("containers cannot be compared here"));
  EXPECT_THAT(
      Refusal({.rule = "sqlAssertion", .fields = {"field"}, .properties = Query("x")}, table),
      HasSubstr("names no fields"));
}

}  // namespace
}  // namespace assay::rules::testing
