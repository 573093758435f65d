#include "infer/evidence.h"

#include <gtest/gtest.h>

#include "infer/verdict.h"

namespace assay::infer {
namespace {

TEST(EvidenceTest, UpperShareIsWilsons) {
  EXPECT_NEAR(UpperShare(0, 100), 0.0370, 0.0001);
  EXPECT_NEAR(UpperShare(5, 100), 0.1118, 0.0001);
  EXPECT_NEAR(UpperShare(10, 10), 1, 1e-9);
  EXPECT_EQ(UpperShare(0, 0), 1);
}

TEST(EvidenceTest, HoldingShareGrowsWithTheErrorsSeen) {
  EXPECT_DOUBLE_EQ(HoldingShare(0), 0.99);
  EXPECT_DOUBLE_EQ(HoldingShare(0.02), 0.95);
  EXPECT_DOUBLE_EQ(HoldingShare(0.2), 0.72);
  EXPECT_DOUBLE_EQ(HoldingShare(1), 0);
}

TEST(EvidenceTest, CoverageLeavesRoom) {
  EXPECT_DOUBLE_EQ(CoverageBelow(0.8, 10'000), 0.73);
  EXPECT_DOUBLE_EQ(CoverageBelow(0.8, 1'000), 0.71);
  EXPECT_DOUBLE_EQ(CoverageBelow(0.03, 1'000), 0);
  EXPECT_DOUBLE_EQ(CoverageBelow(0.8, 0), 0);
}

TEST(EvidenceTest, NamesOfIdentifiers) {
  for (const char* name :
       {"id", "customerId", "CUSTOMER_ID", "order no", "zip-code", "phone2"}) {
    EXPECT_TRUE(IsIdentifierName(name)) << name;
  }
  for (const char* name : {"paid", "width", "note", "numeric", ""})
    EXPECT_FALSE(IsIdentifierName(name)) << name;
}

TEST(VerdictTest, ChecksHoldWhenFewRowsFail) {
  EXPECT_TRUE(Holds(0.99, {.asserted_rows = 1000, .failing_rows = 10}));
  EXPECT_FALSE(Holds(0.99, {.asserted_rows = 1000, .failing_rows = 11}));
}

TEST(VerdictTest, RelationsMustFailLessThanByChance) {
  EXPECT_TRUE(IsBeyondChance(0, {.asserted_rows = 1, .failing_rows = 1}));
  EXPECT_TRUE(IsBeyondChance(0.5, {.asserted_rows = 100, .failing_rows = 10}));
  EXPECT_FALSE(IsBeyondChance(0.5, {.asserted_rows = 10, .failing_rows = 0}));
  EXPECT_TRUE(IsBeyondChance(0.05, {.asserted_rows = 300, .failing_rows = 0}));
  EXPECT_FALSE(IsBeyondChance(0.05, {.asserted_rows = 200, .failing_rows = 0}));
  EXPECT_FALSE(IsBeyondChance(0.1, {.asserted_rows = 1000, .failing_rows = 150}));
  EXPECT_TRUE(IsBeyondChance(1, {.asserted_rows = 100, .failing_rows = 10}));
  EXPECT_FALSE(IsBeyondChance(0.5, {}));
}

TEST(VerdictTest, FewRowsAreNoProof) {
  EXPECT_TRUE(Holds(0.99, {.asserted_rows = 40, .failing_rows = 0}));
  EXPECT_FALSE(Holds(0.99, {.asserted_rows = 20, .failing_rows = 0}));
  EXPECT_FALSE(Holds(0.99, {.asserted_rows = 0, .failing_rows = 0}));
}

}  // namespace
}  // namespace assay::infer
