#include <fmt/format.h>
#include <gmock/gmock.h>

#include "store/field_tags.h"
#include "store/profiles.h"
#include "store/value_sketches.h"
#include "tests/operations/jobs_fixture.h"

namespace assay::operations {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ProfileJobTest : public JobsTest {
 protected:
  /// 2,000 orders: ids without nulls, quantities from 1 to 10.
  void WriteOrders(const std::string& path, int start) {
    std::string text = "id,quantity,state\n";
    for (int i = start; i < start + 1000; ++i) {
      text += fmt::format("{},{},{}\n", i, i % 10 + 1, i % 3 == 0 ? "open" : "paid");
    }
    Write(path, text);
  }

  void SetUp() override {
    WriteOrders("orders_1.csv", 0);
    WriteOrders("orders_2.csv", 1000);
    ASSERT_TRUE(Run("sync"));
    container_ = Find("orders_*.csv").id;
  }

  std::vector<store::QualityCheck> Checks() {
    return store::QualityChecks(database()).AllOf(container_).value();
  }

  std::vector<std::string> RulesOf(const std::string& field) {
    std::vector<std::string> rules;
    for (const auto& check : Checks()) {
      if (check.fields == std::vector<std::string>{field}) rules.push_back(check.rule_type);
    }
    return rules;
  }

  int64_t container_ = 0;
};

TEST_F(ProfileJobTest, StoresStatisticsOfEveryField) {
  const auto outcome = Run("profile");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "");
  store::Profiles profiles(database());
  const auto latest = profiles.Latest(container_).value();
  ASSERT_TRUE(latest);
  EXPECT_EQ(latest->record_count, 2000);
  EXPECT_EQ(latest->file_count, 2);
  EXPECT_EQ(latest->field_count, 3);
  EXPECT_EQ(latest->operation_id, last_.id);
  store::FieldProfileFilter filter;
  filter.container_ids = {container_};
  filter.name = "quantity";
  const auto fields = profiles.ListFields(filter, {}).value();
  ASSERT_EQ(fields.items.size(), 1u);
  const store::FieldProfile& quantity = fields.items[0];
  EXPECT_EQ(quantity.field_type, "Integral");
  EXPECT_EQ(quantity.record_count, 2000);
  EXPECT_EQ(quantity.null_count, 0);
  EXPECT_EQ(quantity.completeness, 1);
  EXPECT_EQ(quantity.approximate_distinct_values, 10);
  EXPECT_TRUE(quantity.field_id.has_value());
  EXPECT_EQ(quantity.profile["min"], 1);
  EXPECT_EQ(quantity.profile["max"], 10);
  EXPECT_EQ(quantity.profile["mean"], 5.5);
}

/// Customers whose cards and addresses are planted values.
class SensitiveProfileTest : public JobsTest {
 protected:
  void SetUp() override {
    std::string text = "id,contact,card\n";
    for (int i = 0; i < 300; ++i)
      text += fmt::format("{},planted{}@example.org,4111111111111111\n", i, i % 7);
    Write("customers.csv", text);
    ASSERT_TRUE(Run("sync"));
    container_ = Find("customers.csv").id;
  }

  void SetMasking(const Json& masking) {
    store::Datastore datastore = store::Datastores(database()).Get(source_).value();
    datastore.masking = masking;
    ASSERT_TRUE(store::Datastores(database()).Update(datastore));
  }

  std::map<std::string, std::vector<store::FieldTag>> Tags() {
    return store::FieldTags(database()).OfContainer(container_).value();
  }

  /// All that the store holds of profiles and checks, as text.
  std::string Stored() {
    std::string text;
    const store::FieldProfileFilter filter{.container_ids = {container_}};
    for (const auto found = store::Profiles(database()).ListFields(filter, {}).value();
         const auto& field : found.items)
      text += PrintJson(field.profile) + "\n";
    for (const auto found = store::QualityChecks(database()).AllOf(container_).value();
         const auto& check : found)
      text += PrintJson(check.properties) + check.description + "\n";
    return text;
  }

  int64_t container_ = 0;
};

TEST_F(SensitiveProfileTest, ProposesTags) {
  ASSERT_TRUE(Run("profile"));
  ASSERT_THAT(Tags()["contact"], testing::SizeIs(1));
  const store::FieldTag email = Tags()["contact"].front();
  EXPECT_EQ(email.tag, "email");
  EXPECT_EQ(email.state, "proposed");
  EXPECT_EQ(email.sampled_values, 300);
  EXPECT_EQ(email.matched, 300);
  ASSERT_THAT(Tags()["card"], testing::SizeIs(1));
  EXPECT_EQ(Tags()["card"].front().validated, 300);
  EXPECT_THAT(Tags()["id"], IsEmpty());
  EXPECT_THAT(Stored(), HasSubstr("planted3@example.org"));
  EXPECT_THAT(Stored(), HasSubstr("4111111111111111"));
}

TEST_F(SensitiveProfileTest, StoresNoValueThatThePolicyHides) {
  SetMasking({{"sensitive", "full"}});
  ASSERT_TRUE(Run("profile"));
  EXPECT_THAT(Stored(), testing::Not(HasSubstr("planted")));
  EXPECT_THAT(Stored(), testing::Not(HasSubstr("41111111")));
  EXPECT_THAT(Stored(), HasSubstr("***MASKED***"));
}

TEST_F(SensitiveProfileTest, WhatPeopleDismissedIsShown) {
  SetMasking({{"sensitive", "full"}});
  ASSERT_TRUE(Run("profile"));
  for (const auto found = store::FieldRecords(database()).OfContainer(container_).value();
       const auto& field : found) {
    if (field.name == "contact")
      ASSERT_TRUE(
          store::FieldTags(database()).Decide(field.id, "email", "dismissed", store::At(0)));
  }
  ASSERT_TRUE(Run("profile"));
  EXPECT_EQ(Tags()["contact"].front().state, "dismissed");
  EXPECT_THAT(Stored(), HasSubstr("planted3@example.org"));
  EXPECT_THAT(Stored(), testing::Not(HasSubstr("41111111")));
}

/// Orders that refer to customers by texts and by numbers, and to nothing by a line number.
class ReferencesProfileTest : public JobsTest {
 protected:
  void WriteFiles(int unknown_orders) {
    std::string customers = "id,code,name\n", orders = "number,customer,customer_code,line\n";
    for (int i = 1; i <= 200; ++i)
      customers += fmt::format("{},C-{:05},n{}\n", i, i * 37, i % 9);
    for (int i = 0; i < 2000; ++i) {
      const int customer = i < unknown_orders ? 100'000 + i : 1 + i % 150;
      orders += fmt::format("{},{},C-{:05},{}\n", 5000 + i, customer, customer * 37, 1 + i % 7);
    }
    Write("customers.csv", customers);
    Write("orders.csv", orders);
    ASSERT_TRUE(Run("sync"));
  }

  /// field: (key, exceptions)
  std::map<std::string, std::pair<std::string, int64_t>> References(const std::string& name) {
    std::map<std::string, std::pair<std::string, int64_t>> references;
    for (const auto checks = store::QualityChecks(database()).AllOf(Find(name).id).value();
         const store::QualityCheck& check : checks) {
      if (check.rule_type != "existsIn") continue;
      EXPECT_EQ(check.properties["ref_container_id"], Find("customers.csv").id);
      references[check.fields.front()] = {check.properties["field_name"].get<std::string>(),
                                          check.evidence["holdout_exceptions"].get<int64_t>()};
    }
    return references;
  }
};

TEST_F(ReferencesProfileTest, AreFoundByValuesAndNames) {
  WriteFiles(20);
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 3}}));
  using Pair = std::pair<std::string, int64_t>;
  EXPECT_THAT(References("orders.csv"),
              testing::UnorderedElementsAre(testing::Pair("customer", Pair("id", 20)),
                                            testing::Pair("customer_code", Pair("code", 20))));
  EXPECT_THAT(References("customers.csv"), IsEmpty());
  const auto checks = store::QualityChecks(database()).AllOf(Find("orders.csv").id).value();
  const auto check = std::ranges::find(checks, "existsIn", &store::QualityCheck::rule_type);
  ASSERT_NE(check, checks.end());
  EXPECT_EQ(check->description, "customer is found in id of customers.csv");
  EXPECT_EQ(check->evidence["examples"].size(), 3u);
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 3}}));
  EXPECT_EQ(References("orders.csv").size(), 2u);
}

TEST_F(ReferencesProfileTest, AreNotFoundBelowLevel3OrAmongTooManyOthers) {
  WriteFiles(900);
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 3}}));
  EXPECT_THAT(References("orders.csv"), IsEmpty());
  WriteFiles(0);
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 2}}));
  EXPECT_THAT(References("orders.csv"), IsEmpty());
}

TEST_F(ReferencesProfileTest, ValuesOfMaskedFieldsAreNeitherKeptNorShown) {
  WriteFiles(20);
  const auto mask = [&](const std::string& container, const std::string& field) {
    const auto fields = store::FieldRecords(database()).OfContainer(Find(container).id).value();
    const auto found = std::ranges::find(fields, field, &store::Field::name);
    ASSERT_NE(found, fields.end());
    ASSERT_TRUE(store::FieldRecords(database()).SetStatus(found->id, "Masked"));
  };
  mask("customers.csv", "code");
  mask("orders.csv", "customer");
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 3}}));
  EXPECT_THAT(References("orders.csv"), IsEmpty());
  for (const auto kept = store::ValueSketches(database()).OfDatastore(source_).value();
       const store::ValueSketch& sketch : kept)
    EXPECT_THAT(sketch.name, testing::AnyOf("id", "number"));
}

TEST_F(ProfileJobTest, CountsWhatItDid) {
  ASSERT_TRUE(Run("profile"));
  const store::OperationCounters& counters = last_.counters;
  EXPECT_EQ(counters.total_containers, 1);
  EXPECT_EQ(counters.containers_analyzed, 1);
  EXPECT_EQ(counters.partitions_analyzed, 2);
  EXPECT_EQ(counters.records_processed, 2000);
  EXPECT_EQ(counters.fields_profiled, 3);
  EXPECT_EQ(counters.checks_synchronized, static_cast<int64_t>(Checks().size()));
  EXPECT_EQ(counters.checks_added, static_cast<int64_t>(Checks().size()));
  EXPECT_EQ(counters.checks_updated, 0);
}

TEST_F(ProfileJobTest, InfersChecksOfTheLevel) {
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 0}}));
  EXPECT_THAT(Checks(), IsEmpty());
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 1}}));
  EXPECT_THAT(RulesOf("id"), Contains("notNull"));
  EXPECT_THAT(RulesOf("state"), Contains("expectedValues"));
  for (const auto& check : Checks()) {
    EXPECT_TRUE(check.inferred);
    EXPECT_EQ(check.status, "Active");
    EXPECT_EQ(check.evidence["level"], 1);
    EXPECT_NE(check.description, "");
  }
  const size_t of_level_1 = Checks().size();
  ASSERT_TRUE(Run("profile", {{"ai_effort", "medium"}, {"infer_as_draft", true}}));
  EXPECT_GT(Checks().size(), of_level_1);
  EXPECT_EQ(Checks().front().status, "Active");
  EXPECT_EQ(Checks().back().status, "Draft");
}

TEST_F(ProfileJobTest, ASecondRunAddsNothingAndKeepsWhatUsersDid) {
  ASSERT_TRUE(Run("profile"));
  const size_t count = Checks().size();
  store::QualityChecks checks(database());
  const int64_t archived = Checks().front().id;
  ASSERT_TRUE(checks.Archive(archived, "Invalid", "ana", store::At(1)));
  store::QualityCheck authored = Checks().back();
  authored.inferred = false;
  authored.coverage = 0.5;
  ASSERT_TRUE(checks.Update(authored));
  ASSERT_TRUE(Run("profile"));
  EXPECT_EQ(last_.counters.checks_added, 0);
  EXPECT_EQ(Checks().size(), count);
  EXPECT_EQ(checks.Get(archived).value().status, "Invalid");
  EXPECT_EQ(checks.Get(authored.id).value().coverage, 0.5);
}

TEST_F(ProfileJobTest, ALowerLevelArchivesChecksThatFoundNothing) {
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 2}}));
  ASSERT_TRUE(Run("profile", {{"inference_threshold", 1}}));
  for (const auto& check : Checks()) {
    EXPECT_EQ(check.status, check.evidence["level"] == 2 ? "Discarded" : "Active");
  }
}

TEST_F(ProfileJobTest, LimitsRowsOfEachFile) {
  ASSERT_TRUE(Run("profile", {{"max_records_analyzed_per_partition", 100}}));
  EXPECT_EQ(store::Profiles(database()).Latest(container_).value()->record_count, 200);
}

TEST_F(ProfileJobTest, ExcludedFieldsAreLeftOut) {
  store::FieldRecords records(database());
  const auto fields = records.OfContainer(container_).value();
  ASSERT_EQ(fields.at(1).name, "quantity");
  ASSERT_TRUE(records.SetStatus(fields.at(1).id, "Excluded"));
  ASSERT_TRUE(Run("profile"));
  EXPECT_EQ(store::Profiles(database()).Latest(container_).value()->field_count, 2);
  EXPECT_EQ(records.Get(fields.at(1).id).value().status, "Excluded");
}

TEST_F(ProfileJobTest, NamedContainersMustExist) {
  const auto outcome = Run("profile", {{"container_names", {"none.csv"}}});
  EXPECT_EQ(outcome.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(outcome.error().message, HasSubstr("none.csv"));
}

TEST_F(ProfileJobTest, TakesOnlyContainersWithTheTag) {
  Write("other.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  store::Container other = Find("other.csv");
  other.tags = {"gold"};
  ASSERT_TRUE(store::Containers(database()).Update(other));
  ASSERT_TRUE(Run("profile", {{"container_tags", {"gold"}}}));
  EXPECT_THAT(last_.container_ids, ElementsAre(other.id));
  EXPECT_FALSE(store::Profiles(database()).Latest(container_).value().has_value());
}

TEST_F(ProfileJobTest, AContainerThatVanishedSinceTheSyncFailsAlone) {
  Write("other.csv", "id\n1\n");
  ASSERT_TRUE(Run("sync"));
  std::filesystem::remove(directory_ / "orders" / "other.csv");
  const auto outcome = Run("profile");
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->message, "1 container failed");
  EXPECT_THAT(outcome->warnings, Contains(HasSubstr("other.csv")));
}

}  // namespace
}  // namespace assay::operations
