#include "rules/property_type.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "rules/rule_type.h"

namespace assay::rules {
namespace {

struct Sample {
  std::string text;
  std::optional<int64_t> number;
  std::vector<std::string> list;
  Json any;
  bool truth = false;
};

std::string TypeOf(FieldDeclaration<Sample> field) {
  const Fields<Sample> fields = {std::move(field)};
  return PropertyTypeOf(fields.Schema()["properties"]["it"]);
}

TEST(PropertyTypeTest, IsTheHintElseWhatJsonSays) {
  EXPECT_EQ(TypeOf(Required("it", &Sample::text, "")), "string");
  EXPECT_EQ(TypeOf(Optional("it", &Sample::number, "")), "number");
  EXPECT_EQ(TypeOf(Required("it", &Sample::list, "")), "list");
  EXPECT_EQ(TypeOf(Required("it", &Sample::any, "")), "number");
  EXPECT_EQ(TypeOf(Required("it", &Sample::truth, "")), "boolean");
  EXPECT_EQ(TypeOf(As(PropertyType::kField, Required("it", &Sample::text, ""))), "field");
  EXPECT_EQ(TypeOf(OneOf({"a", "b"}, Required("it", &Sample::text, ""))), "enum");
}

TEST(PropertyTypeTest, EveryPropertyOfEveryRuleHasOne) {
  const std::set<std::string> known = {"boolean",
                                       "container",
                                       "datastore",
                                       "datetime",
                                       "duration_comparator",
                                       "enum",
                                       "field",
                                       "fields",
                                       "list",
                                       "number",
                                       "string",
                                       "sparksql",
                                       "file",
                                       "numeric_comparator",
                                       "string_comparator"};
  for (const RuleType& rule : AllRuleTypes()) {
    const Json properties = rule.properties_schema.value("properties", Json::object());
    for (const auto& [name, schema] : properties.items()) {
      const std::string type = PropertyTypeOf(schema);
      EXPECT_TRUE(known.contains(type)) << rule.name << "." << name << ": " << type;
      EXPECT_EQ(type == "enum", schema.contains(kPropertyValuesKey))
          << rule.name << "." << name;
    }
  }
}

}  // namespace
}  // namespace assay::rules
