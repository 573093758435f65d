#include "operations/check_templates.h"

#include <gmock/gmock.h>

#include "rules/check_file.h"
#include "tests/store/store_fixture.h"

namespace assay::operations {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class CheckTemplatesTest : public store::StoreTest {
 protected:
  CheckTemplatesTest() {
    template_.created = store::At(0);
    template_.rule_type = "notNull";
    template_.description = "must be set";
    template_.filter = "region = each('EU', 'US')";
    template_.tags = {"gold"};
    template_.additional_metadata = {{"from", "library"}};
  }

  /// Stores the template and a check for each of its variants, on `field`.
  void StoreWithChecks(const std::string& field = "id") {
    template_ = store::CheckTemplates(database()).Create(template_).value();
    AddChecks(field);
  }

  void AddChecks(const std::string& field) {
    const auto variants = VariantsOf(template_);
    for (const TemplateVariant& variant : variants.value()) {
      store::QualityCheck check = DeriveCheck(template_, variant);
      check.container_id = container_;
      check.fields = {field};
      ASSERT_TRUE(checks_.Create(check));
    }
  }

  /// Saves the template as it is now; the checks follow.
  Status Save() {
    store::CheckTemplates templates(database());
    const auto before = templates.Get(template_.id).value();
    const auto derived = checks_.OfTemplate(template_.id).value();
    ASSAY_TRY(const auto changes, ChangesOf(before, template_, derived, "ana", store::At(7)));
    ASSAY_RETURN_IF_ERROR(templates.Update(template_));
    return ApplyTemplateChanges(database(), changes);
  }

  std::vector<std::string> Filters() {
    std::vector<std::string> filters;
    const auto checks = checks_.AllOf(container_);
    for (const auto& check : checks.value()) filters.push_back(check.filter.value_or("none"));
    return filters;
  }

  const int64_t container_ = AddContainer(AddDatastore("orders").id, "a.csv").id;
  store::QualityChecks checks_{database()};
  store::CheckTemplate template_;
};

TEST_F(CheckTemplatesTest, EachCombinationIsAVariant) {
  template_.filter = "region = each('EU', 'US') AND size > each(1, 2)";
  const auto variants = VariantsOf(template_).value();
  ASSERT_THAT(variants, SizeIs(4));
  EXPECT_EQ(variants[2].filter, "region = 'US' AND size > 1");
  EXPECT_EQ(variants[2].values, Json::array({"US", 1}));
  template_.filter.reset();
  ASSERT_THAT(VariantsOf(template_).value(), SizeIs(1));
  EXPECT_EQ(VariantsOf(template_)->front().filter, std::nullopt);
  EXPECT_EQ(VariantsOf(template_)->front().values, Json::array());
  template_.filter = "region = each()";
  EXPECT_THAT(VariantsOf(template_).error().message, HasSubstr("filter: line 1, column 15"));
}

TEST_F(CheckTemplatesTest, IsValidatedWithoutAContainer) {
  EXPECT_TRUE(ValidateTemplate(template_));
  template_.filter = "region = = each('EU', 'US')";
  EXPECT_THAT(ValidateTemplate(template_).error().message, HasSubstr("filter: line 1"));
  template_.filter = "region = each('EU') AND id > {{ low }}";
  EXPECT_TRUE(ValidateTemplate(template_));
  template_.rule_type = "nonsense";
  EXPECT_EQ(ValidateTemplate(template_).error().kind, ErrorKind::kInvalidInput);
}

TEST_F(CheckTemplatesTest, ChecksTakeOverWhatItSaysButNoIdentity) {
  template_.id = 3;
  template_.coverage = 0.5;
  template_.properties = {{"x", 1}};
  template_.anomaly_message_field = "note";
  template_.additional_metadata[std::string(rules::kCheckUidKey)] = "original";
  const store::QualityCheck check = DeriveCheck(template_, VariantsOf(template_)->back());
  EXPECT_EQ(check.rule_type, "notNull");
  EXPECT_EQ(check.filter, "region = 'US'");
  EXPECT_EQ(check.coverage, 0.5);
  EXPECT_EQ(check.properties, template_.properties);
  EXPECT_EQ(check.description, "must be set");
  EXPECT_EQ(check.anomaly_message_field, "note");
  EXPECT_THAT(check.tags, ElementsAre("gold"));
  EXPECT_EQ(check.additional_metadata, Json({{"from", "library"}}));
  EXPECT_EQ(check.template_id, 3);
  EXPECT_EQ(check.template_values, Json::array({"US"}));
  EXPECT_FALSE(check.inferred);
  const store::CheckTemplate back = TemplateOf(check);
  EXPECT_EQ(back.rule_type, "notNull");
  EXPECT_EQ(back.filter, "region = 'US'");
  EXPECT_EQ(back.coverage, 0.5);
  EXPECT_EQ(back.anomaly_message_field, "note");
  EXPECT_THAT(back.tags, ElementsAre("gold"));
}

TEST_F(CheckTemplatesTest, ChecksOfALockedOneFollowIt) {
  template_.is_locked = true;
  StoreWithChecks();
  EXPECT_THAT(Filters(), ElementsAre("region = 'EU'", "region = 'US'"));
  const int64_t first = checks_.AllOf(container_)->front().id;
  template_.filter = "region = each('EU', 'US') AND id > 5";
  template_.coverage = 0.9;
  template_.description = "another text";
  template_.additional_metadata = {{"other", 1}};
  ASSERT_TRUE(Save());
  EXPECT_THAT(Filters(), ElementsAre("region = 'EU' AND id > 5", "region = 'US' AND id > 5"));
  const store::QualityCheck check = checks_.Get(first).value();
  EXPECT_EQ(check.coverage, 0.9);
  EXPECT_EQ(check.description, "must be set");
  EXPECT_EQ(check.additional_metadata, Json({{"from", "library"}}));
  EXPECT_EQ(check.last_editor, "ana");
  EXPECT_EQ(check.last_updated, store::At(7));
}

TEST_F(CheckTemplatesTest, ChecksOfAnUnlockedOneAreIndependent) {
  StoreWithChecks();
  template_.filter = "region = each('EU', 'US') AND id > 5";
  template_.coverage = 0.9;
  ASSERT_TRUE(Save());
  EXPECT_THAT(Filters(), ElementsAre("region = 'EU'", "region = 'US'"));
}

TEST_F(CheckTemplatesTest, TagsFollowInBothCases) {
  for (const bool is_locked : {true, false}) {
    template_.is_locked = is_locked;
    template_.tags = {"gold"};
    StoreWithChecks(is_locked ? "id" : "name");
    store::QualityCheck own = checks_.OfTemplate(template_.id)->front();
    own.tags = {"gold", "own"};
    ASSERT_TRUE(checks_.Update(own));
    template_.tags = {"silver"};
    ASSERT_TRUE(Save());
    const auto derived = checks_.OfTemplate(template_.id).value();
    EXPECT_THAT(derived.front().tags, ElementsAre("own", "silver"));
    EXPECT_THAT(derived.back().tags, ElementsAre("silver"));
  }
}

TEST_F(CheckTemplatesTest, NewValuesMakeChecksForEveryTarget) {
  for (const bool is_locked : {true, false}) {
    template_.is_locked = is_locked;
    template_.filter = "region = each('EU', 'US')";
    StoreWithChecks(is_locked ? "id" : "name");
    AddChecks(is_locked ? "city" : "street");
    template_.filter = "region = each('EU', 'US', 'UK')";
    ASSERT_TRUE(Save());
    const auto derived = checks_.OfTemplate(template_.id).value();
    ASSERT_THAT(derived, SizeIs(6));
    EXPECT_EQ(derived[4].filter, "region = 'UK'");
    EXPECT_EQ(derived[5].filter, "region = 'UK'");
    EXPECT_EQ(derived[5].description, "must be set");
    ASSERT_TRUE(Save());
    EXPECT_THAT(checks_.OfTemplate(template_.id).value(), SizeIs(6));
  }
}

TEST_F(CheckTemplatesTest, ValuesThatAreGoneTakeTheChecksOfALockedOneOnly) {
  template_.is_locked = true;
  StoreWithChecks("id");
  const int64_t us = checks_.OfTemplate(template_.id)->back().id;
  const int64_t operation = AddOperation(checks_.Get(us)->datastore_id, "scan").id;
  store::NewAnomaly found;
  found.anomaly.uuid = "uuid-1";
  found.anomaly.container_id = container_;
  found.anomaly.operation_id = operation;
  found.anomaly.container_scan_id = AddScan(operation, container_);
  found.anomaly.type = "record";
  found.anomaly.failed_checks = {{.check_id = us, .rule_type = "notNull", .message = "m"}};
  ASSERT_TRUE(store::Anomalies(database()).Add({found}));
  template_.filter = "region = each('EU')";
  ASSERT_TRUE(Save());
  EXPECT_THAT(Filters(), ElementsAre("region = 'EU'"));
  EXPECT_THAT(store::Anomalies(database()).List({}, {})->items, IsEmpty());

  template_.is_locked = false;
  template_.filter = "region = each('EU', 'US')";
  StoreWithChecks("name");
  template_.filter = "region = each('EU')";
  ASSERT_TRUE(Save());
  EXPECT_THAT(checks_.OfTemplate(template_.id).value(), SizeIs(2));
}

TEST_F(CheckTemplatesTest, ArchivedChecksAreNoTargetButFollow) {
  template_.is_locked = true;
  StoreWithChecks();
  const auto derived = checks_.OfTemplate(template_.id);
  for (const auto& check : *derived) {
    ASSERT_TRUE(checks_.Archive(check.id, "Discarded", "ana", store::At(1)));
  }
  template_.filter = "region = each('US', 'UK') AND id > 5";
  ASSERT_TRUE(Save());
  EXPECT_THAT(Filters(), ElementsAre("region = 'US' AND id > 5"));
}

TEST_F(CheckTemplatesTest, ChecksThatAreThereAlreadyAreNotMadeAgain) {
  StoreWithChecks();
  store::QualityCheck other = NewCheck(container_, "notNull", "id");
  other.filter = "region = 'UK'";
  ASSERT_TRUE(checks_.Create(other));
  template_.filter = "region = each('EU', 'US', 'UK')";
  ASSERT_TRUE(Save());
  EXPECT_THAT(checks_.OfTemplate(template_.id).value(), SizeIs(2));
}

TEST_F(CheckTemplatesTest, RefusesAChangeThatMakesTwoAssertTheSame) {
  template_.is_locked = true;
  StoreWithChecks();
  store::QualityCheck other = NewCheck(container_, "notNull", "id");
  other.filter = "id > 5 AND region = 'US'";
  ASSERT_TRUE(checks_.Create(other));
  template_.filter = "id > 5 AND region = each('EU', 'US')";
  EXPECT_EQ(Save().error().kind, ErrorKind::kConflict);
}

}  // namespace
}  // namespace assay::operations
