#include "plan/projection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/join.h"
#include "plan/parser.h"

namespace assay::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Field Make(const std::string& name, FieldType type, std::string native_type) {
  return {.name = name, .path = {name}, .type = type, .native_type = std::move(native_type)};
}

Schema Orders() {
  Schema schema;
  schema.fields = {Make("id", FieldType::kIntegral, "BIGINT"),
                   Make("Amount", FieldType::kFractional, "DOUBLE"),
                   Make("state", FieldType::kString, "VARCHAR"),
                   Make("a \"b\"`c", FieldType::kString, "VARCHAR"),
                   Make("place", FieldType::kUnknown, "STRUCT(city VARCHAR)"),
                   {.name = "place.city",
                    .path = {"place", "city"},
                    .type = FieldType::kString,
                    .native_type = "VARCHAR"}};
  return schema;
}

Projection Parsed(const ProjectionText& text) {
  const auto projection = ParseProjection(text, Orders());
  EXPECT_TRUE(projection.has_value()) << (projection ? "" : projection.error().message);
  return projection.value_or(Projection{});
}

std::string ErrorOf(const ProjectionText& text) {
  const auto projection = ParseProjection(text, Orders());
  return projection ? "no error" : projection.error().message;
}

std::vector<std::string> Names(const Projection& projection) {
  std::vector<std::string> names;
  for (const NamedExpression& column : projection.columns) names.push_back(column.name);
  return names;
}

Expression E(std::string_view text) {
  return ParseExpression(text).value();
}

TEST(ProjectionTest, FieldsKeepTheirNamesAndValuesAreGivenOne) {
  const Projection projection =
      Parsed({"id, amount AS price, id * 2 twice, upper(state) `n m`"});
  EXPECT_THAT(Names(projection), ElementsAre("id", "price", "twice", "n m"));
  EXPECT_EQ(projection.columns[1].value, E("Amount"));
  EXPECT_EQ(projection.columns[2].value, E("id * 2"));
  EXPECT_FALSE(projection.IsGrouped());
}

TEST(ProjectionTest, AFieldIsCalledAsTheSourceSpellsIt) {
  EXPECT_THAT(Names(Parsed({"AMOUNT, place.city"})), ElementsAre("Amount", "city"));
}

TEST(ProjectionTest, AStarIsAllColumns) {
  EXPECT_THAT(Names(Parsed({"*, id + 1 AS next"})),
              ElementsAre("id", "Amount", "state", "a \"b\"`c", "place", "next"));
}

TEST(ProjectionTest, NamesMayHoldAnything) {
  const Projection projection =
      Parsed({"`a \"b\"``c` AS `größe; DROP TABLE x --`", "`a \"b\"``c` = 'x'"});
  EXPECT_THAT(Names(projection), ElementsAre("größe; DROP TABLE x --"));
  EXPECT_EQ(projection.columns[0].value, Expression::Column("a \"b\"`c"));
}

TEST(ProjectionTest, GroupsByFieldsExpressionsPositionsAndNames) {
  const auto keys = [](const char* select, const char* by) {
    return Parsed({select, {}, by}).keys;
  };
  EXPECT_THAT(keys("state, sum(amount) AS total", "STATE"), ElementsAre(E("state")));
  EXPECT_THAT(keys("state, count(*) AS n", "1"), ElementsAre(E("state")));
  EXPECT_THAT(keys("upper(state) AS big, count(*) AS n", "big"),
              ElementsAre(E("upper(state)")));
  EXPECT_THAT(keys("upper(state) AS big, count(*) AS n", "upper(state), id"),
              ElementsAre(E("upper(state)"), E("id")));
}

TEST(ProjectionTest, AnAggregateAloneIsOneGroup) {
  const Projection projection = Parsed({"count(*) AS n", "id > 1"});
  EXPECT_TRUE(projection.IsGrouped());
  EXPECT_THAT(projection.keys, IsEmpty());
  EXPECT_EQ(projection.where, E("id > 1"));
}

TEST(ProjectionTest, GroupedColumnsAreMadeOfKeysAndAggregates) {
  const auto grouping = GroupingOf(Parsed(
      {"concat(upper(state), '!') AS s, sum(amount) / count(*) AS mean, sum(amount) AS total",
       {},
       "upper(state)"}));
  ASSERT_TRUE(grouping);
  ASSERT_EQ(grouping->keys.size(), 1u);
  EXPECT_EQ(grouping->keys[0].value, E("upper(state)"));
  EXPECT_EQ(grouping->aggregates.size(), 2u);
  EXPECT_EQ(grouping->columns[0].value,
            Expression::Call("concat", {Expression::Column(grouping->keys[0].name), E("'!'")}));
  EXPECT_EQ(grouping->columns[2].value, Expression::Column(grouping->aggregates[0].name));
}

TEST(ProjectionTest, ErrorsSayWhere) {
  EXPECT_EQ(ErrorOf({"id, amont"}),
            "select_clause: line 1, column 5: no such field: 'amont'; did you mean 'Amount'?");
  EXPECT_EQ(ErrorOf({"id,\n id * 2"}),
            "select_clause: line 2, column 2: a value that is not just a field needs a name: "
            "... AS name");
  EXPECT_EQ(ErrorOf({"id, state AS ID"}),
            "select_clause: line 1, column 5: two columns cannot have one name: 'ID'");
  EXPECT_EQ(ErrorOf({"*, state"}),
            "select_clause: line 1, column 4: two columns cannot have one name: 'state'");
  EXPECT_EQ(ErrorOf({"id FROM x"}),
            "select_clause: line 1, column 4: expected ',', AS or the end, found 'FROM'");
  EXPECT_EQ(ErrorOf({"id AS"}),
            "select_clause: line 1, column 6: expected the name of a column, found the end");
  EXPECT_EQ(ErrorOf({""}), "select_clause: line 1, column 1: expected a value, found the end");
  EXPECT_EQ(ErrorOf({"id", "amount"}),
            "where_clause: a condition must be true or false, this one is double");
  EXPECT_EQ(ErrorOf({"id", "id >"}),
            "where_clause: line 1, column 5: expected a value, found the end");
  EXPECT_EQ(
      ErrorOf({"id, count(*) AS n", {}, "state, 3"}),
      "group_by_clause: line 1, column 8: expected the position of a column, from 1 to 2");
  EXPECT_EQ(ErrorOf({"count(*) AS n", {}, "1"}),
            "group_by_clause: line 1, column 1: there is no grouping by an aggregate");
  EXPECT_EQ(ErrorOf({"state, sum(amount) + id AS x", {}, "state"}),
            "select_clause: line 1, column 8: a field must be grouped by or stand in an "
            "aggregate, such as max(id): 'id'");
}

TEST(ProjectionTest, WhatIsNotSupportedIsNamed) {
  EXPECT_EQ(
      ErrorOf({"row_number() OVER (ORDER BY id) AS n"}),
      "select_clause: line 1, column 1: window functions are not supported, an expression "
      "sees one row: 'row_number'");
  EXPECT_EQ(
      ErrorOf({"sum(amount) OVER (PARTITION BY state) AS n"}),
      "select_clause: line 1, column 13: a window function is not supported here: 'OVER'");
  EXPECT_EQ(ErrorOf({"DISTINCT id"}),
            "select_clause: line 1, column 1: DISTINCT is not supported here; group by the "
            "values");
  EXPECT_EQ(ErrorOf({"sum(count(*)) AS n"}),
            "select_clause: line 1, column 5: aggregates cannot be nested: 'count'");
  EXPECT_THAT(ErrorOf({"id", "count(*) > 1"}), testing::HasSubstr("aggregate functions"));
}

TEST(ProjectionTest, BindsTheTimeEverywhere) {
  const Timestamp now{};
  const Projection projection =
      Parsed({"current_date AS day", "current_date = DATE '1970-01-01'"});
  const Projection bound = BindNow(projection, now);
  EXPECT_EQ(bound.columns[0].value, E("DATE '1970-01-01'"));
  EXPECT_EQ(*bound.where, E("DATE '1970-01-01' = DATE '1970-01-01'"));
}

Schema Customers() {
  Schema schema;
  schema.fields = {Make("id", FieldType::kIntegral, "BIGINT"),
                   Make("name", FieldType::kString, "VARCHAR")};
  return schema;
}

std::string JoinError(const JoinText& text) {
  const auto join = ParseJoin(text, Orders(), Customers());
  return join ? "no error" : join.error().message;
}

JoinText Text(std::string select) {
  return {.left_join_field_name = "id",
          .right_join_field_name = "id",
          .left_prefix = "o",
          .right_prefix = "c",
          .projection = {std::move(select)}};
}

TEST(JoinTest, FieldsAreCalledByPrefixOrByPoint) {
  JoinText text = Text("o_id, c.name, upper(o.state) AS state");
  text.projection.where_clause = "c.id > o_id";
  const auto join = ParseJoin(text, Orders(), Customers());
  ASSERT_TRUE(join) << join.error().message;
  EXPECT_THAT(Names(join->projection), ElementsAre("o_id", "c_name", "state"));
  EXPECT_EQ(join->projection.columns[1].value, Expression::Column("c_name"));
  EXPECT_EQ(*join->projection.where, E("c_id > o_id"));
  EXPECT_EQ(join->left_key, E("id"));
}

TEST(JoinTest, AStarIsBothSidesOrTheLeftOne) {
  EXPECT_EQ(ParseJoin(Text("*"), Orders(), Customers())->projection.columns.size(), 7u);
  JoinText semi = Text("*");
  semi.join_type = "left_semi";
  EXPECT_EQ(ParseJoin(semi, Orders(), Customers())->projection.columns.size(), 5u);
  semi.projection.select_clause = "c_name";
  EXPECT_THAT(JoinError(semi),
              testing::StartsWith("select_clause: line 1, column 1: no such field: 'c_name'"));
}

TEST(JoinTest, KnowsItsTypes) {
  for (const char* name : {"inner", "left", "right", "outer", "left_semi", "left_anti"})
    EXPECT_STREQ(JoinTypeName(ParseJoinType(name).value()), name);
  EXPECT_EQ(ParseJoinType("full").value(), Join::Type::kOuter);
  JoinText text = Text("o_id");
  text.join_type = "cross";
  EXPECT_EQ(JoinError(text),
            "join_type: must be inner, left, right, outer, left_semi or left_anti, not cross");
}

TEST(JoinTest, RefusesWhatCannotBeJoined) {
  JoinText text = Text("o_id");
  text.left_join_field_name = "idd";
  EXPECT_EQ(JoinError(text), "left_join_field_name: no such field: 'idd'; did you mean 'id'?");
  text = Text("o_id");
  text.right_prefix = "o";
  EXPECT_EQ(
      JoinError(text),
      "left_prefix and right_prefix must keep the fields apart; with these two are called "
      "'o_id'");
  text = Text("count(*) AS n");
  EXPECT_THAT(JoinError(text), testing::HasSubstr("a join is not grouped"));
  text = Text("o_id");
  text.left_prefix = "";
  EXPECT_EQ(JoinError(text), "left_prefix: must not be empty");
  text = Text("o_id");
  text.left_join_field_name = "place";
  EXPECT_THAT(JoinError(text),
              testing::StartsWith("left_join_field_name and right_join_field_name: "));
}

}  // namespace
}  // namespace assay::plan
