#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

rules::CheckDefinition ProposalWithNulls(size_t values, int64_t nulls) {
  return ProposalFor("notNullShare", NumberProfile("a", plan::FieldType::kIntegral,
                                                   std::vector<double>(values, 1), nulls));
}

TEST(NotNullShareTest, AsksForSomewhatFewerThanThereAre) {
  const rules::CheckDefinition check = ProposalWithNulls(8000, 2000);
  EXPECT_EQ(check.rule, "notNull");
  EXPECT_DOUBLE_EQ(check.coverage, 0.73);
  const auto candidates = Proposals(
      "notNullShare",
      {NumberProfile("a", plan::FieldType::kIntegral, std::vector<double>(8000, 1), 2000)});
  EXPECT_DOUBLE_EQ(candidates.front().min_holding_share, 0.73);
}

TEST(NotNullShareTest, SaysNothingOfFullEmptyAndSmallFields) {
  EXPECT_EQ(ProposalWithNulls(1000, 0).rule, "");
  EXPECT_EQ(ProposalWithNulls(100, 900).rule, "");
  EXPECT_EQ(ProposalWithNulls(0, 1000).rule, "");
  EXPECT_EQ(ProposalWithNulls(80, 20).rule, "");
}

}  // namespace
}  // namespace assay::infer::testing
