#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(FieldCountTest, CountsFields) {
  const Table table({Named("a", Integers({})), Named("b", Texts({}))});
  EXPECT_EQ(RunWhole("fieldCount", {{"value", 2}}, table).holds, true);
  const WholeOutcome outcome = RunWhole("fieldCount", {{"value", 3}}, table);
  EXPECT_EQ(outcome.holds, false);
  EXPECT_EQ(outcome.measure, "2");
}

TEST(FieldCountTest, MembersAndElementsBelongToTheirField) {
  plan::Schema schema = Table(Integers({})).Schema();
  for (const char* name : {"address", "address.city", "address.zip"})
    schema.fields.push_back({.name = name, .path = {"address", name}});
  const Result<CompiledCheck> compiled =
      Compile({.rule = "fieldCount", .properties = {{"value", 2}}}, schema, TestNow());
  ASSERT_TRUE(compiled.has_value()) << compiled.error().message;
  EXPECT_EQ(std::get<plan::MeasureCheck>(compiled->plan.form).measure.literal(),
            plan::Literal::Integer(2));
}

TEST(FieldCountTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("fieldCount", {{"value", 3}}, Integers({})), "is not 3");
}

TEST(FieldCountTest, RefusesFieldsFilterCoverageAndBadNumbers) {
  EXPECT_THAT(Refusal({.rule = "fieldCount", .fields = {"field"}, .properties = {{"value", 1}}},
                      Integers({})),
              HasSubstr("names no fields"));
  EXPECT_THAT(
      Refusal({.rule = "fieldCount", .filter = "field > 1", .properties = {{"value", 1}}},
              Integers({})),
      HasSubstr("filter: not supported"));
  EXPECT_THAT(Refusal({.rule = "fieldCount", .coverage = 0.5, .properties = {{"value", 1}}},
                      Integers({})),
              HasSubstr("coverage: not supported"));
  EXPECT_THAT(Refusal("fieldCount", {{"value", -1}}, Integers({})),
              HasSubstr("value: must not be negative"));
}

}  // namespace
}  // namespace assay::rules::testing
