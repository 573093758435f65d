#include "operations/check_synchronization.h"

#include <gmock/gmock.h>

#include "operations/check_records.h"
#include "store/fields.h"
#include "tests/store/store_fixture.h"

namespace assay::operations {
namespace {

using store::At;

infer::InferredCheck Between(int min, int max, int level = 2) {
  infer::InferredCheck check;
  check.definition.rule = "between";
  check.definition.fields = {"qty"};
  check.definition.properties = {{"min", min}, {"max", max}};
  check.definition.description = "qty is usual";
  check.level = level;
  check.fitted_rows = 60;
  check.holdout_rows = 40;
  return check;
}

class CheckSynchronizationTest : public store::StoreTest {
 protected:
  SynchronizedChecks Synchronize(const std::vector<infer::InferredCheck>& inferred,
                                 SynchronizationSettings settings = {}) {
    return SynchronizeChecks(database(), container_, inferred, settings, At(5)).value();
  }

  std::vector<store::QualityCheck> All() {
    return store::QualityChecks(database()).AllOf(container_).value();
  }

  const int64_t container_ = AddContainer(AddDatastore("orders").id, "a.csv").id;
};

TEST_F(CheckSynchronizationTest, AddsNewOnesWithTheirEvidence) {
  const SynchronizedChecks outcome = Synchronize({Between(1, 9)});
  EXPECT_EQ(outcome.synchronized, 1);
  EXPECT_EQ(outcome.added, 1);
  const store::QualityCheck check = All().at(0);
  EXPECT_EQ(check.rule_type, "between");
  EXPECT_TRUE(check.inferred);
  EXPECT_EQ(check.status, "Active");
  EXPECT_EQ(check.description, "qty is usual");
  EXPECT_EQ(check.created, At(5));
  EXPECT_EQ(
      check.evidence,
      (Json{
          {"level", 2}, {"fitted_rows", 60}, {"holdout_rows", 40}, {"holdout_exceptions", 0}}));
}

TEST_F(CheckSynchronizationTest, KeepsExamples) {
  infer::InferredCheck check = Between(1, 9);
  check.examples = {Json::object({{"qty", 12}})};
  Synchronize({check});
  EXPECT_EQ(All().at(0).evidence["examples"], Json::array({Json::object({{"qty", 12}})}));
}

TEST_F(CheckSynchronizationTest, RelationsOfOneFieldAreApart) {
  infer::InferredCheck a = Between(1, 9, 3), b = a;
  a.definition.rule = b.definition.rule = "lessThanField";
  a.definition.properties = Json::object({{"field_name", "price"}});
  b.definition.properties = Json::object({{"field_name", "cost"}});
  EXPECT_EQ(Synchronize({a, b}, {.level = 3}).added, 2);
  EXPECT_EQ(Synchronize({a, b}, {.level = 3}).added, 0);
}

TEST_F(CheckSynchronizationTest, UpdatesKnownOnesOnlyWhenTheyAssertSomethingElse) {
  Synchronize({Between(1, 9)});
  EXPECT_EQ(Synchronize({Between(1, 9)}).updated, 0);
  infer::InferredCheck more_rows = Between(1, 9);
  more_rows.fitted_rows = 600;
  EXPECT_EQ(Synchronize({more_rows}).updated, 0);
  EXPECT_EQ(All().at(0).evidence["fitted_rows"], 600);
  const SynchronizedChecks outcome = Synchronize({Between(1, 12)});
  EXPECT_EQ(outcome.updated, 1);
  EXPECT_EQ(outcome.added, 0);
  ASSERT_EQ(All().size(), 1u);
  EXPECT_EQ(All().at(0).properties["max"], 12);
}

TEST_F(CheckSynchronizationTest, NeverTouchesAuthoredOnes) {
  store::QualityCheck authored = NewCheck(container_, "between", "qty");
  authored.properties = {{"min", 3}, {"max", 4}};
  store::QualityChecks(database()).Create(authored).value();
  const SynchronizedChecks outcome = Synchronize({Between(1, 9)});
  EXPECT_EQ(outcome.synchronized, 1);
  EXPECT_EQ(outcome.added, 0);
  ASSERT_EQ(All().size(), 1u);
  EXPECT_EQ(All().at(0).properties["min"], 3);
  EXPECT_FALSE(All().at(0).inferred);
}

TEST_F(CheckSynchronizationTest, LeavesAloneWhatUsersArchived) {
  Synchronize({Between(1, 9)});
  ASSERT_TRUE(
      store::QualityChecks(database()).Archive(All().at(0).id, "Invalid", "ana", At(6)));
  const SynchronizedChecks outcome = Synchronize({Between(1, 12)});
  EXPECT_EQ(outcome.added + outcome.updated, 0);
  EXPECT_EQ(All().at(0).properties["max"], 9);
}

TEST_F(CheckSynchronizationTest, NewOnesCanBeDrafts) {
  Synchronize({Between(1, 9)}, {.level = 2, .infer_as_draft = true});
  EXPECT_EQ(All().at(0).status, "Draft");
  // A user's decision stays.
  store::QualityCheck check = All().at(0);
  check.status = "Active";
  ASSERT_TRUE(store::QualityChecks(database()).Update(check));
  Synchronize({Between(1, 12)}, {.level = 2, .infer_as_draft = true});
  EXPECT_EQ(All().at(0).status, "Active");
}

TEST_F(CheckSynchronizationTest, ALowerLevelArchivesThoseWithoutAnomalies) {
  Synchronize({Between(1, 9)});
  EXPECT_EQ(Synchronize({}, {.level = 2, .infer_as_draft = false}).archived, 0);
  EXPECT_EQ(Synchronize({}, {.level = 1, .infer_as_draft = false}).archived, 1);
  EXPECT_EQ(All().at(0).status, "Discarded");
}

TEST_F(CheckSynchronizationTest, WhatALowerLevelArchivedComesBackWithTheHigherOne) {
  Synchronize({Between(1, 9)});
  Synchronize({}, {.level = 1, .infer_as_draft = false});
  const SynchronizedChecks outcome = Synchronize({Between(1, 12)});
  EXPECT_EQ(outcome.added, 1);
  ASSERT_EQ(All().size(), 1u);
  EXPECT_EQ(All().at(0).status, "Active");
  EXPECT_EQ(All().at(0).deleted_at, std::nullopt);
  EXPECT_EQ(All().at(0).properties["max"], 12);
}

TEST_F(CheckSynchronizationTest, GivesWayToAnAuthoredOneThatAssertsTheSame) {
  Synchronize({Between(1, 9)});
  store::QualityCheck authored = NewCheck(container_, "between", "qty");
  authored.properties = {{"max", 12}, {"min", 1}};
  store::QualityChecks(database()).Create(authored).value();
  const SynchronizedChecks outcome = Synchronize({Between(1, 12)});
  EXPECT_EQ(outcome.archived, 1);
  EXPECT_EQ(outcome.updated, 0);
  ASSERT_EQ(All().size(), 2u);
  EXPECT_EQ(All().at(0).status, "Discarded");
  EXPECT_EQ(All().at(0).properties["max"], 9);
  EXPECT_EQ(All().at(1).status, "Active");
  // It stays away while the authored one is there.
  EXPECT_EQ(Synchronize({Between(1, 13)}).added, 0);
  ASSERT_TRUE(store::QualityChecks(database()).Delete(All().at(1).id));
  EXPECT_EQ(Synchronize({Between(1, 13)}).added, 1);
}

TEST(CheckRecordsTest, UnknownRulesAreRefused) {
  rules::CheckDefinition definition;
  definition.rule = "noSuchRule";
  EXPECT_EQ(ToRecord(definition, 1).error().kind, ErrorKind::kInvalidInput);
}

TEST(CheckRecordsTest, InferenceKeyDoesNotDependOnTheOrderOfFields) {
  rules::CheckDefinition a, b;
  a.rule = b.rule = "anyNotNull";
  a.fields = {"x", "y"};
  b.fields = {"y", "x"};
  EXPECT_EQ(InferenceKey(a), InferenceKey(b));
  b.filter = "x > 0";
  EXPECT_NE(InferenceKey(a), InferenceKey(b));
}

}  // namespace
}  // namespace assay::operations
