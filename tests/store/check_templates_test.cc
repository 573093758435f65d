#include "store/check_templates.h"

#include <gmock/gmock.h>

#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CheckTemplatesTest : public StoreTest {
 protected:
  CheckTemplate New(const std::string& rule) {
    CheckTemplate made;
    made.created = made.last_updated = At(0);
    made.rule_type = rule;
    made.description = rule + " template";
    return made;
  }

  CheckTemplate Add(const std::string& rule, bool is_locked = false) {
    CheckTemplate made = New(rule);
    made.is_locked = is_locked;
    return templates_.Create(made).value();
  }

  QualityCheck AddDerived(const CheckTemplate& made, const std::string& field,
                          const Json& values = Json::array()) {
    QualityCheck check = NewCheck(container_, made.rule_type, field);
    check.template_id = made.id;
    check.template_values = values;
    return checks_.Create(check).value();
  }

  std::vector<int64_t> Ids(const CheckTemplateFilter& filter) {
    const auto page = templates_.List(filter, {});
    std::vector<int64_t> ids;
    for (const auto& each : page->items) ids.push_back(each.id);
    return ids;
  }

  const int64_t container_ = AddContainer(AddDatastore("orders").id, "a.csv").id;
  CheckTemplates templates_{database()};
  QualityChecks checks_{database()};
};

TEST_F(CheckTemplatesTest, ComesBackAsItWasStored) {
  CheckTemplate made = New("between");
  made.filter = "region = each('EU', 'US')";
  made.coverage = 0.5;
  made.properties = {{"min", 1}};
  made.is_locked = true;
  made.additional_metadata = {{"a key", "x"}};
  made.anomaly_message_field = "note";
  made.tags = {"gold"};
  made.last_editor = "ana";
  const int64_t id = templates_.Create(made).value().id;
  const CheckTemplate found = templates_.Get(id).value();
  EXPECT_EQ(found.created, At(0));
  EXPECT_EQ(found.rule_type, "between");
  EXPECT_EQ(found.filter, made.filter);
  EXPECT_EQ(found.coverage, 0.5);
  EXPECT_EQ(found.properties, made.properties);
  EXPECT_EQ(found.description, "between template");
  EXPECT_TRUE(found.is_locked);
  EXPECT_EQ(found.additional_metadata, made.additional_metadata);
  EXPECT_EQ(found.anomaly_message_field, "note");
  EXPECT_THAT(found.tags, ElementsAre("gold"));
  EXPECT_EQ(found.last_editor, "ana");
  EXPECT_EQ(found.check_count, 0);
}

TEST_F(CheckTemplatesTest, UpdateWritesAllButTheRule) {
  CheckTemplate made = Add("notNull");
  made.rule_type = "unique";
  made.filter = "id > 1";
  made.tags = {"gold"};
  made.is_locked = true;
  made.last_updated = At(5);
  ASSERT_TRUE(templates_.Update(made));
  const CheckTemplate found = templates_.Get(made.id).value();
  EXPECT_EQ(found.rule_type, "notNull");
  EXPECT_EQ(found.filter, "id > 1");
  EXPECT_THAT(found.tags, ElementsAre("gold"));
  EXPECT_TRUE(found.is_locked);
  EXPECT_EQ(found.last_updated, At(5));
  made.id = 99;
  EXPECT_EQ(templates_.Update(made).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(templates_.Get(99).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(templates_.Delete(99).error().kind, ErrorKind::kNotFound);
}

TEST_F(CheckTemplatesTest, KnowsItsChecksAndTheyKnowIt) {
  const CheckTemplate locked = Add("notNull", true), unlocked = Add("unique");
  const QualityCheck first = AddDerived(locked, "id", Json::array({"EU", 1}));
  const QualityCheck second = AddDerived(locked, "name");
  ASSERT_TRUE(checks_.Archive(second.id, "Invalid", "ana", At(1)));
  EXPECT_EQ(templates_.Get(locked.id)->check_count, 1);
  const auto derived = checks_.OfTemplate(locked.id).value();
  ASSERT_EQ(derived.size(), 2u);
  EXPECT_EQ(derived[0].template_values, Json::array({"EU", 1}));
  EXPECT_EQ(derived[0].template_locked, true);
  EXPECT_EQ(AddDerived(unlocked, "id").template_locked, false);
  EXPECT_EQ(AddCheck(container_, "sum", "id").template_locked, std::nullopt);
  QualityCheckFilter filter;
  filter.template_ids = {locked.id};
  EXPECT_EQ(checks_.List(filter, {})->items.front().id, first.id);
}

TEST_F(CheckTemplatesTest, DeletedItLeavesItsChecksBehind) {
  const CheckTemplate made = Add("notNull", true);
  const int64_t check = AddDerived(made, "id", Json::array({"EU"})).id;
  ASSERT_TRUE(templates_.Delete(made.id));
  const QualityCheck left = checks_.Get(check).value();
  EXPECT_EQ(left.template_id, std::nullopt);
  EXPECT_EQ(left.template_locked, std::nullopt);
  EXPECT_EQ(left.template_values, Json::array());
}

TEST_F(CheckTemplatesTest, ListsByFilter) {
  CheckTemplate tagged = New("between");
  tagged.tags = {"gold"};
  const int64_t between = templates_.Create(tagged)->id;
  const int64_t not_null = Add("notNull", true).id;
  EXPECT_THAT(Ids({}), ElementsAre(between, not_null));
  EXPECT_THAT(Ids({.ids = {not_null}}), ElementsAre(not_null));
  EXPECT_THAT(Ids({.rule_types = {"between"}}), ElementsAre(between));
  EXPECT_THAT(Ids({.tags = {"gold"}}), ElementsAre(between));
  EXPECT_THAT(Ids({.is_locked = true}), ElementsAre(not_null));
  EXPECT_THAT(Ids({.search = "NULL TEMP"}), ElementsAre(not_null));
  EXPECT_THAT(Ids({.search = "other"}), IsEmpty());
  EXPECT_THAT(
      Ids({.sort = CheckTemplateFilter::Sort::kRuleType, .order = SortOrder::kDescending}),
      ElementsAre(not_null, between));
}

}  // namespace
}  // namespace assay::store
