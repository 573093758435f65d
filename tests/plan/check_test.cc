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

Literal Number(const char* text) {
  return Literal::Number(text).value();
}

std::optional<bool> Within(Change::Kind kind, const char* earlier, const char* value,
                           int64_t min, int64_t max) {
  return IsChangeWithin(kind, Number(earlier), Number(value), At(min), At(max));
}

TEST(IsChangeWithinTest, ADifferenceIsOfEitherSign) {
  constexpr auto kKind = Change::Kind::kAbsolute;
  EXPECT_EQ(Within(kKind, "100", "150", 30, 70), true);
  EXPECT_EQ(Within(kKind, "220", "300", 30, 70), false);
  EXPECT_EQ(Within(kKind, "100", "130", 30, 70), true);
  EXPECT_EQ(Within(kKind, "100", "170.00", 30, 70), true);
  EXPECT_EQ(Within(kKind, "100", "170.01", 30, 70), false);
  EXPECT_EQ(Within(kKind, "150", "100", -50, 0), true);
  EXPECT_EQ(Within(kKind, "0", "0", 0, 0), true);
  EXPECT_EQ(Within(kKind, "9007199254740992", "9007199254740993", 0, 0), false);
}

TEST(IsChangeWithinTest, APercentageIsOfTheEarlierValue) {
  constexpr auto kKind = Change::Kind::kPercentage;
  EXPECT_EQ(Within(kKind, "100", "150", -20, 50), true);
  EXPECT_EQ(Within(kKind, "150", "120", -20, 50), true);
  EXPECT_EQ(Within(kKind, "120", "65", -20, 50), false);
  EXPECT_EQ(Within(kKind, "65", "110", -20, 50), false);
  EXPECT_EQ(Within(kKind, "3", "4", 33, 34), true);
  // From -100 to -150: -50 / -100 is 50 %.
  EXPECT_EQ(Within(kKind, "-100", "-150", 50, 50), true);
  EXPECT_EQ(Within(kKind, "-100", "-150", -50, 49), false);
  EXPECT_EQ(IsChangeWithin(kKind, Number("-100"), Number("-150"), At(50), {}), true);
  EXPECT_EQ(IsChangeWithin(kKind, Number("-100"), Number("-150"), {}, At(49)), false);
}

TEST(IsChangeWithinTest, ZeroHasNoPercentages) {
  constexpr auto kKind = Change::Kind::kPercentage;
  EXPECT_EQ(Within(kKind, "0", "5", -20, 50), std::nullopt);
  EXPECT_EQ(Within(kKind, "0", "0.0", -20, 50), true);
  EXPECT_EQ(Within(kKind, "0", "0", 1, 50), false);
  EXPECT_EQ(Within(kKind, "5", "0", -100, 50), true);
}

TEST(IsChangeWithinTest, NanIsWithinNothing) {
  const Literal nan{LiteralKind::kDouble, "NaN"};
  for (const auto kind : {Change::Kind::kAbsolute, Change::Kind::kPercentage})
    EXPECT_EQ(IsChangeWithin(kind, Number("1"), nan, At(-1000), {}), false);
}

TEST(ComparesTest, ValuesOfOneKind) {
  using enum ComparisonCheck::Comparison;
  EXPECT_TRUE(Compares(Number("5.0"), kEqual, Number("5")));
  EXPECT_FALSE(Compares(Number("5"), kLess, Number("5")));
  EXPECT_TRUE(Compares(Number("5"), kLessOrEqual, Number("5")));
  EXPECT_FALSE(Compares(Number("5"), kGreater, Number("5")));
  EXPECT_TRUE(Compares(Number("5"), kGreaterOrEqual, Number("5")));
  EXPECT_TRUE(Compares(Number("4"), kLess, Number("5")));
  EXPECT_TRUE(Compares(Number("6"), kGreater, Number("5")));
  EXPECT_FALSE(Compares(Literal::String("5"), kEqual, Number("5")));
  const Literal nan{LiteralKind::kDouble, "NaN"};
  EXPECT_FALSE(Compares(nan, kEqual, nan));
  EXPECT_FALSE(Compares(nan, kGreaterOrEqual, nan));
}

TEST(MeasureOfTest, FormsOfAllRowsTogetherHaveOne) {
  const Expression count = Expression::Call("count", {});
  for (const CheckForm& form :
       {CheckForm(MeasureCheck{.measure = count}),
        CheckForm(ComparisonCheck{
            .measure = count, .reference = "other", .reference_measure = count}),
        CheckForm(FreshnessCheck{.not_before = Literal::Integer(0), .last_update = count})}) {
    const Expression* measure = MeasureOf(form);
    ASSERT_NE(measure, nullptr);
    EXPECT_EQ(*measure, count);
  }
  EXPECT_EQ(MeasureOf(FreshnessCheck{.not_before = Literal::Integer(0)}), nullptr);
  EXPECT_EQ(MeasureOf(UniqueCheck{}), nullptr);
}

}  // namespace
}  // namespace assay::plan
