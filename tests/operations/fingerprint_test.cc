#include "operations/fingerprint.h"

#include <gtest/gtest.h>

namespace assay::operations {
namespace {

rules::CheckDefinition Definition() {
  return {.rule = "between",
          .fields = {"amount"},
          .filter = "status = 'paid'",
          .coverage = 1,
          .properties = {{"min", 0}, {"max", 10}},
          .description = ""};
}

rules::CompiledCheck CompiledSchemaCheck(plan::SchemaCheck check) {
  return {.plan = {.form = std::move(check), .filter = {}, .coverage = 1},
          .violation = "",
          .fields = {}};
}

rules::CompiledCheck CompiledUnique() {
  return {.plan = {.form = plan::UniqueCheck{}, .filter = {}, .coverage = 1},
          .violation = "",
          .fields = {}};
}

engine::CheckOutcome Failing(int64_t rows) {
  return {.assertion = engine::CheckOutcome::Assertion::kFailed,
          .total = {.asserted_rows = 100, .failing_rows = rows},
          .by_file = {},
          .detail = ""};
}

plan::Schema SchemaOf(std::vector<std::pair<std::string, plan::FieldType>> fields) {
  plan::Schema schema;
  for (auto& [name, type] : fields) {
    plan::Field& field = schema.fields.emplace_back();
    field.name = name;
    field.path = {name};
    field.type = type;
  }
  return schema;
}

// Stored fingerprints are compared with those of later releases: these values may never change.
TEST(FingerprintTest, KeepsItsValuesForever) {
  EXPECT_EQ(
      CheckIdentity(Definition()),
      R"({"fields":["amount"],"filter":"status = 'paid'","properties":{"max":10,"min":0},"rule":"between"})");
  EXPECT_EQ(RecordFingerprint({CheckIdentity(Definition())},
                              {{"id", 7}, {"amount", -1.5}, {"status", "päid"}}),
            -7882138128089262711);
  EXPECT_EQ(ShapeFingerprint(CheckIdentity(Definition()), "orders_*.csv", CompiledUnique(),
                             Failing(3), {}),
            -667430586794363937);
}

TEST(FingerprintTest, SortsTheKeysOfObjectsAtEveryLevel) {
  EXPECT_EQ(CanonicalJson({{"b", {{"z", 1}, {"a", {{{"y", 1}, {"x", 2}}}}}}, {"a", nullptr}}),
            R"({"a":null,"b":{"a":[{"x":2,"y":1}],"z":1}})");
}

TEST(FingerprintTest, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(CanonicalJson({{"a", "\xE9"}}), "{\"a\":\"\uFFFD\"}");
}

TEST(FingerprintTest, IdentifiesAChecksMeaningOnly) {
  rules::CheckDefinition same = Definition();
  same.properties = {{"max", 10}, {"min", 0}};
  same.description = "amounts";
  same.coverage = 0.5;
  EXPECT_EQ(CheckIdentity(same), CheckIdentity(Definition()));

  const auto differs = [](auto change) {
    rules::CheckDefinition other = Definition();
    change(other);
    return CheckIdentity(other) != CheckIdentity(Definition());
  };
  EXPECT_TRUE(differs([](auto& check) { check.rule = "maxValue"; }));
  EXPECT_TRUE(differs([](auto& check) { check.fields = {"total"}; }));
  EXPECT_TRUE(differs([](auto& check) { check.filter.reset(); }));
  EXPECT_TRUE(differs([](auto& check) { check.properties["max"] = 11; }));
}

TEST(FingerprintTest, IgnoresTheOrderOfFieldsAndKnowsOldRuleNames) {
  const auto identity = [](const char* rule, std::vector<std::string> fields) {
    rules::CheckDefinition definition;
    definition.rule = rule;
    definition.fields = std::move(fields);
    return CheckIdentity(definition);
  };
  EXPECT_EQ(identity("unique", {"a", "b"}), identity("unique", {"b", "a"}));
  EXPECT_EQ(identity("dataType", {"a"}), identity("isType", {"a"}));
}

TEST(FingerprintTest, RecordDependsOnChecksAndValuesNotOnTheirOrder) {
  const int64_t fingerprint = RecordFingerprint({"a", "b"}, {{"x", 1}, {"y", nullptr}});
  EXPECT_EQ(RecordFingerprint({"b", "a"}, {{"y", nullptr}, {"x", 1}}), fingerprint);
  EXPECT_NE(RecordFingerprint({"a"}, {{"x", 1}, {"y", nullptr}}), fingerprint);
  EXPECT_NE(RecordFingerprint({"a", "b"}, {{"x", 2}, {"y", nullptr}}), fingerprint);
  EXPECT_NE(RecordFingerprint({"a", "b"}, {{"x", 1}}), fingerprint);
}

TEST(FingerprintTest, ShapeDependsOnCheckContainerAndNumberOfFailingRows) {
  const auto of = [](const char* check, const char* container, int64_t rows) {
    return ShapeFingerprint(check, container, CompiledUnique(), Failing(rows), {});
  };
  EXPECT_EQ(of("a", "orders", 3), of("a", "orders", 3));
  EXPECT_NE(of("b", "orders", 3), of("a", "orders", 3));
  EXPECT_NE(of("a", "events", 3), of("a", "orders", 3));
  EXPECT_NE(of("a", "orders", 4), of("a", "orders", 3));
}

TEST(FingerprintTest, SchemaShapeDependsOnWhatDiffersAlone) {
  using plan::FieldType;
  const auto of = [](const plan::Schema& schema, plan::SchemaCheck::OtherFields others) {
    const plan::SchemaCheck check = {
        .fields = {{"id", FieldType::kIntegral}, {"name", std::nullopt}},
        .other_fields = others};
    return ShapeFingerprint("check", "orders", CompiledSchemaCheck(check), Failing(0), schema);
  };
  const auto allowed = plan::SchemaCheck::OtherFields::kAllowed;
  const auto forbidden = plan::SchemaCheck::OtherFields::kForbidden;
  const int64_t without_id = of(SchemaOf({{"name", FieldType::kString}}), allowed);
  EXPECT_EQ(of(SchemaOf({{"more", FieldType::kDate}, {"name", FieldType::kDate}}), allowed),
            without_id);
  EXPECT_NE(of(SchemaOf({{"id", FieldType::kIntegral}}), allowed), without_id);
  EXPECT_NE(of(SchemaOf({{"id", FieldType::kString}, {"name", FieldType::kString}}), allowed),
            without_id);
  EXPECT_NE(of(SchemaOf({{"more", FieldType::kDate}, {"name", FieldType::kString}}), forbidden),
            without_id);
}

TEST(FingerprintTest, AMeasureIsKnownByItsValueAndGroupsByTheirCounts) {
  rules::CompiledCheck check = CompiledSchemaCheck({});
  check.plan.form = plan::MeasureCheck{.measure = plan::Expression::Call("count", {})};
  const auto of = [&](const engine::CheckOutcome& outcome) {
    return ShapeFingerprint("check", "orders", check, outcome, plan::Schema{});
  };
  const engine::CheckOutcome twelve{.measure = plan::Literal::Integer(12)};
  const engine::CheckOutcome thirteen{.measure = plan::Literal::Integer(13)};
  EXPECT_EQ(of(twelve), of(twelve));
  EXPECT_NE(of(twelve), of(thirteen));
  engine::CheckOutcome compared = twelve;
  compared.compared_with = plan::Literal::Integer(12);
  EXPECT_NE(of(compared), of(twelve));
  engine::CheckOutcome compared_otherwise = compared;
  compared_otherwise.compared_with = plan::Literal::Integer(11);
  EXPECT_NE(of(compared), of(compared_otherwise));
  check.plan.form = plan::FreshnessCheck{.not_before = plan::Literal::Integer(0)};
  EXPECT_NE(of(twelve), of(thirteen));
  check.plan.form = plan::GroupSizeCheck{};
  const engine::CheckOutcome two{.groups = {.asserted_groups = 7, .failing_groups = 2}};
  engine::CheckOutcome of_more = two;
  of_more.groups.asserted_groups = 8;
  EXPECT_EQ(of(two), of(of_more));
  of_more.groups.failing_groups = 3;
  EXPECT_NE(of(two), of(of_more));
}

}  // namespace
}  // namespace assay::operations
