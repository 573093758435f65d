#include "infer/near_miss.h"

#include <gtest/gtest.h>

namespace assay::infer {
namespace {

TEST(NearMissTest, ASlipIsOneEditOrTwoNeighboursExchanged) {
  EXPECT_TRUE(DifferByOneSlip("open", "opn"));
  EXPECT_TRUE(DifferByOneSlip("open", "opeen"));
  EXPECT_TRUE(DifferByOneSlip("open", "oxen"));
  EXPECT_TRUE(DifferByOneSlip("open", "oepn"));
  EXPECT_FALSE(DifferByOneSlip("open", "Open"));
  EXPECT_FALSE(DifferByOneSlip("open", "onpe"));
  EXPECT_FALSE(DifferByOneSlip("", ""));
}

TEST(NearMissTest, LongerTextsMayHaveMoreEdits) {
  EXPECT_TRUE(IsNearMiss("cosed", "closed"));
  EXPECT_TRUE(IsNearMiss("coseed", "closed"));
  EXPECT_FALSE(IsNearMiss("opened", "closed"));
  EXPECT_FALSE(IsNearMiss("paud", "said"));
}

TEST(NearMissTest, ShortCodesAreRarelyMisspellingsOfEachOther) {
  EXPECT_FALSE(IsNearMiss("DK", "DE"));
  EXPECT_TRUE(IsNearMiss("DEE", "DE"));
  EXPECT_TRUE(IsNearMiss("D", "DE"));
  EXPECT_TRUE(IsNearMiss("ED", "DE"));
  EXPECT_TRUE(IsNearMiss("EUX", "EUR"));
  EXPECT_FALSE(IsNearMiss("CHF", "EUR"));
}

}  // namespace
}  // namespace assay::infer
