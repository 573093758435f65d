// Computed containers and computed fields, and what still needs a field.

#include <gmock/gmock.h>

#include "store/audit.h"
#include "store/computed_fields.h"
#include "store/datastore_scope.h"
#include "store/fields.h"
#include "store/quality_checks.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ComputedTest : public StoreTest {
 protected:
  Container NewContainer(const std::string& name) {
    Container container;
    container.datastore_id = datastore_;
    container.name = name;
    return container;
  }
  ComputedField NewField(const std::string& name) {
    ComputedField field;
    field.created = At(5);
    field.container_id = orders_;
    field.name = name;
    field.transformation = "cast";
    field.source_fields = {"id"};
    field.properties = Json::object({{"target_type", "int"}});
    return field;
  }

  int64_t datastore_ = AddDatastore("lake").id;
  int64_t orders_ = Containers(database()).Create(NewContainer("orders")).value().id;
};

TEST_F(ComputedTest, ADefinitionComesBackAsItWasStored) {
  Containers containers(database());
  EXPECT_TRUE(containers.Get(orders_).value().definition.is_null());
  Container computed = NewContainer("computed");
  computed.container_type = "computed_file";
  computed.definition =
      Json::object({{"source_container_id", orders_}, {"select_clause", "a"}});
  computed.id = containers.Create(computed).value().id;
  EXPECT_EQ(containers.Get(computed.id).value().definition, computed.definition);
  computed.name = "renamed";
  computed.definition["select_clause"] = "b";
  ASSERT_TRUE(containers.Redefine(computed));
  const Container found = containers.Get(computed.id).value();
  EXPECT_EQ(found.name, "renamed");
  EXPECT_EQ(found.definition["select_clause"], "b");
  ASSERT_EQ(containers.AllComputed().value().size(), 1u);
  computed.name = "orders";
  EXPECT_EQ(containers.Redefine(computed).error().kind, ErrorKind::kConflict);
  ASSERT_TRUE(containers.MarkDeleted(computed.id, At(9)));
  EXPECT_THAT(containers.AllComputed().value(), IsEmpty());
  computed.id = 99;
  computed.name = "other";
  EXPECT_EQ(containers.Redefine(computed).error().kind, ErrorKind::kNotFound);
}

TEST_F(ComputedTest, AFieldComesBackAsItWasStored) {
  ComputedFields fields(database());
  ComputedField field = fields.Create(NewField("n")).value();
  ComputedField found = fields.Get(field.id).value();
  EXPECT_EQ(found.created, At(5));
  EXPECT_EQ(found.container_id, orders_);
  EXPECT_EQ(found.name, "n");
  EXPECT_EQ(found.transformation, "cast");
  EXPECT_THAT(found.source_fields, ElementsAre("id"));
  EXPECT_EQ(found.properties["target_type"], "int");
  field.name = "m";
  field.source_fields = {};
  field.additional_metadata = Json::object({{"a", 1}});
  ASSERT_TRUE(fields.Update(field));
  found = fields.Get(field.id).value();
  EXPECT_EQ(found.name, "m");
  EXPECT_THAT(found.source_fields, IsEmpty());
  EXPECT_EQ(found.additional_metadata["a"], 1);
  EXPECT_EQ(fields.OfContainer(orders_).value().size(), 1u);
  ASSERT_TRUE(fields.Delete(field.id));
  EXPECT_EQ(fields.Get(field.id).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(fields.Delete(field.id).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(fields.Update(field).error().kind, ErrorKind::kNotFound);
}

TEST_F(ComputedTest, NamesOfFieldsAreUniqueInTheirContainer) {
  ComputedFields fields(database());
  ASSERT_TRUE(fields.Create(NewField("n")));
  EXPECT_EQ(fields.Create(NewField("n")).error().kind, ErrorKind::kConflict);
  ComputedField other = fields.Create(NewField("m")).value();
  other.name = "n";
  EXPECT_EQ(fields.Update(other).error().kind, ErrorKind::kConflict);
  other = NewField("x");
  other.container_id = 99;
  EXPECT_EQ(fields.Create(other).error().kind, ErrorKind::kInvalidInput);
}

TEST_F(ComputedTest, AFieldGoesWithItsContainer) {
  const ComputedField field = ComputedFields(database()).Create(NewField("n")).value();
  ASSERT_TRUE(Containers(database()).Delete(orders_));
  EXPECT_EQ(ComputedFields(database()).Get(field.id).error().kind, ErrorKind::kNotFound);
}

TEST_F(ComputedTest, RightsAreThoseOnTheDatastore) {
  const ComputedField field = ComputedFields(database()).Create(NewField("n")).value();
  DatastorePermissions permissions(database());
  EXPECT_TRUE(permissions.Strongest(1, Thing::kComputedField, field.id));
  const auto missing = permissions.Strongest(1, Thing::kComputedField, 99);
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(missing.error().message, HasSubstr("no computed field 99"));
}

TEST_F(ComputedTest, ChecksUseFieldsUntilTheyAreArchived) {
  QualityCheck check;
  check.container_id = orders_;
  check.rule_type = "notNull";
  check.fields = {"id", "name"};
  check.status = "Active";
  check = QualityChecks(database()).Create(check).value();
  FieldRecords fields(database());
  const auto uses = fields.UsesOf(orders_, {"id", "other"}).value();
  ASSERT_EQ(uses.size(), 1u);
  EXPECT_EQ(uses[0].name, "id");
  EXPECT_EQ(uses[0].checks, 1);
  EXPECT_EQ(uses[0].anomalies, 0);
  EXPECT_THAT(fields.UsesOf(99, {"id"}).value(), IsEmpty());
}

}  // namespace
}  // namespace assay::store
