#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

engine::FieldProfile WithNulls(const std::string& name, size_t values, int64_t nulls) {
  return NumberProfile(name, plan::FieldType::kIntegral, std::vector<double>(values, 1), nulls);
}

TEST(AnyNotNullTest, IsProposedForPairsOfSparseFields) {
  const std::vector<Candidate> candidates = Proposals(
      "anyNotNull",
      {WithNulls("email", 700, 300), WithNulls("id", 1000, 0), WithNulls("phone", 600, 400)});
  ASSERT_EQ(candidates.size(), 1u);
  EXPECT_EQ(candidates.front().definition.rule, "anyNotNull");
  EXPECT_EQ(candidates.front().definition.fields, (std::vector<std::string>{"email", "phone"}));
  // Independent nulls would leave 12 % without both.
  EXPECT_DOUBLE_EQ(candidates.front().min_holding_share, 0.975);
}

TEST(AnyNotNullTest, IsNotProposedWhenHeldOutRowsCouldNotTell) {
  EXPECT_TRUE(
      Proposals("anyNotNull", {WithNulls("a", 900, 100), WithNulls("b", 900, 100)}).empty());
  EXPECT_TRUE(
      Proposals("anyNotNull", {WithNulls("a", 100, 50), WithNulls("b", 100, 50)}).empty());
}

TEST(AnyNotNullTest, IsNotProposedWhenNullsMustMeet) {
  EXPECT_TRUE(
      Proposals("anyNotNull", {WithNulls("a", 300, 700), WithNulls("b", 600, 400)}).empty());
}

TEST(AnyNotNullTest, LooksAtALimitedNumberOfFields) {
  std::vector<engine::FieldProfile> fields;
  for (int i = 0; i < 200; ++i) fields.push_back(WithNulls(std::to_string(i), 500, 500));
  EXPECT_EQ(Proposals("anyNotNull", fields).size(), 276u);
}

}  // namespace
}  // namespace assay::infer::testing
