#include "api/schema_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Fault> Check(const Json& schema, const Json& value) {
  return CheckSchema(schema, value, {"body"});
}

Json Type(const char* type) {
  return {{"type", type}};
}

TEST(SchemaCheckTest, ChecksTypes) {
  const std::vector<std::pair<const char*, Json>> fitting = {
      {"string", "x"},    {"integer", 5},           {"number", 1.5},           {"number", 5},
      {"boolean", false}, {"array", Json::array()}, {"object", Json::object()}};
  for (const auto& [type, value] : fitting) {
    EXPECT_THAT(Check(Type(type), value), IsEmpty()) << type;
  }
  EXPECT_THAT(Check(Type("string"), 5), ElementsAre(Fault{{"body"}, "must be a text"}));
  EXPECT_THAT(Check(Type("integer"), 5.0),
              ElementsAre(Fault{{"body"}, "must be a whole number"}));
  EXPECT_THAT(Check(Type("number"), "5"), ElementsAre(Fault{{"body"}, "must be a number"}));
  EXPECT_THAT(Check(Type("boolean"), 0), ElementsAre(Fault{{"body"}, "must be true or false"}));
  EXPECT_THAT(Check(Type("array"), Json::object()),
              ElementsAre(Fault{{"body"}, "must be a list"}));
  EXPECT_THAT(Check(Type("object"), nullptr),
              ElementsAre(Fault{{"body"}, "must be an object"}));
}

TEST(SchemaCheckTest, FindsEveryFaultWhereItIs) {
  const Json schema = {
      {"type", "object"},
      {"required", {"name", "size"}},
      {"properties",
       {{"name", {{"type", "string"}, {"minLength", 1}}},
        {"size", Type("integer")},
        {"teams", {{"type", "array"}, {"items", Type("string")}, {"minItems", 1}}},
        {"inner", {{"type", "object"}, {"required", Json::array({"uri"})}}}}}};
  EXPECT_THAT(
      Check(schema,
            {{"name", ""}, {"teams", {"a", 5}}, {"inner", Json::object()}, {"unknown", 1}}),
      ElementsAre(Fault{{"body", "size"}, "is required"},
                  Fault{{"body", "name"}, "must not be empty"},
                  Fault{{"body", "teams", 1}, "must be a text"},
                  Fault{{"body", "inner", "uri"}, "is required"}));
  EXPECT_THAT(Check(schema, {{"name", "x"}, {"size", nullptr}, {"teams", Json::array()}}),
              ElementsAre(Fault{{"body", "size"}, "is required"},
                          Fault{{"body", "teams"}, "must not be empty"}));
}

TEST(SchemaCheckTest, TakesNullForAbsent) {
  const Json schema = {{"type", "object"}, {"properties", {{"name", Type("string")}}}};
  EXPECT_THAT(Check(schema, {{"name", nullptr}}), IsEmpty());
  EXPECT_THAT(Check({{"type", "string"}, {"nullable", true}}, nullptr), IsEmpty());
}

TEST(SchemaCheckTest, ChecksRangesAndLengthsInCodePoints) {
  const Json range = {{"type", "integer"}, {"minimum", 1}, {"maximum", 10}};
  EXPECT_THAT(Check(range, 1), IsEmpty());
  EXPECT_THAT(Check(range, 10), IsEmpty());
  EXPECT_THAT(Check(range, 0), ElementsAre(Fault{{"body"}, "must be between 1 and 10"}));
  EXPECT_THAT(Check(range, 18446744073709551615u),
              ElementsAre(Fault{{"body"}, "must be between 1 and 10"}));
  const Json text = {{"type", "string"}, {"maxLength", 3}};
  EXPECT_THAT(Check(text, "\xc3\xa9\xc3\xa9\xc3\xa9"), IsEmpty());
  EXPECT_THAT(Check(text, "abcd"),
              ElementsAre(Fault{{"body"}, "must have at most 3 characters"}));
}

TEST(SchemaCheckTest, ChecksEnumsAndMaps) {
  EXPECT_THAT(Check({{"type", "string"}, {"enum", {"a", "b"}}}, "c"),
              ElementsAre(Fault{{"body"}, "must be one of: a, b"}));
  const Json map = {{"type", "object"}, {"additionalProperties", Type("string")}};
  EXPECT_THAT(Check(map, {{"k", "v"}}), IsEmpty());
  EXPECT_THAT(Check(map, {{"k", 5}}), ElementsAre(Fault{{"body", "k"}, "must be a text"}));
}

}  // namespace
}  // namespace assay::api
