#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

Json With(double max_distance, Json more = Json::object()) {
  Json properties = {
      {"ref_container_name", "before"}, {"field_name", "x"}, {"max_distance", max_distance}};
  properties.update(more);
  return properties;
}

Table Against(Column column, Column baseline) {
  return {{std::move(column)}, "before", {Named("x", std::move(baseline))}};
}

double Distance(const Table& table, Json more = Json::object()) {
  return std::stod(RunWhole("jensenShannon", With(1, std::move(more)), table).measure);
}

TEST(JensenShannonTest, IsFromAlikeToNothingInCommon) {
  const Table alike = Against(Texts({"a", "b", kNull}), Texts({"b", "a", "a", "b"}));
  EXPECT_EQ(Distance(alike), 0);
  EXPECT_EQ(RunWhole("jensenShannon", With(0), alike).holds, true);
  const Table apart = Against(Texts({"a"}), Texts({"b", "b"}));
  EXPECT_EQ(Distance(apart), 1);
  EXPECT_EQ(RunWhole("jensenShannon", With(0.99), apart).holds, false);
}

TEST(JensenShannonTest, NumbersAndTimesAreBinnedByTheBaseline) {
  // Two bins: up to 2, and above; -5 is in the first, 100 in the second.
  const Table table = Against(Integers({-5, 100}), Integers({1, 2, 3, 4}));
  EXPECT_EQ(Distance(table, {{"bins", 2}}), 0);
  EXPECT_EQ(Distance(table, {{"bins", 0}}), 1);
  EXPECT_EQ(Distance(Against(Dates({"2026-01-02"}), Dates({"2026-01-01", "2026-01-03"})),
                     {{"bins", 0}}),
            1);
}

TEST(JensenShannonTest, PutsNumbersIntoTenBinsUnlessToldOtherwise) {
  const auto bins = [](Column column) {
    const Table table = Against(column, column);
    const auto compiled =
        Compile({.rule = "jensenShannon", .fields = {"field"}, .properties = With(0.1)},
                table.Schema(), TestNow(), {}, ReferencesOf(table));
    return std::get<plan::DistributionCheck>(compiled.value().plan.form).bins;
  };
  EXPECT_EQ(bins(Integers({})), 10);
  EXPECT_EQ(bins(Timestamps({})), 10);
  EXPECT_EQ(bins(Texts({})), 0);
  EXPECT_EQ(bins(Booleans({})), 0);
}

TEST(JensenShannonTest, RefusesBadProperties) {
  const Table numbers = Against(Integers({}), Integers({}));
  EXPECT_THAT(Refusal("jensenShannon", With(1.5), numbers),
              HasSubstr("max_distance: must be from 0 to 1"));
  for (const int bins : {-1, 1, 1001}) {
    EXPECT_THAT(Refusal("jensenShannon", With(0.5, {{"bins", bins}}), numbers),
                HasSubstr("bins: must be 0, or from 2 to 1000"));
  }
  EXPECT_THAT(Refusal("jensenShannon", With(0.5, {{"bins", 5}}), Against(Texts({}), Texts({}))),
              HasSubstr("bins: only numbers and times"));
}

}  // namespace
}  // namespace assay::rules::testing
