#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

Result<plan::SchemaCheck> Expected(const Json& properties,
                                   const std::string& rule = "expectedSchema") {
  ASSAY_TRY(const CompiledCheck compiled, Compile({.rule = rule, .properties = properties},
                                                  Table(Integers({})).Schema(), TestNow()));
  return std::get<plan::SchemaCheck>(compiled.plan.form);
}

TEST(ExpectedSchemaTest, TakesNamesAndTypedNames) {
  const Result<plan::SchemaCheck> check =
      Expected({{"list", {"id", {{"name", "price"}, {"type", "Fractional"}}}},
                {"allow_other_fields", false}});
  ASSERT_TRUE(check.has_value()) << check.error().message;
  ASSERT_EQ(check->fields.size(), 2u);
  EXPECT_EQ(check->fields[0].name, "id");
  EXPECT_EQ(check->fields[0].type, std::nullopt);
  EXPECT_EQ(check->fields[1].name, "price");
  EXPECT_EQ(check->fields[1].type, plan::FieldType::kFractional);
  EXPECT_EQ(check->other_fields, plan::SchemaCheck::OtherFields::kForbidden);
}

TEST(ExpectedSchemaTest, AllowsOtherFieldsUnlessToldNotTo) {
  const Result<plan::SchemaCheck> check = Expected({{"list", {"id"}}}, "requiredFields");
  ASSERT_TRUE(check.has_value()) << check.error().message;
  EXPECT_EQ(check->other_fields, plan::SchemaCheck::OtherFields::kAllowed);
}

TEST(ExpectedSchemaTest, SaysWhatTheContainerLacks) {
  EXPECT_EQ(Violation("expectedSchema", {{"list", {"id"}}}, Integers({})),
            "does not have the expected fields");
}

TEST(ExpectedSchemaTest, RefusesFieldsFilterAndCoverage) {
  const Json properties = {{"list", {"id"}}};
  EXPECT_EQ(Refusal({.rule = "expectedSchema", .fields = {"field"}, .properties = properties},
                    Integers({})),
            "check expectedSchema(field): is about the whole container and names no fields");
  EXPECT_EQ(Refusal({.rule = "expectedSchema", .filter = "field > 1", .properties = properties},
                    Integers({})),
            "check expectedSchema(): filter: not supported by this rule");
  EXPECT_EQ(Refusal({.rule = "expectedSchema", .coverage = 0.5, .properties = properties},
                    Integers({})),
            "check expectedSchema(): coverage: not supported by this rule, leave it at 1");
}

TEST(ExpectedSchemaTest, RefusesBadLists) {
  EXPECT_THAT(Refusal("expectedSchema", {{"list", Json::array()}}, Integers({})),
              HasSubstr("list: must name at least one field"));
  EXPECT_THAT(Refusal("expectedSchema", {{"list", {"a", "a"}}}, Integers({})),
              HasSubstr("list: field is named twice: 'a'"));
  EXPECT_THAT(Refusal("expectedSchema", {{"list", {"a", 5}}}, Integers({})),
              HasSubstr("list: item 2: must be a name or an object"));
  EXPECT_THAT(Refusal("expectedSchema", {{"list", {""}}}, Integers({})),
              HasSubstr("list: item 1: the name must not be empty"));
  const Json odd_type = {{"name", "a"}, {"type", "Money"}};
  EXPECT_THAT(Refusal("expectedSchema", {{"list", {odd_type}}}, Integers({})),
              HasSubstr("list: item 1: type: not a field type"));
  const Json odd_key = {{"name", "a"}, {"kind", "Date"}};
  EXPECT_THAT(Refusal("expectedSchema", {{"list", {odd_key}}}, Integers({})),
              HasSubstr("list: item 1: unknown key 'kind'"));
}

}  // namespace
}  // namespace assay::rules::testing
