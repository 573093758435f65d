#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

Json With(Json more) {
  Json properties = {{"ref_container_name", "before"}, {"field_name", "x"}};
  properties.update(more);
  return properties;
}

Table Against(Column column, Column baseline) {
  return {{std::move(column)}, "before", {Named("x", std::move(baseline))}};
}

TEST(ChiSquareTest, ComparesHowOftenEachValueIsThere) {
  // Observed 3, 1 and 1, 3; expected 2 of each: 4 * 1 / 2.
  const Table table =
      Against(Texts({"a", "a", "a", "b", kNull}), Texts({"a", "b", "b", "b", kNull}));
  EXPECT_EQ(RunWhole("chiSquare", With({{"max_statistic", 2}}), table).holds, true);
  EXPECT_EQ(RunWhole("chiSquare", With({{"max_statistic", 1.99}}), table).holds, false);
  EXPECT_EQ(RunWhole("chiSquare", With({{"max_statistic", 0}}),
                     Against(Booleans({true, false}), Booleans({false, true, true, false})))
                .holds,
            true);
}

TEST(ChiSquareTest, SaysWhatIsMeasured) {
  EXPECT_EQ(Violation("chiSquare", With({{"min_p_value", 0.01}}),
                      Against(Integers({}), Integers({}))),
            "is below 0.01");
}

TEST(ChiSquareTest, RefusesWhatIsNoCategoryAndBadLimits) {
  EXPECT_THAT(
      Refusal("chiSquare", With({{"max_statistic", 1}}), Against(Fractions({}), Fractions({}))),
      HasSubstr("does not apply to fields of type Fractional"));
  EXPECT_THAT(Refusal("chiSquare", With(Json::object()), Against(Texts({}), Texts({}))),
              HasSubstr("max_statistic: give it"));
}

}  // namespace
}  // namespace assay::rules::testing
