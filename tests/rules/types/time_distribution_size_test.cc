#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<int64_t> Sizes(const char* interval, const Column& column) {
  return RunWhole("timeDistributionSize", {{"interval_name", interval}, {"min_size", 0}},
                  column)
      .group_sizes;
}

TEST(TimeDistributionSizeTest, EachIntervalHasSoManyRows) {
  const Column column = Dates({"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-31", kNull,
                               "2026-02-01", "2026-02-02", "2026-02-03", "2026-02-04",
                               "2026-02-05", "2026-02-06", "2026-02-28"});
  const WholeOutcome outcome =
      RunWhole("timeDistributionSize",
               {{"interval_name", "Monthly"}, {"min_size", 5}, {"max_size", 10}}, column);
  EXPECT_EQ(outcome.holds, false);
  EXPECT_THAT(outcome.group_sizes, ElementsAre(4, 7));
  EXPECT_EQ(outcome.failing_groups, 1);
  EXPECT_EQ(RunWhole("timeDistributionSize",
                     {{"interval_name", "Monthly"}, {"min_size", 4}, {"max_size", 7}}, column)
                .holds,
            true);
  EXPECT_EQ(
      RunWhole("timeDistributionSize", {{"interval_name", "Yearly"}, {"max_size", 10}}, column)
          .holds,
      false);
}

TEST(TimeDistributionSizeTest, KnowsEveryInterval) {
  const Column column =
      Timestamps({"2025-12-31 10:00:00", "2026-01-01 10:00:00", "2026-01-01 10:59:59",
                  "2026-01-01 11:00:00", "2026-01-05 00:00:00", "2026-04-01 00:00:00"});
  EXPECT_THAT(Sizes("Yearly", column), ElementsAre(1, 5));
  EXPECT_THAT(Sizes("Quarterly", column), ElementsAre(1, 4, 1));
  EXPECT_THAT(Sizes("Monthly", column), ElementsAre(1, 4, 1));
  EXPECT_THAT(Sizes("Weekly", column), ElementsAre(4, 1, 1));
  EXPECT_THAT(Sizes("Daily", column), ElementsAre(1, 3, 1, 1));
  EXPECT_THAT(Sizes("Hourly", column), ElementsAre(1, 2, 1, 1, 1));
  EXPECT_THAT(Sizes("Hourly", Dates({"2026-01-01", "2026-01-01"})), ElementsAre(2));
  EXPECT_THAT(Sizes("Daily", Dates({"2026-01-01", "2026-01-01"})), ElementsAre(2));
}

TEST(TimeDistributionSizeTest, NothingIsAssertedOfNoTimes) {
  EXPECT_THAT(Sizes("Daily", Dates({kNull})), IsEmpty());
  EXPECT_EQ(
      RunWhole("timeDistributionSize", {{"interval_name", "Daily"}, {"min_size", 1}}, Dates({}))
          .holds,
      std::nullopt);
}

TEST(TimeDistributionSizeTest, SaysWhatIsNotSo) {
  EXPECT_EQ(
      Violation("timeDistributionSize",
                {{"interval_name", "Daily"}, {"min_size", 5}, {"max_size", 10}}, Dates({})),
      "has fewer than 5 or more than 10 rows");
  EXPECT_EQ(Violation("timeDistributionSize", {{"interval_name", "Daily"}, {"min_size", 5}},
                      Dates({})),
            "has fewer than 5 rows");
  EXPECT_EQ(Violation("timeDistributionSize", {{"interval_name", "Daily"}, {"max_size", 5}},
                      Dates({})),
            "has more than 5 rows");
}

TEST(TimeDistributionSizeTest, RefusesBadProperties) {
  const auto refusal = [](const Json& properties) {
    return Refusal("timeDistributionSize", properties, Dates({}));
  };
  EXPECT_THAT(refusal({{"interval_name", "Fortnightly"}, {"min_size", 1}}),
              HasSubstr("interval_name: must be Yearly, "));
  EXPECT_THAT(refusal({{"interval_name", "Daily"}}),
              HasSubstr("min_size: give it, or max_size"));
  EXPECT_THAT(refusal({{"interval_name", "Daily"}, {"min_size", -1}}),
              HasSubstr("min_size: must not be negative"));
  EXPECT_THAT(refusal({{"interval_name", "Daily"}, {"min_size", 5}, {"max_size", 4}}),
              HasSubstr("max_size: must not be below min_size"));
  EXPECT_THAT(Refusal("timeDistributionSize", {{"interval_name", "Daily"}, {"min_size", 1}},
                      Integers({})),
              HasSubstr("does not apply to fields of type Integral"));
}

}  // namespace
}  // namespace assay::rules::testing
