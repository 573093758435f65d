#include "plan/check.h"

#include <gtest/gtest.h>

namespace assay::plan {
namespace {

Bound At(int64_t value, Bound::Kind kind = Bound::Kind::kInclusive) {
  return {.value = Literal::Integer(value), .kind = kind};
}

TEST(IsWithinTest, BoundsMayBeInclusiveExclusiveOrAbsent) {
  const Literal five{LiteralKind::kDecimal, "5.0"};
  EXPECT_TRUE(IsWithin(five, At(5), At(5)));
  EXPECT_FALSE(IsWithin(five, At(5, Bound::Kind::kExclusive), {}));
  EXPECT_FALSE(IsWithin(five, {}, At(5, Bound::Kind::kExclusive)));
  EXPECT_TRUE(IsWithin(five, {}, {}));
  EXPECT_FALSE(IsWithin(five, At(6), {}));
  EXPECT_FALSE(IsWithin(five, {}, At(4)));
}

TEST(IsWithinTest, NanAndOtherTypesAreNot) {
  EXPECT_FALSE(IsWithin({LiteralKind::kDouble, "NaN"}, At(0), {}));
  EXPECT_FALSE(IsWithin(Literal::String("5"), At(0), At(9)));
}

}  // namespace
}  // namespace assay::plan
