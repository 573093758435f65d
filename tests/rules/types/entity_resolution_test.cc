#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

CheckDefinition Entities(Json properties = Json::object()) {
  if (!properties.contains("distinction_field_name"))
    properties["distinction_field_name"] = "id";
  return {.rule = "entityResolution", .fields = {"name"}, .properties = properties};
}

Table Customers(std::vector<Json> names, std::vector<Json> ids) {
  return Table({Named("name", Texts(std::move(names))), Named("id", Integers(std::move(ids)))});
}

TEST(EntityResolutionTest, FailsRowsOfSimilarNamesWithDifferentIds) {
  EXPECT_THAT(
      FailingRows(Entities(),
                  Customers({"ACME Boxing", "Frank's Flowers", "ACME Boxes"}, {1, 2, 3})),
      ElementsAre(0, 2));
}

TEST(EntityResolutionTest, PassesSimilarNamesWithOneId) {
  EXPECT_THAT(
      FailingRows(Entities(),
                  Customers({"ACME Boxing", "ACME Boxes", "Acme Boxing Inc"}, {1, 1, 1})),
      IsEmpty());
  EXPECT_THAT(FailingRows(Entities(), Customers({}, {})), IsEmpty());
}

TEST(EntityResolutionTest, FailsAllRowsOfTheEntity) {
  EXPECT_THAT(
      FailingRows(Entities(), Customers({"ACME", "Acme, Inc.", "ACME", "Other"}, {1, 1, 2, 3})),
      ElementsAre(0, 1, 2));
}

TEST(EntityResolutionTest, NullsAreNotAsserted) {
  const Result<Outcome> outcome =
      RunCheck(Entities(), Customers({"ACME", "ACME", kNull, "ACME"}, {1, kNull, 2, 1}));
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->failing_rows, IsEmpty());
  EXPECT_EQ(outcome->asserted_rows, 2);
}

TEST(EntityResolutionTest, VeryLongNamesAreNotAsserted) {
  const std::string longest(200, 'x');
  const Result<Outcome> outcome = RunCheck(
      Entities(), Customers({longest, longest, longest + "x", longest + "x"}, {1, 2, 3, 4}));
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->failing_rows, ElementsAre(0, 1));
  EXPECT_EQ(outcome->asserted_rows, 2);
}

TEST(EntityResolutionTest, PairsSubstringsAndHomophonesWhenAsked) {
  const Table parts = Customers({"ACME", "ACME Holding Group"}, {1, 2});
  EXPECT_THAT(FailingRows(Entities(), parts), IsEmpty());
  EXPECT_THAT(FailingRows(Entities({{"pair_substrings", true}}), parts), ElementsAre(0, 1));
  const Table sounds = Customers({"Wright & Cory", "Rudd & Carrie"}, {1, 2});
  EXPECT_THAT(FailingRows(Entities(), sounds), IsEmpty());
  EXPECT_THAT(FailingRows(Entities({{"pair_homophones", true}}), sounds), ElementsAre(0, 1));
}

TEST(EntityResolutionTest, TheSimilarityCanBeChosen) {
  const Table table = Customers({"ACME Boxing", "ACME Boxes"}, {1, 2});
  EXPECT_THAT(FailingRows(Entities({{"spelling_similarity", 0.8}}), table), IsEmpty());
  EXPECT_THAT(FailingRows(Entities({{"spelling_similarity", 0.5}}), table), ElementsAre(0, 1));
}

TEST(EntityResolutionTest, LooksOnlyAtFilteredRows) {
  CheckDefinition definition = Entities();
  definition.filter = "id < 3";
  EXPECT_THAT(FailingRows(definition, Customers({"ACME", "Other", "Acme"}, {1, 2, 3})),
              IsEmpty());
}

TEST(EntityResolutionTest, NamesWhatTellsEntitiesApart) {
  EXPECT_EQ(Violation(Entities(), Customers({}, {})),
            "names an entity that has several values of id");
}

TEST(EntityResolutionTest, RefusesBadProperties) {
  const Table table = Customers({}, {});
  const auto refusal = [&](const Json& properties) {
    return Refusal(Entities(properties), table);
  };
  EXPECT_THAT(refusal({{"distinction_field_name", "name"}}),
              HasSubstr("distinction_field_name: must be another field than 'name'"));
  EXPECT_THAT(refusal({{"distinction_field_name", "ids"}}),
              HasSubstr("distinction_field_name: no such field"));
  EXPECT_THAT(refusal({{"spelling_similarity", 0.4}}),
              HasSubstr("spelling_similarity: must be from 0.5 to 1, not 0.4"));
}

}  // namespace
}  // namespace assay::rules::testing
