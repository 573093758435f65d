#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

Json Age(int64_t value, const char* unit) {
  return {{"value", value}, {"unit", unit}, {"field_name", "field"}};
}

std::optional<bool> Holds(const Json& properties, const Column& column) {
  return RunWhole("freshness", properties, column).holds;
}

TEST(FreshnessTest, TheGreatestValueIsTheLastUpdate) {
  const Column column = Timestamps({"2026-06-10 00:00:00", "2026-06-13 12:00:00", kNull});
  EXPECT_EQ(Holds(Age(2, "days"), column), true);
  EXPECT_EQ(Holds(Age(48, "hours"), column), true);
  EXPECT_EQ(Holds(Age(2 * 24 * 60 - 1, "minutes"), column), false);
  EXPECT_EQ(Holds(Age(172'799, "seconds"), column), false);
  EXPECT_EQ(RunWhole("freshness", Age(1, "days"), column).measure, "2026-06-13 12:00:00");
}

TEST(FreshnessTest, WithoutAUnitMillisecondsAreMeant) {
  const Column column = Timestamps({"2026-06-15 11:59:59"});
  EXPECT_EQ(Holds({{"value", 1000}, {"field_name", "field"}}, column), true);
  EXPECT_EQ(Holds({{"value", 999}, {"field_name", "field"}}, column), false);
}

TEST(FreshnessTest, ADateIsItsFirstMoment) {
  EXPECT_EQ(Holds(Age(12, "hours"), Dates({"2026-06-15"})), true);
  EXPECT_EQ(Holds(Age(11, "hours"), Dates({"2026-06-15"})), false);
}

TEST(FreshnessTest, TheFutureIsFresh) {
  EXPECT_EQ(Holds(Age(0, "days"), Timestamps({"2026-07-01 00:00:00"})), true);
}

TEST(FreshnessTest, WithoutValuesNothingIsAsserted) {
  EXPECT_EQ(Holds(Age(1, "days"), Timestamps({kNull})), std::nullopt);
  EXPECT_EQ(Holds(Age(1, "days"), Timestamps({})), std::nullopt);
}

TEST(FreshnessTest, WithoutAFieldItIsAboutFiles) {
  const Table table = Integers({});
  const auto compiled =
      Compile({.rule = "freshness", .properties = {{"value", 1}, {"unit", "days"}}},
              table.Schema(), TestNow());
  ASSERT_TRUE(compiled) << compiled.error().message;
  const auto& check = std::get<plan::FreshnessCheck>(compiled->plan.form);
  EXPECT_EQ(check.last_update, std::nullopt);
  EXPECT_EQ(check.not_before.text, "2026-06-14 12:00:00");
}

TEST(FreshnessTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("freshness", Age(90, "minutes"), Timestamps({})),
            "was not updated within 90 minutes");
  EXPECT_EQ(Violation("freshness", {{"value", 86'400'000}}, Integers({})),
            "was not updated within 1 day");
  EXPECT_EQ(Violation("freshness", {{"value", 1}}, Integers({})),
            "was not updated within 1 millisecond");
}

TEST(FreshnessTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("freshness", Json::object(), Integers({})),
              HasSubstr("value: is required"));
  EXPECT_THAT(Refusal("freshness", {{"value", -1}, {"unit", "days"}}, Integers({})),
              HasSubstr("value: must be from 0 to 36600 days"));
  EXPECT_THAT(Refusal("freshness", {{"value", INT64_MAX}, {"unit", "days"}}, Integers({})),
              HasSubstr("value: must be from 0 to 36600 days"));
  EXPECT_THAT(Refusal("freshness", {{"value", 1}, {"unit", "weeks"}}, Integers({})),
              HasSubstr("unit: must be milliseconds, seconds, minutes, hours or days, not "
                        "'weeks'"));
  EXPECT_THAT(
      Refusal("freshness", Age(1, "days"), Integers({})),
      HasSubstr("field_name: must be of type Date or Timestamp, not Integral: 'field'"));
  EXPECT_THAT(Refusal("freshness", {{"value", 1}, {"field_name", "fild"}}, Integers({})),
              HasSubstr("field_name: no such field: 'fild'"));
  EXPECT_THAT(Refusal({.rule = "freshness", .filter = "1 = 1", .properties = {{"value", 1}}},
                      Integers({})),
              HasSubstr("filter: not supported"));
}

}  // namespace
}  // namespace assay::rules::testing
