// Computed containers and fields through the jobs: sync, profile, scan and references.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "operations/check_records.h"
#include "operations/computed_definition.h"
#include "rules/check.h"
#include "store/anomalies.h"
#include "store/container_scans.h"
#include "store/profiles.h"
#include "store/quality_checks.h"
#include "tests/operations/jobs_fixture.h"

namespace assay::operations {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class ComputedContainersTest : public JobsTest {
 protected:
  void SetUp() override {
    Write("orders.csv", "id,amount,state,customer\n1,10,open,1\n2,20,paid,2\n3,-5,paid,1\n");
    Write("customers.csv", "id,name\n1,Ann\n2,Bob\n");
    ASSERT_TRUE(Run("sync"));
    orders_ = Find("orders.csv").id;
    customers_ = Find("customers.csv").id;
  }

  int64_t Make(const std::string& name, const std::string& type, const Json& body,
               int64_t datastore_id = 0) {
    store::Container container;
    container.datastore_id = datastore_id == 0 ? source_ : datastore_id;
    container.name = name;
    container.container_type = type;
    const auto definition = MergeDefinition(type, {}, body);
    EXPECT_TRUE(definition) << (definition ? "" : definition.error().message);
    container.definition = *definition;
    return store::Containers(database()).Create(container).value().id;
  }
  int64_t MakeFile(const std::string& name, int64_t source, const std::string& select,
                   const Json& where = nullptr, const Json& group_by = nullptr) {
    return Make(name, kComputedFile,
                Json::object({{"source_container_id", source},
                              {"select_clause", select},
                              {"where_clause", where},
                              {"group_by_clause", group_by}}));
  }

  store::ComputedField MakeField(int64_t container, const std::string& name,
                                 const std::string& expression) {
    store::ComputedField field;
    field.container_id = container;
    field.name = name;
    field.transformation = "customExpression";
    field.properties = Json::object({{"column_expression", expression}});
    return store::ComputedFields(database()).Create(field).value();
  }

  int64_t AddCheck(int64_t container, const std::string& rule, const std::string& field,
                   const Json& properties = Json::object()) {
    rules::CheckDefinition definition;
    definition.rule = rule;
    if (!field.empty()) definition.fields = {field};
    definition.properties = properties;
    auto check = ToRecord(definition, container).value();
    check.status = "Active";
    return store::QualityChecks(database()).Create(check).value().id;
  }

  /// "name status" of the fields, in their order.
  std::vector<std::string> Fields(int64_t container) {
    std::vector<std::string> fields;
    for (const auto& field : store::FieldRecords(database()).OfContainer(container).value())
      fields.push_back(field.name + " " + field.status);
    return fields;
  }

  int64_t RecordsOf(int64_t container) {
    const auto latest = store::Profiles(database()).Latest(container).value();
    return latest ? latest->record_count : -1;
  }

  std::vector<store::Anomaly> Anomalies(int64_t container) {
    store::AnomalyFilter filter;
    filter.container_ids = {container};
    return store::Anomalies(database()).List(filter, {}).value().items;
  }

  void Profile(const Json& names = Json::array()) {
    const auto outcome =
        Run("profile", Json::object({{"container_names", names}, {"inference_threshold", 0}}));
    ASSERT_TRUE(outcome) << outcome.error().message;
    message_ = outcome->message;
    warnings_ = outcome->warnings;
  }

  int64_t orders_ = 0, customers_ = 0;
  std::string message_;
  std::vector<std::string> warnings_;
};

TEST_F(ComputedContainersTest, AComputedFileIsProfiledAndScanned) {
  const int64_t paid = MakeFile("paid", orders_, "id, amount * 2 AS twice", "state = 'paid'");
  Profile();
  EXPECT_EQ(message_, "");
  EXPECT_EQ(RecordsOf(paid), 2);
  EXPECT_THAT(Fields(paid), ElementsAre("id Active", "twice Active"));
  AddCheck(paid, "notNegative", "twice");
  ASSERT_TRUE(Run("scan"));
  const auto anomalies = Anomalies(paid);
  ASSERT_EQ(anomalies.size(), 1u);
  EXPECT_EQ(anomalies[0].relative_path, "orders.csv");
}

TEST_F(ComputedContainersTest, InferenceAndHoldoutReadComputedRows) {
  std::string text = "id,amount,state,customer\n";
  for (int i = 0; i < 1000; ++i) text += fmt::format("{},{},paid,1\n", i, i % 7 + 1);
  Write("orders.csv", text);
  ASSERT_TRUE(Run("sync"));
  const int64_t all = MakeFile("all", orders_, "id, amount + 1 AS more");
  const int64_t groups =
      MakeFile("groups", orders_, "amount, count(*) AS n", nullptr, "amount");
  ASSERT_TRUE(Run("profile"));
  EXPECT_THAT(last_.warnings, testing::IsEmpty());
  EXPECT_THAT(store::QualityChecks(database()).AllOf(all).value(),
              Contains(testing::Field(&store::QualityCheck::rule_type, "notNull")));
  EXPECT_EQ(RecordsOf(groups), 7);
}

TEST_F(ComputedContainersTest, ASyncLeavesThemAsTheyAre) {
  const int64_t paid = MakeFile("new.csv", orders_, "id");
  Profile();
  Write("new.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync", Json::object({{"prune", true}})));
  EXPECT_THAT(ContainerNames(),
              UnorderedElementsAre("orders.csv", "customers.csv", "new.csv", "new.csv #2"));
  EXPECT_EQ(Find("new.csv").id, paid);
  EXPECT_EQ(Find("new.csv").definition["select_clause"], "id");
  EXPECT_FALSE(Find("new.csv").is_missing);
  EXPECT_THAT(Fields(paid), ElementsAre("id Active"));
}

TEST_F(ComputedContainersTest, GroupsHaveNoFilesAndAreReadAsAWhole) {
  const int64_t totals =
      MakeFile("totals", orders_, "state, sum(amount) AS total", nullptr, "state");
  Profile();
  EXPECT_EQ(RecordsOf(totals), 2);
  AddCheck(totals, "between", "total", Json::object({{"min", 12}, {"max", 100}}));
  ASSERT_TRUE(Run("scan", Json::object({{"incremental", true}})));
  ASSERT_EQ(Anomalies(totals).size(), 1u);
  Write("orders.csv", "id,amount,state,customer\n1,10,open,1\n2,20,paid,2\n4,1,late,1\n");
  ASSERT_TRUE(Run("sync"));
  ASSERT_TRUE(Run("scan", Json::object({{"incremental", true}})));
  EXPECT_EQ(last_.counters.records_processed, 3) << PrintJson(Json(last_.warnings));
}

TEST_F(ComputedContainersTest, AJoinReachesOtherDatastores) {
  const int64_t other = AddFolder("other", false);
  std::ofstream(directory_ / "other" / "regions.csv") << "name,region\nAnn,north\nBob,south\n";
  ASSERT_TRUE(RunOn(other, "sync"));
  const int64_t regions =
      store::Containers(database()).FindByName(other, "regions.csv").value().id;
  const int64_t join = Make("joined", kComputedJoin,
                            Json::object({{"left_container_id", customers_},
                                          {"left_join_field_name", "name"},
                                          {"left_prefix", "c"},
                                          {"right_container_id", regions},
                                          {"right_join_field_name", "name"},
                                          {"right_prefix", "r"},
                                          {"select_clause", "c.id AS id, r_region"}}));
  Profile();
  EXPECT_EQ(message_, "");
  EXPECT_EQ(RecordsOf(join), 2);
  EXPECT_THAT(Fields(join), ElementsAre("id Active", "r_region Active"));
  const int64_t of_join = MakeFile("of join", join, "r_region AS region", "id = 2");
  Profile();
  EXPECT_EQ(RecordsOf(of_join), 1);
}

TEST_F(ComputedContainersTest, ChecksCompareWithComputedContainers) {
  const int64_t known = MakeFile("known", customers_, "id", "name = 'Ann'");
  Profile();
  AddCheck(orders_, "existsIn", "customer",
           Json::object({{"field_name", "id"}, {"ref_container_id", known}}));
  ASSERT_TRUE(Run("scan"));
  EXPECT_EQ(Anomalies(orders_).size(), 1u);
}

TEST_F(ComputedContainersTest, AVanishedSourceOrFieldFailsThatContainerOnly) {
  const int64_t gone = MakeFile("gone", customers_, "id");
  const int64_t broken = MakeFile("broken", orders_, "id, state");
  const int64_t good = MakeFile("good", orders_, "id");
  ASSERT_TRUE(store::Containers(database()).MarkDeleted(customers_, store::At(1)));
  Write("orders.csv", "id,amount,customer\n1,10,1\n");
  ASSERT_TRUE(Run("sync"));
  const auto outcome = Run("profile");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->warnings,
              Contains(HasSubstr("gone: the container that it is made of was deleted")));
  EXPECT_THAT(outcome->warnings,
              Contains(HasSubstr("broken: select_clause: line 1, column 5: no such field: "
                                 "'state'")));
  EXPECT_EQ(RecordsOf(good), 1);
  EXPECT_EQ(RecordsOf(gone), -1);
  EXPECT_EQ(RecordsOf(broken), -1);
}

TEST_F(ComputedContainersTest, ACycleIsRefusedWhenItIsOpened) {
  const int64_t first = MakeFile("first", orders_, "id");
  const int64_t second = MakeFile("second", first, "id");
  Profile();
  store::Container changed = Find("first");
  changed.definition["source_container_id"] = second;
  EXPECT_EQ(PlanFields(database(), changed).error().message,
            "a container cannot be computed of itself: first");
  ASSERT_TRUE(store::Containers(database()).Redefine(changed));
  const auto outcome = Run("profile");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("cannot be computed of itself")));
}

TEST_F(ComputedContainersTest, ComputedFieldsAreProfiledAndChecked) {
  MakeField(orders_, "twice", "amount * 2");
  MakeField(orders_, "four times", "twice * 2");
  EXPECT_THAT(Fields(orders_),
              ElementsAre("id Active", "amount Active", "state Active", "customer Active"));
  Profile();
  EXPECT_THAT(Fields(orders_),
              ElementsAre("id Active", "amount Active", "state Active", "customer Active",
                          "twice Active", "four times Active"));
  AddCheck(orders_, "notNegative", "four times");
  ASSERT_TRUE(Run("scan"));
  ASSERT_EQ(Anomalies(orders_).size(), 1u);
  // A sync that reads the file again keeps them.
  Write("orders.csv", "id,amount,state,customer\n1,10,open,1\n");
  ASSERT_TRUE(Run("sync"));
  EXPECT_THAT(Fields(orders_), Contains("four times Active"));
}

TEST_F(ComputedContainersTest, AComputedFieldWithoutItsSourceIsLeftOut) {
  MakeField(orders_, "big", "upper(state)");
  MakeField(orders_, "bigger", "concat(big, '!')");
  Profile();
  EXPECT_THAT(Fields(orders_), Contains("bigger Active"));
  Write("orders.csv", "id,amount,customer\n1,10,1\n");
  ASSERT_TRUE(Run("sync"));
  EXPECT_THAT(Fields(orders_), Contains("bigger Missing"));
  Profile();
  EXPECT_EQ(RecordsOf(orders_), 1);
  EXPECT_THAT(warnings_, Contains(HasSubstr(
                             "big: the computed field is left out: properties: no such field: "
                             "'state'")));
  EXPECT_THAT(warnings_, Contains(HasSubstr("bigger: the computed field is left out")));
}

TEST_F(ComputedContainersTest, AComputedContainerHasComputedFieldsToo) {
  const int64_t paid = MakeFile("paid", orders_, "id, amount");
  MakeField(paid, "negative", "amount < 0");
  Profile();
  EXPECT_THAT(Fields(paid), ElementsAre("id Active", "amount Active", "negative Active"));
  EXPECT_EQ(RecordsOf(paid), 3);
}

TEST_F(ComputedContainersTest, NamesMayHoldAnything) {
  Write("ü.csv", "\"a \"\"b\"\"\",c'd\n1,x\n");
  ASSERT_TRUE(Run("sync"));
  const int64_t odd = MakeFile("o'd\"d", Find("ü.csv").id, "`a \"b\"` AS `x\"'y`, `c'd`");
  MakeField(odd, "z\"'", "concat(`c'd`, `x\"'y`)");
  Profile();
  EXPECT_EQ(message_, "");
  EXPECT_THAT(Fields(odd), ElementsAre("x\"'y Active", "c'd Active", "z\"' Active"));
}

TEST_F(ComputedContainersTest, PlansFieldsWithoutReading) {
  store::Container container;
  container.container_type = kComputedFile;
  container.definition =
      MergeDefinition(
          kComputedFile, {},
          Json::object({{"source_container_id", orders_}, {"select_clause", "*, id AS other"}}))
          .value();
  EXPECT_THAT(PlanFields(database(), container).value(),
              ElementsAre("id", "amount", "state", "customer", "other"));
  container.definition["source_container_id"] = 99;
  EXPECT_EQ(PlanFields(database(), container).error().message,
            "source_container_id: there is no container 99; name another one");
  container.definition["source_container_id"] = MakeFile("unread", orders_, "id");
  EXPECT_EQ(PlanFields(database(), container).error().message,
            "source_container_id: no field of unread is known yet; profile it first");
}

TEST_F(ComputedContainersTest, MergesDefinitionsByTheirKeys) {
  const Json before = MergeDefinition(kComputedFile, {},
                                      Json::object({{"source_container_id", 7},
                                                    {"select_clause", "a"},
                                                    {"where_clause", " "},
                                                    {"name", "x"}}))
                          .value();
  EXPECT_EQ(before, Json::object({{"source_container_id", 7},
                                  {"select_clause", "a"},
                                  {"where_clause", nullptr},
                                  {"group_by_clause", nullptr}}));
  EXPECT_EQ(MergeDefinition(kComputedFile, before, Json::object({{"where_clause", "a > 1"}}))
                .value()["where_clause"],
            "a > 1");
  EXPECT_EQ(MergeDefinition(kComputedFile, {}, Json::object({{"select_clause", "a"}}))
                .error()
                .message,
            "source_container_id: is required");
  EXPECT_EQ(MergeDefinition(kComputedJoin, {},
                            Json::object({{"left_container_id", 1},
                                          {"right_container_id", 2},
                                          {"join_type", "full"},
                                          {"select_clause", "a"}}))
                .value()["join_type"],
            "outer");
  EXPECT_EQ(MergeDefinition("computed_cube", {}, Json::object()).error().kind,
            ErrorKind::kUnsupported);
}

TEST_F(ComputedContainersTest, FieldsMayBeMadeOfOnesThatNoProfileFoundYet) {
  Write("orders.csv", "id,name\n1,a\n");
  ASSERT_TRUE(Run("sync"));
  const int64_t orders = Find("orders.csv").id;
  MakeField(orders, "second", "first * 2");
  MakeField(orders, "first", "id + 1");
  store::ComputedField third;
  third.container_id = orders;
  third.name = "third";
  third.transformation = "customExpression";
  third.properties = Json::object({{"column_expression", "second - first"}});
  EXPECT_TRUE(CheckComputedField(database(), third));
  third.properties["column_expression"] = "third + 1";
  EXPECT_FALSE(CheckComputedField(database(), third));
}

TEST_F(ComputedContainersTest, KnowsWhatFieldsAreMadeOf) {
  Write("orders.csv", "id,name\n1,a\n");
  ASSERT_TRUE(Run("sync"));
  const int64_t orders = Find("orders.csv").id;
  MakeField(orders, "big", "upper(name)");
  ASSERT_TRUE(Run("profile"));  // which finds it
  const int64_t copy = MakeFile("copy", orders, "id, concat(name, big) AS both");
  const auto of = [&](int64_t container) {
    std::vector<std::string> origins;
    const auto stored = store::Containers(database()).Get(container).value();
    for (const auto found = OriginsOf(database(), stored).value();
         const FieldOrigin& origin : found)
      origins.push_back(
          fmt::format("{}: {}", origin.field, fmt::join(origin.source_fields, " ")));
    return origins;
  };
  EXPECT_THAT(of(orders), testing::ElementsAre("big: name"));
  EXPECT_THAT(of(copy), testing::ElementsAre("id: id", "both: name big"));
}

}  // namespace
}  // namespace assay::operations
