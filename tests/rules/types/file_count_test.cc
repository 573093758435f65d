#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(FileCountTest, TakesLimits) {
  const auto compiled = Compile({.rule = "fileCount", .properties = {{"min", 2}, {"max", 4}}},
                                Table(Integers({})).Schema(), TestNow());
  ASSERT_TRUE(compiled) << compiled.error().message;
  const auto& count =
      std::get<plan::FileCheck::Count>(std::get<plan::FileCheck>(compiled->plan.form).expected);
  EXPECT_EQ(count.min, 2);
  EXPECT_EQ(count.max, 4);
  EXPECT_EQ(compiled->wording.subject, "the number of files");
  EXPECT_TRUE(plan::IsMeasured(compiled->plan.form));
  EXPECT_FALSE(plan::IsOfGroups(compiled->plan.form));
}

TEST(FileCountTest, SaysWhatIsNotSo) {
  const Table table = Integers({});
  EXPECT_EQ(Violation("fileCount", {{"min", 2}, {"max", 4}}, table), "is not from 2 to 4");
  EXPECT_EQ(Violation("fileCount", Json::object({{"min", 2}}), table), "is not at least 2");
  EXPECT_EQ(Violation("fileCount", Json::object({{"max", 4}}), table), "is not at most 4");
}

TEST(FileCountTest, RefusesBadProperties) {
  const Table table = Integers({});
  EXPECT_THAT(Refusal("fileCount", Json::object(), table), HasSubstr("min: give it, or max"));
  EXPECT_THAT(Refusal("fileCount", Json::object({{"min", -1}}), table),
              HasSubstr("min: must not be negative"));
  EXPECT_THAT(Refusal("fileCount", {{"min", 5}, {"max", 4}}, table),
              HasSubstr("max: must not be below min"));
  EXPECT_THAT(
      Refusal({.rule = "fileCount", .coverage = 0.5, .properties = {{"min", 1}}}, table),
      HasSubstr("coverage: not supported"));
  EXPECT_THAT(
      Refusal({.rule = "fileCount", .fields = {"field"}, .properties = {{"min", 1}}}, table),
      HasSubstr("names no fields"));
}

}  // namespace
}  // namespace assay::rules::testing
