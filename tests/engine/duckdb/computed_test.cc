#include "engine/computed.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "engine/scan.h"
#include "plan/parser.h"
#include "tests/engine/duckdb/reference_test.h"

namespace assay::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class ComputedTest : public ReferenceTest {
 protected:
  ComputedTest() : ReferenceTest("customers", {.threads = 2}) {
    dataset_.name = "orders";
    Add("1.csv", "id,amount,state,customer\n1,10,open,a\n2,20.5,paid,b\n3,x,open,\n");
    Add("2.csv", "id,amount,state,customer\n4,40,paid,a\n5,,void,c\n");
    for (int i = 6; i < 500; ++i) more_ += fmt::format("{},1,bulk,z\n", i);
    Add("3.csv", "id,amount,state,customer\n" + more_);
    AddToReference("c.csv", "id,name\na,Ann\nb,Bob\nb,Bea\nd,Dan\n,Nobody\n");
  }

  plan::Projection Parsed(const plan::ProjectionText& text, const DatasetSchema& schema) {
    auto projection = plan::ParseProjection(text, schema.schema);
    EXPECT_TRUE(projection) << (projection ? "" : projection.error().message);
    return *std::move(projection);
  }

  Result<ComputedDataset> TryProject(const plan::ProjectionText& text,
                                     std::vector<std::string> exclude = {}) {
    const DatasetSchema schema = Schema();
    return Project(*session_, dataset_, schema, Parsed(text, schema),
                   {"computed", std::move(exclude)}, {});
  }
  ComputedDataset Projected(const plan::ProjectionText& text,
                            std::vector<std::string> exclude = {}) {
    auto computed = TryProject(text, std::move(exclude));
    EXPECT_TRUE(computed) << (computed ? "" : computed.error().message);
    return *std::move(computed);
  }

  ComputedDataset Joined(const std::string& type, const std::string& select,
                         std::optional<std::string> where = {}) {
    const DatasetSchema left = Schema(), right = ReferenceSchema();
    auto join = plan::ParseJoin({.join_type = type,
                                 .left_join_field_name = "customer",
                                 .right_join_field_name = "id",
                                 .left_prefix = "o",
                                 .right_prefix = "c",
                                 .projection = {select, std::move(where), {}}},
                                left.schema, right.schema);
    EXPECT_TRUE(join) << (join ? "" : join.error().message);
    auto computed =
        JoinDatasets(*session_, {dataset_, left}, {reference_, right}, *join, {"joined"}, {});
    EXPECT_TRUE(computed) << (computed ? "" : computed.error().message);
    return *std::move(computed);
  }

  /// Records of all rows, as a check that all fail finds them.
  std::vector<std::string> Records(const ComputedDataset& computed, int64_t max_rows = -1) {
    std::vector<std::string> records;
    for (const FailingRow& row : Failing(computed, "1 = 2", max_rows).failing_rows)
      records.push_back(PrintJson(row.record));
    return records;
  }

  ScanResult Failing(const ComputedDataset& computed, const std::string& predicate,
                     int64_t max_rows = -1) {
    const auto expression = plan::ParsePredicate(predicate, computed.schema.schema);
    EXPECT_TRUE(expression) << (expression ? "" : expression.error().message);
    const auto result =
        Scan(*session_, computed.dataset, computed.schema,
             {{.form = plan::RowCheck{*expression}}}, {.max_rows_per_file = max_rows}, {});
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return *result;
  }

  ContainerProfile ProfileOf(const ComputedDataset& computed,
                             const ProfileOptions& options = {}) {
    const auto profile = Profile(*session_, computed.dataset, computed.schema, options, {});
    EXPECT_TRUE(profile) << (profile ? "" : profile.error().message);
    return *profile;
  }

  static std::vector<std::string> Fields(const ComputedDataset& computed) {
    std::vector<std::string> fields;
    for (const plan::Field& field : computed.schema.schema.fields)
      fields.push_back(fmt::format("{} {}", field.name, plan::FieldTypeName(field.type)));
    return fields;
  }

  std::string more_;
};

TEST_F(ComputedTest, AProjectionKeepsFilesAndRowNumbers) {
  const ComputedDataset computed =
      Projected({"id, amount * 2 AS twice, upper(state) AS `st\"ate`", "state = 'paid'"});
  EXPECT_THAT(Fields(computed),
              ElementsAre("id Integral", "twice Fractional", "st\"ate String"));
  const ScanResult result = Failing(computed, "twice < 50");
  EXPECT_EQ(result.record_count, 2);
  ASSERT_EQ(result.failing_rows.size(), 1u);
  EXPECT_EQ(result.failing_rows[0].file_index, 1u);
  EXPECT_EQ(result.failing_rows[0].row_number, 0);
  EXPECT_EQ(PrintJson(result.failing_rows[0].record),
            R"({"id":4,"twice":80.0,"st\"ate":"PAID"})");
}

TEST_F(ComputedTest, AFieldThatIsHandedOnKeepsWhatStandsThere) {
  const ComputedDataset computed = Projected({"id, amount AS price"});
  const ContainerProfile profile = ProfileOf(computed);
  ASSERT_EQ(profile.fields.size(), 2u);
  EXPECT_EQ(profile.fields[1].field.name, "price");
  EXPECT_EQ(profile.fields[1].unparsable_count, 1);
  EXPECT_EQ(PrintJson(Failing(computed, "id <> 3").failing_rows[0].record),
            R"({"id":3,"price":"x"})");
}

TEST_F(ComputedTest, ALimitIsOneOfRowsThatAreThere) {
  const ComputedDataset computed = Projected({"id", "id > 2 AND state <> 'bulk'"});
  const ContainerProfile profile = ProfileOf(computed, {.max_rows_per_file = 1});
  EXPECT_EQ(profile.record_count, 2);
  EXPECT_EQ(profile.total_record_count, std::nullopt);
  EXPECT_THAT(Records(computed, 1), ElementsAre(R"({"id":3})", R"({"id":4})"));
}

TEST_F(ComputedTest, ExcludedFieldsAreNotRead) {
  EXPECT_THAT(Fields(Projected({"id, state, id + 1 AS next"}, {"state", "next"})),
              ElementsAre("id Integral"));
  EXPECT_THAT(Fields(Projected({"state, count(*) AS n", {}, "1"}, {"n"})),
              ElementsAre("state String"));
  EXPECT_EQ(ProfileOf(Projected({"id"}, {"id"})).record_count, 499);
}

TEST_F(ComputedTest, FilesThatCannotBeReadAreReportedAsOfTheSource) {
  Add("4.csv", "id,amount\n1\n");
  const ComputedDataset computed = Projected({"id"});
  ASSERT_EQ(computed.schema.failures.size(), 1u);
  EXPECT_EQ(computed.schema.failures[0].relative_path, "4.csv");
  EXPECT_EQ(ProfileOf(computed).record_count, 499);
}

TEST_F(ComputedTest, GroupsAreOverAllFiles) {
  const ComputedDataset computed = Projected(
      {"state, count(*) AS n, sum(amount) AS total, max(id) + 1 AS next", {}, "state"});
  EXPECT_THAT(Fields(computed),
              ElementsAre("state String", "n Integral", "total Fractional", "next Integral"));
  EXPECT_THAT(Records(computed),
              UnorderedElementsAre(R"({"state":"open","n":2,"total":10.0,"next":4})",
                                   R"({"state":"paid","n":2,"total":60.5,"next":5})",
                                   R"({"state":"void","n":1,"total":null,"next":6})",
                                   R"({"state":"bulk","n":494,"total":494.0,"next":500})"));
  const ContainerProfile profile = ProfileOf(computed, {.holdout_share = 0.4});
  EXPECT_EQ(profile.record_count, 4);
}

TEST_F(ComputedTest, NoRowsAreOneGroupWithoutKeysAndNoneWithThem) {
  EXPECT_THAT(Records(Projected({"count(*) AS n, sum(id) AS s", "id > 1000"})),
              ElementsAre(R"({"n":0,"s":null})"));
  EXPECT_THAT(Records(Projected({"state, count(*) AS n", "id > 1000", "state"})), IsEmpty());
  EXPECT_THAT(Records(Projected({"count(*) AS n"})), ElementsAre(R"({"n":499})"));
}

TEST_F(ComputedTest, GroupsOfWhatCannotBeReadAsAWholeAreAnError) {
  Add("4.csv", "id,amount\n1\n");
  const auto computed = TryProject({"count(*) AS n"});
  ASSERT_FALSE(computed);
  EXPECT_THAT(computed.error().message, HasSubstr("reading orders: 4.csv: "));
}

TEST_F(ComputedTest, ComputedOfComputed) {
  const ComputedDataset groups = Projected({"state, count(*) AS n", {}, "state"});
  const auto second =
      Project(*session_, groups.dataset, groups.schema,
              Parsed({"n * 10 AS tens, state", "n = 2"}, groups.schema), {"second"}, {});
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_THAT(Records(*second), UnorderedElementsAre(R"({"tens":20,"state":"open"})",
                                                     R"({"tens":20,"state":"paid"})"));
  const auto third = Project(*session_, second->dataset, second->schema,
                             Parsed({"sum(tens) AS sum"}, second->schema), {"third"}, {});
  ASSERT_TRUE(third) << third.error().message;
  EXPECT_THAT(Records(*third), ElementsAre(R"({"sum":40})"));
}

TEST_F(ComputedTest, FieldsAreAddedBehindTheOthers) {
  const DatasetSchema schema = Schema();
  const auto added = AddFields(*session_, dataset_, schema,
                               {{"größe", plan::ParseExpression("amount + 1").value()},
                                {"k", plan::ParseExpression("concat(state, id)").value()}});
  ASSERT_TRUE(added) << added.error().message;
  const ComputedDataset computed{dataset_, *added};
  EXPECT_THAT(Fields(computed), ElementsAre("id Integral", "amount Fractional", "state String",
                                            "customer String", "größe Fractional", "k String"));
  const ScanResult result = Failing(computed, "größe < 21");
  ASSERT_EQ(result.failing_rows.size(), 2u);
  EXPECT_EQ(PrintJson(result.failing_rows[0].record),
            R"({"id":2,"amount":20.5,"state":"paid","customer":"b","größe":21.5,"k":"paid2"})");
  EXPECT_EQ(ProfileOf(computed).fields.size(), 6u);
  const auto twice =
      AddFields(*session_, dataset_, *added, {{"K", plan::ParseExpression("id").value()}});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message, "two fields cannot have one name: 'K'");
}

TEST_F(ComputedTest, JoinsOfEveryType) {
  const std::string both = "o_id, c_name";
  const std::string where = "o_id < 6 OR o_id IS NULL";
  EXPECT_THAT(
      Records(Joined("inner", both, where)),
      UnorderedElementsAre(R"({"o_id":1,"c_name":"Ann"})", R"({"o_id":2,"c_name":"Bob"})",
                           R"({"o_id":2,"c_name":"Bea"})", R"({"o_id":4,"c_name":"Ann"})"));
  EXPECT_THAT(
      Records(Joined("left", both, where)),
      UnorderedElementsAre(R"({"o_id":1,"c_name":"Ann"})", R"({"o_id":2,"c_name":"Bob"})",
                           R"({"o_id":2,"c_name":"Bea"})", R"({"o_id":3,"c_name":null})",
                           R"({"o_id":4,"c_name":"Ann"})", R"({"o_id":5,"c_name":null})"));
  EXPECT_THAT(Records(Joined("right", both, where)),
              UnorderedElementsAre(
                  R"({"o_id":1,"c_name":"Ann"})", R"({"o_id":2,"c_name":"Bob"})",
                  R"({"o_id":2,"c_name":"Bea"})", R"({"o_id":4,"c_name":"Ann"})",
                  R"({"o_id":null,"c_name":"Dan"})", R"({"o_id":null,"c_name":"Nobody"})"));
  EXPECT_EQ(Records(Joined("outer", both, where)).size(), 8u);
  EXPECT_THAT(Records(Joined("left_semi", "o_id", where)),
              UnorderedElementsAre(R"({"o_id":1})", R"({"o_id":2})", R"({"o_id":4})"));
  EXPECT_THAT(Records(Joined("left_anti", "o_id", where)),
              UnorderedElementsAre(R"({"o_id":3})", R"({"o_id":5})"));
}

TEST_F(ComputedTest, AJoinIsAReferenceLikeAnyOther) {
  const ComputedDataset joined = Joined("inner", "o.id AS id, concat(c.name, '!') AS who");
  const ScanResult result =
      *Scan(*session_, dataset_, Schema(),
            {{.form = plan::MembershipCheck{.value = plan::Expression::Column("id"),
                                            .reference = "joined",
                                            .reference_value = plan::Expression::Column("id")},
              .filter = plan::ParseExpression("id < 6").value()}},
            {.references = {{"joined", {&joined.dataset, &joined.schema}}}}, {});
  EXPECT_EQ(result.checks[0].total.failing_rows, 2);
}

TEST_F(ComputedTest, KeysOfOtherTypesAreComparedAsEqualDoes) {
  const DatasetSchema left = Schema();
  const auto join = plan::ParseJoin({.left_join_field_name = "id",
                                     .right_join_field_name = "n",
                                     .projection = {"left_id AS id"}},
                                    left.schema, left.schema);
  ASSERT_FALSE(join);
  const auto text = plan::ParseJoin({.left_join_field_name = "id",
                                     .right_join_field_name = "state",
                                     .projection = {"left_id AS id"}},
                                    left.schema, left.schema);
  ASSERT_TRUE(text) << text.error().message;
  const auto computed =
      JoinDatasets(*session_, {dataset_, left}, {dataset_, left}, *text, {"j"}, {});
  ASSERT_TRUE(computed) << computed.error().message;
  EXPECT_THAT(Records(*computed), IsEmpty());
}

TEST_F(ComputedTest, ASideThatCannotBeReadIsNamed) {
  AddToReference("d.csv", "id,names\n1\n");
  const DatasetSchema left = Schema(), right = ReferenceSchema();
  const auto join = plan::ParseJoin({.left_join_field_name = "id",
                                     .right_join_field_name = "id",
                                     .projection = {"left_id AS id"}},
                                    left.schema, right.schema);
  ASSERT_TRUE(join);
  const auto computed =
      JoinDatasets(*session_, {dataset_, left}, {reference_, right}, *join, {"j"}, {});
  ASSERT_FALSE(computed);
  EXPECT_THAT(computed.error().message, HasSubstr("reading customers: d.csv: "));
}

TEST_F(ComputedTest, AStopRequestEndsTheComputation) {
  std::stop_source stop;
  stop.request_stop();
  const DatasetSchema schema = Schema();
  const auto computed = Project(*session_, dataset_, schema, Parsed({"count(*) AS n"}, schema),
                                {"c"}, {stop.get_token(), {}});
  ASSERT_FALSE(computed);
  EXPECT_EQ(computed.error().kind, ErrorKind::kCancelled);
}

}  // namespace
}  // namespace assay::engine
