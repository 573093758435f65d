#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Table PriceAndTax() {
  return Table({Named("price", Integers({10000, 15000, 20000, 10000})),
                Named("tax", Integers({900, 2000, 1800, 1500}))});
}

TEST(SatisfiesExpressionTest, FailsRowsForWhichItIsFalse) {
  EXPECT_THAT(FailingRows("satisfiesExpression", {{"expression", "tax <= price * 0.10"}},
                          PriceAndTax()),
              ElementsAre(1, 3));
}

TEST(SatisfiesExpressionTest, ANullResultPasses) {
  EXPECT_THAT(FailingRows("satisfiesExpression", {{"expression", "field > 1"}},
                          Integers({1, 2, kNull})),
              ElementsAre(0));
}

TEST(SatisfiesExpressionTest, IsAboutTheFieldsOfItsExpression) {
  const Result<CompiledCheck> compiled =
      Compile({.rule = "satisfiesExpression", .properties = {{"expression", "TAX <= price"}}},
              PriceAndTax().Schema(), TestNow());
  ASSERT_TRUE(compiled.has_value()) << compiled.error().message;
  EXPECT_THAT(compiled->fields, ElementsAre("tax", "price"));
  EXPECT_EQ(compiled->violation, "do not satisfy TAX <= price");
}

TEST(SatisfiesExpressionTest, VariablesFillPlaceholders) {
  const CheckDefinition definition = {.rule = "satisfiesExpression",
                                      .filter = "field <> {{ skipped }}",
                                      .properties = {{"expression", "field < {{ limit }}"}}};
  const Result<Outcome> outcome =
      RunCheck(definition, Integers({1, 5, 9}), {{"limit", "4"}, {"skipped", "9"}});
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_THAT(outcome->failing_rows, ElementsAre(1));
  EXPECT_THAT(Refusal(definition, Integers({})), HasSubstr("skipped"));
}

TEST(SatisfiesExpressionTest, AcceptsItsFormerNameAndKey) {
  EXPECT_THAT(FailingRows("satisfiesEquation", {{"equation", "field = 1"}}, Integers({1, 2})),
              ElementsAre(1));
}

TEST(SatisfiesExpressionTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("satisfiesExpression", {{"expression", "field > 1"}}, Integers({})),
              IsEmpty());
}

TEST(SatisfiesExpressionTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("satisfiesExpression", {{"expression", "tax <= price * 0.10"}},
                          PriceAndTax(), "price > 10000"),
              ElementsAre(1));
}

TEST(SatisfiesExpressionTest, RefusesWhatIsNoCondition) {
  EXPECT_THAT(Refusal("satisfiesExpression", {{"expression", "price +"}}, PriceAndTax()),
              HasSubstr("check satisfiesExpression(): properties: expression: "));
  EXPECT_THAT(Refusal("satisfiesExpression", {{"expression", "price + 1"}}, PriceAndTax()),
              HasSubstr("expression: "));
  EXPECT_THAT(Refusal("satisfiesExpression", {{"expression", "prize > 1"}}, PriceAndTax()),
              HasSubstr("prize"));
  EXPECT_THAT(Refusal("satisfiesExpression", {}, PriceAndTax()),
              HasSubstr("expression: is required"));
  EXPECT_THAT(Refusal({.rule = "satisfiesExpression",
                       .fields = {"nothing"},
                       .properties = {{"expression", "tax > 1"}}},
                      PriceAndTax()),
              HasSubstr("no such field: 'nothing'"));
}

}  // namespace
}  // namespace assay::rules::testing
