#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

const Json kBaseline = {{"ref_container_name", "before"}, {"field_name", "x"}};

Json With(Json more) {
  Json properties = kBaseline;
  properties.update(more);
  return properties;
}

Table Against(Column column, Column baseline) {
  return {{std::move(column)}, "before", {Named("x", std::move(baseline))}};
}

TEST(KolmogorovSmirnovTest, ComparesTheSharesOfValuesUpToAnyOne) {
  const Table table = Against(Integers({1, 2, 3, 4, kNull}), Fractions({2.5, 3, 4, 5, kNull}));
  // 2 of 4 and 0 of 4 are below 2.5.
  EXPECT_EQ(RunWhole("kolmogorovSmirnov", With({{"max_statistic", 0.5}}), table).holds, true);
  EXPECT_EQ(RunWhole("kolmogorovSmirnov", With({{"max_statistic", 0.4999}}), table).holds,
            false);
  EXPECT_EQ(RunWhole("kolmogorovSmirnov", With({{"max_statistic", 0}}),
                     Against(Dates({"2026-01-01"}), Timestamps({"2026-01-01 00:00:00"})))
                .holds,
            true);
}

TEST(KolmogorovSmirnovTest, FiltersBothSidesByTheirOwn) {
  const Table table = Against(Integers({1, 2, 100}), Integers({1, 2, -100}));
  EXPECT_EQ(RunWhole("kolmogorovSmirnov", With({{"max_statistic", 0}, {"ref_filter", "x > 0"}}),
                     table, "field < 50")
                .holds,
            true);
  EXPECT_EQ(RunWhole("kolmogorovSmirnov", With({{"max_statistic", 0}}), table).holds, false);
}

TEST(KolmogorovSmirnovTest, WithoutValuesNothingIsAsserted) {
  const Json properties = With({{"max_statistic", 0.1}});
  EXPECT_EQ(
      RunWhole("kolmogorovSmirnov", properties, Against(Integers({}), Integers({}))).holds,
      std::nullopt);
}

TEST(KolmogorovSmirnovTest, SaysWhatIsMeasured) {
  const Table table = Against(Integers({}), Integers({}));
  EXPECT_EQ(Violation("kolmogorovSmirnov", With({{"max_statistic", 0.25}}), table),
            "is above 0.25");
  const auto compiled = Compile({.rule = "kolmogorovSmirnov",
                                 .fields = {"field"},
                                 .properties = With({{"min_p_value", 0.05}})},
                                table.Schema(), TestNow(), {}, ReferencesOf(table));
  ASSERT_TRUE(compiled) << compiled.error().message;
  EXPECT_EQ(compiled->violation, "is below 0.05");
  EXPECT_EQ(compiled->wording.subject,
            "the p-value of the Kolmogorov-Smirnov statistic of field against x of before");
  const auto& check = std::get<plan::DistributionCheck>(compiled->plan.form);
  EXPECT_EQ(check.measured, plan::DistributionCheck::Measured::kPValue);
  EXPECT_EQ(check.max, std::nullopt);
}

TEST(KolmogorovSmirnovTest, RefusesBadProperties) {
  const Table table = Against(Integers({}), Integers({}));
  EXPECT_THAT(Refusal("kolmogorovSmirnov", kBaseline, table),
              HasSubstr("max_statistic: give it"));
  EXPECT_THAT(
      Refusal("kolmogorovSmirnov", With({{"max_statistic", 0.1}, {"min_p_value", 0.1}}), table),
      HasSubstr("one of them"));
  EXPECT_THAT(Refusal("kolmogorovSmirnov", With({{"max_statistic", -1}}), table),
              HasSubstr("max_statistic: must be a number from 0"));
  for (const double p : {0.0, 1.0, -0.5, 2.0}) {
    EXPECT_THAT(Refusal("kolmogorovSmirnov", With({{"min_p_value", p}}), table),
                HasSubstr("min_p_value: must be between 0 and 1"));
  }
  EXPECT_THAT(Refusal("kolmogorovSmirnov",
                      With({{"max_statistic", 0.1}, {"ref_filter", "y > 0"}}), table),
              HasSubstr("ref_filter: "));
  EXPECT_THAT(
      Refusal("kolmogorovSmirnov",
              {{"ref_container_name", "before"}, {"field_name", "z"}, {"max_statistic", 0.1}},
              table),
      HasSubstr("field_name: of before: no such field: 'z'"));
  EXPECT_THAT(Refusal("kolmogorovSmirnov", With({{"max_statistic", 0.1}}),
                      Against(Integers({}), Texts({}))),
              HasSubstr("cannot be compared"));
  EXPECT_THAT(Refusal("kolmogorovSmirnov", With({{"max_statistic", 0.1}}), Integers({})),
              HasSubstr("containers cannot be compared here"));
}

}  // namespace
}  // namespace assay::rules::testing
