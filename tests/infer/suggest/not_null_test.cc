#include <gmock/gmock.h>

#include "tests/infer/field_profiles.h"

namespace assay::infer::testing {
namespace {

engine::FieldProfile WithNulls(const std::string& name, size_t values, int64_t nulls) {
  return NumberProfile(name, plan::FieldType::kIntegral, std::vector<double>(values, 1), nulls);
}

TEST(NotNullTest, IsProposedForFieldsThatAreNearlyAlwaysSet) {
  EXPECT_EQ(ProposalFor("notNull", WithNulls("a", 1000, 0)).rule, "notNull");
  EXPECT_EQ(ProposalFor("notNull", WithNulls("a", 980, 20)).fields,
            std::vector<std::string>{"a"});
}

TEST(NotNullTest, IsNotProposedForFieldsThatMayBeLeftEmpty) {
  EXPECT_EQ(ProposalFor("notNull", WithNulls("a", 960, 40)).rule, "");
  EXPECT_EQ(ProposalFor("notNull", WithNulls("a", 0, 1000)).rule, "");
}

TEST(NotNullTest, KeysMayBeMissingMoreOften) {
  EXPECT_EQ(ProposalFor("notNull", WithNulls("customer_id", 960, 40)).rule, "notNull");
}

TEST(NotNullTest, FewRowsSayNothing) {
  EXPECT_EQ(ProposalFor("notNull", WithNulls("a", 29, 0)).rule, "");
  EXPECT_EQ(ProposalFor("notNull", WithNulls("a", 30, 0)).rule, "notNull");
}

TEST(NotNullTest, ToleratesTheErrorsItHasSeen) {
  const std::vector<Candidate> candidates = Proposals("notNull", {WithNulls("a", 980, 20)});
  ASSERT_EQ(candidates.size(), 1u);
  EXPECT_DOUBLE_EQ(candidates.front().min_holding_share, 0.95);
}

}  // namespace
}  // namespace assay::infer::testing
