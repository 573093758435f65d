#include "plan/literal_arithmetic.h"

#include <gtest/gtest.h>

namespace assay::plan {
namespace {

Literal N(const char* text) {
  return *Literal::Number(text);
}

TEST(LiteralArithmeticTest, AddsAndSubtractsExactly) {
  EXPECT_EQ(Plus(N("0.1"), N("0.2")).text, "0.3");
  EXPECT_EQ(Plus(N("99"), N("1")), Literal::Integer(100));
  EXPECT_EQ(Plus(N("-0.5"), N("0.5")), Literal::Integer(0));
  EXPECT_EQ(Plus(N("2"), N("-10.25")).text, "-8.25");
  EXPECT_EQ(Minus(N("10"), N("0.01")).text, "9.99");
  EXPECT_EQ(Minus(N("-10"), N("-0.01")).text, "-9.99");
  EXPECT_EQ(Minus(N("1"), N("99999999999999999999999999999999999999")).text,
            "-99999999999999999999999999999999999998");
}

TEST(LiteralArithmeticTest, MultipliesExactly) {
  EXPECT_EQ(Times(N("-1.5"), N("0.02")).text, "-0.03");
  EXPECT_EQ(Times(N("0"), N("-12")), Literal::Integer(0));
  EXPECT_EQ(Times(N("99999999999999999999"), N("99999999999999999999")).text,
            "9999999999999999999800000000000000000001");
}

TEST(LiteralArithmeticTest, DoublesStayDoubles) {
  EXPECT_EQ(Plus(N("1e300"), N("1")), Literal::Double(1e300));
  EXPECT_EQ(Times(N("1e300"), N("2")), Literal::Double(2e300));
  EXPECT_EQ(Magnitude(N("-2.5")).text, "2.5");
}

}  // namespace
}  // namespace assay::plan
