#include "import/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::imports::testing {
namespace {

using ::testing::HasSubstr;

std::string Refusal(const rules::CheckDefinition& definition) {
  const Status runs = Verify(definition);
  return runs ? "" : runs.error().message;
}

TEST(VerifyTest, ARuleMustExist) {
  const Status runs = Verify({.rule = "guessNumber", .fields = {"a"}});
  ASSERT_FALSE(runs.has_value());
  EXPECT_EQ(runs.error(), (Error{ErrorKind::kNotFound, "no rule guessNumber in this version"}));
}

TEST(VerifyTest, FieldsMayBeOfAnyTypeThatTheRuleAccepts) {
  EXPECT_EQ(
      Refusal({.rule = "between", .fields = {"a"}, .properties = {{"min", 1}, {"max", 2}}}),
      "");
  EXPECT_EQ(Refusal({.rule = "matchesPattern",
                     .fields = {"any name"},
                     .properties = {{"pattern", "^a"}}}),
            "");
  EXPECT_EQ(Refusal({.rule = "betweenTimes",
                     .fields = {"d"},
                     .properties = {{"min_time", "2024-01-01"}, {"max_time", "2024-12-31"}}}),
            "");
}

TEST(VerifyTest, ConditionsMayMixTypes) {
  EXPECT_EQ(Refusal({.rule = "satisfiesExpression",
                     .properties = {{"expression",
                                     "status = 'open' AND amount > 0 AND ordered_at > "
                                     "TIMESTAMP '2024-01-01 00:00:00'"}}}),
            "");
  EXPECT_EQ(Refusal({.rule = "notNull",
                     .fields = {"a"},
                     .filter = "is_open AND length(name) > 3 AND amount / 2 > 1"}),
            "");
}

TEST(VerifyTest, WhatCannotRunIsRefused) {
  EXPECT_THAT(
      Refusal(
          {.rule = "matchesPattern", .fields = {"a"}, .properties = {{"pattern", "^(?!x)"}}}),
      HasSubstr("pattern: not a regular expression"));
  EXPECT_THAT(Refusal({.rule = "notNull", .fields = {"a"}, .properties = {{"x", 1}}}),
              HasSubstr("unknown key 'x'"));
  EXPECT_THAT(
      Refusal({.rule = "expectedSchema", .coverage = 0.5, .properties = {{"list", {"a"}}}}),
      HasSubstr("coverage: not supported"));
  EXPECT_THAT(
      Refusal({.rule = "expectedSchema", .filter = "a > 1", .properties = {{"list", {"a"}}}}),
      HasSubstr("takes no filter"));
  EXPECT_THAT(Refusal({.rule = "notNull", .fields = {"a"}, .filter = "b RLIKE '('"}),
              HasSubstr("filter"));
  EXPECT_THAT(Refusal({.rule = "satisfiesExpression", .properties = {{"expression", "a + 1"}}}),
              HasSubstr("expression"));
  EXPECT_THAT(Refusal({.rule = "between", .fields = {"a", "b"}}),
              HasSubstr("names exactly one field"));
}

}  // namespace
}  // namespace assay::imports::testing
