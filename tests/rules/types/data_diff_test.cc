#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Json kReplica = {{"ref_container_name", "replica"}};
const Json kById = {{"ref_container_name", "replica"}, {"row_identifiers", {"id"}}};

Table Against(std::vector<Column> columns, std::vector<Column> others) {
  return {std::move(columns), "replica", std::move(others)};
}

const Table& Countries() {
  static const Table table = Against(
      {Named("id", Integers({1, 2, 3})),
       Named("country", Texts({"Austria", "United States", kNull}))},
      {Named("country", Texts({kNull, "USA", "Austria"})), Named("id", Integers({3, 2, 1}))});
  return table;
}

plan::DifferenceCheck Compiled(const CheckDefinition& definition, const Table& table) {
  References references;
  references.emplace(ReferenceOf(definition.properties)->Key(),
                     ReferencedContainer{"replica", Table(table.other_columns).Schema()});
  const auto compiled = Compile(definition, table.Schema(), TestNow(), {}, references);
  if (!compiled) {
    ADD_FAILURE() << compiled.error().message;
    return {};
  }
  return std::get<plan::DifferenceCheck>(compiled->plan.form);
}

std::vector<std::string> Names(const auto& values) {
  std::vector<std::string> names;
  for (const auto& value : values) names.push_back(value.name);
  return names;
}

TEST(DataDiffTest, FailsForRecordsThatDiffer) {
  EXPECT_THAT(FailingRows("dataDiff", kById, Countries()), ElementsAre(1));
  EXPECT_THAT(FailingRows("dataDiff", kReplica, Countries()), ElementsAre(1));
}

TEST(DataDiffTest, IsFoundByItsFormerName) {
  EXPECT_THAT(FailingRows("isReplicaOf", kReplica, Countries()), ElementsAre(1));
}

TEST(DataDiffTest, NullIsTheSameAsNull) {
  EXPECT_THAT(FailingRows("dataDiff", kReplica,
                          Against({Named("x", Integers({kNull, 1}))},
                                  {Named("x", Integers({1, kNull}))})),
              IsEmpty());
}

TEST(DataDiffTest, PassesEmptyContainers) {
  EXPECT_THAT(FailingRows("dataDiff", kReplica,
                          Against({Named("x", Integers({}))}, {Named("x", Integers({}))})),
              IsEmpty());
}

TEST(DataDiffTest, FiltersBothSidesWhereTheOtherHasTheFields) {
  const Table both = Against({Named("x", Integers({1, 2}))}, {Named("x", Integers({2, 3}))});
  EXPECT_THAT(FailingRows("dataDiff", kReplica, both, "x > 1"), IsEmpty());
  CheckDefinition definition = CheckOver("dataDiff", kReplica, both);
  definition.filter = "x > 1";
  EXPECT_TRUE(Compiled(definition, both).reference_filter);

  const Table one = Against({Named("x", Integers({1})), Named("y", Integers({1}))},
                            {Named("x", Integers({1}))});
  definition = {.rule = "dataDiff", .fields = {"x"}, .filter = "y > 1", .properties = kReplica};
  EXPECT_FALSE(Compiled(definition, one).reference_filter);
}

TEST(DataDiffTest, ComparesTheNamedFieldsThatAreNoIdentifiers) {
  const Table table =
      Against({Named("id", Integers({})), Named("x", Integers({})), Named("note", Texts({}))},
              {Named("id", Integers({})), Named("x", Fractions({}))});
  Json properties = kById;
  properties["passthrough_fields"] = {"note", "id"};
  for (const std::vector<std::string>& fields :
       {std::vector<std::string>{"id", "x"}, std::vector<std::string>{"x"}}) {
    const plan::DifferenceCheck check =
        Compiled({.rule = "dataDiff", .fields = fields, .properties = properties}, table);
    EXPECT_THAT(Names(check.identifiers), ElementsAre("id"));
    EXPECT_THAT(Names(check.compared), ElementsAre("x"));
    EXPECT_THAT(Names(check.shown), ElementsAre("note"));
    EXPECT_FALSE(check.shown[0].reference_value);
  }
  const plan::DifferenceCheck check =
      Compiled({.rule = "dataDiff", .fields = {"id", "x"}, .properties = kReplica}, table);
  EXPECT_THAT(Names(check.identifiers), ElementsAre("id", "x"));
  EXPECT_THAT(check.compared, IsEmpty());
}

TEST(DataDiffTest, ComparatorsAreOfTheFieldsOfTheirTypes) {
  const Table table = Against({Named("id", Integers({})), Named("x", Fractions({})),
                               Named("at", Timestamps({})), Named("name", Texts({}))},
                              {Named("id", Integers({})), Named("x", Fractions({})),
                               Named("at", Timestamps({})), Named("name", Texts({}))});
  Json properties = kById;
  properties["numeric_comparator"] = {{"epsilon", 0.5}};
  properties["string_comparator"] = {{"ignore_whitespace", true}};
  const plan::DifferenceCheck check = Compiled(
      {.rule = "dataDiff", .fields = {"x", "at", "name"}, .properties = properties}, table);
  ASSERT_THAT(Names(check.compared), ElementsAre("x", "at", "name"));
  EXPECT_TRUE(check.compared[0].equal);
  EXPECT_FALSE(check.compared[1].equal);
  EXPECT_TRUE(check.compared[2].equal);

  properties["numeric_comparator"] = {{"epsilon", -1}};
  EXPECT_THAT(Refusal({.rule = "dataDiff", .fields = {"x"}, .properties = properties}, table),
              HasSubstr("numeric_comparator: epsilon"));
  EXPECT_THAT(Refusal({.rule = "dataDiff",
                       .fields = {"x"},
                       .properties = {{"ref_container_name", "replica"},
                                      {"numeric_comparator", {{"epsilon", 1}}}}},
                      table),
              HasSubstr("row_identifiers: are needed"));
}

TEST(DataDiffTest, RefusesWhatCannotBeCompared) {
  const Table table =
      Against({Named("x", Integers({})), Named("y", Integers({}))}, {Named("x", Texts({}))});
  EXPECT_EQ(Refusal({.rule = "dataDiff", .fields = {"x"}, .properties = kReplica}, table),
            "check dataDiff(x): properties: in replica: a field of type Integral cannot be "
            "compared with one of type String: 'x' and 'x'");
  EXPECT_THAT(Refusal({.rule = "dataDiff", .fields = {"y"}, .properties = kReplica}, table),
              HasSubstr("in replica: no such field: 'y'"));
  EXPECT_THAT(Refusal({.rule = "dataDiff", .fields = {"y"}, .properties = kById}, table),
              HasSubstr("row_identifiers: no such field: 'id'"));
  EXPECT_THAT(Refusal({.rule = "dataDiff", .fields = {"x"}}, table),
              HasSubstr("ref_container_id: is required"));
  EXPECT_THAT(Refusal({.rule = "dataDiff", .properties = kReplica}, table),
              HasSubstr("names at least one field"));
}

}  // namespace
}  // namespace assay::rules::testing
