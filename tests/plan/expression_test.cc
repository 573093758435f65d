#include "plan/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/bind_now.h"
#include "plan/parser.h"

namespace assay::plan {
namespace {

using testing::ElementsAre;

Expression Parsed(std::string_view text) {
  const auto expression = ParseExpression(text);
  EXPECT_TRUE(expression.has_value()) << text;
  return expression.value_or(Expression::Constant(Literal::Null()));
}

TEST(ExpressionTest, NamesEachFieldOnceInOrderOfFirstUse) {
  EXPECT_THAT(Parsed("b > a AND a.c < b").FieldNames(), ElementsAre("b", "a", "a.c"));
}

TEST(ExpressionTest, EqualityLooksAtTheWholeTree) {
  EXPECT_EQ(Parsed("a + 1 > b"), Parsed("a+1>b"));
  EXPECT_FALSE(Parsed("a + 1 > b") == Parsed("a + 2 > b"));
  EXPECT_FALSE(Parsed("a > 1") == Parsed("a > 1.0"));
  EXPECT_FALSE(Parsed("a = b") == Parsed("b = a"));
}

TEST(ExpressionTest, BuildersMakeWhatTheParserReads) {
  const Expression a = Expression::Column("a");
  EXPECT_EQ(And(IsNull(a), Not(Equal(a, a))), Parsed("a IS NULL AND NOT a = a"));
  EXPECT_EQ(Or(IsNotNull(a), Below(a, Literal::Integer(5))), Parsed("a IS NOT NULL OR a < 5"));
  EXPECT_EQ(AtMost(CharacterLength(a), Literal::Integer(5)), Parsed("length(a) <= 5"));
  EXPECT_EQ(In(a, {Literal::Integer(1), Literal::String("x")}), Parsed("a IN (1, 'x')"));
  EXPECT_EQ(MatchesRegex(a, "^x"), Parsed("a RLIKE '^x'"));
}

TEST(ExpressionTest, ChainsOfTenThousandTermsAreOneLevel) {
  Expression all = IsNull(Expression::Column("a"));
  std::string text = "a IS NULL";
  for (int i = 1; i < 10'000; ++i) text += " AND a IS NULL";
  for (int i = 1; i < 1'000; ++i) all = And(std::move(all), IsNull(Expression::Column("a")));
  EXPECT_EQ(all.depth(), 3);
  const Expression parsed = Parsed(text);
  EXPECT_EQ(parsed.arguments().size(), 10'000u);
  EXPECT_EQ(parsed, Parsed(text));
}

TEST(BindNowTest, ReplacesTheCurrentTimeOnly) {
  const Timestamp now = *ParseTimestamp("2026-01-31T08:30:00Z");
  EXPECT_EQ(
      BindNow(Parsed("ts < now() AND d <= current_date AND x > 1"), now),
      Parsed("ts < TIMESTAMP '2026-01-31 08:30:00' AND d <= DATE '2026-01-31' AND x > 1"));
  const Expression constant = Parsed("a > 1 AND b < 2");
  EXPECT_TRUE(BindNow(constant, now).Shares(constant));
}

}  // namespace
}  // namespace assay::plan
