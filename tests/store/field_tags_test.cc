#include "store/field_tags.h"

#include <gmock/gmock.h>

#include "store/audit.h"
#include "store/fields.h"
#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FieldTagsTest : public StoreTest {
 protected:
  FieldTagsTest() {
    container_ = AddContainer(AddDatastore("lake").id, "customers.csv").id;
    const std::vector<Field> fields = {{.name = "contact", .type = "String"},
                                       {.name = "number", .position = 1, .type = "Integral"}};
    EXPECT_TRUE(FieldRecords(database()).Synchronize(container_, fields, At(0)));
    for (const auto found = FieldRecords(database()).OfContainer(container_).value();
         const Field& field : found)
      ids_[field.name] = field.id;
  }

  std::vector<FieldTag> TagsOf(const std::string& field) {
    return FieldTags(database()).OfContainer(container_).value()[field];
  }

  std::vector<std::string> StatesOf(const std::string& field) {
    std::vector<std::string> states;
    for (const FieldTag& tag : TagsOf(field)) states.push_back(tag.tag + " " + tag.state);
    return states;
  }

  void Propose(const std::map<std::string, std::vector<FieldTag>>& found, int64_t at = 1) {
    ASSERT_TRUE(FieldTags(database()).Propose(container_, found, At(at)));
  }

  void Decide(const std::string& field, const std::string& tag, const std::string& state) {
    ASSERT_TRUE(FieldTags(database()).Decide(ids_[field], tag, state, At(5)));
  }

  int64_t container_ = 0;
  std::map<std::string, int64_t> ids_;
};

constexpr int64_t kSampled = 100;

FieldTag Found(const std::string& tag, int64_t matched) {
  return {.tag = tag, .sampled_values = kSampled, .matched = matched, .validated = matched - 1};
}

TEST_F(FieldTagsTest, KeepsWhatProfilesProposed) {
  Propose(
      {{"contact", {Found("email", 90), Found("phone", 5)}}, {"unknown", {Found("ip", 9)}}});
  FieldTag email = Found("email", 90);
  email.updated = At(1);
  EXPECT_EQ(TagsOf("contact").front(), email);
  EXPECT_THAT(StatesOf("contact"), ElementsAre("email proposed", "phone proposed"));
  EXPECT_THAT(StatesOf("unknown"), IsEmpty());
}

TEST_F(FieldTagsTest, ALaterProfileReplacesWhatNobodyDecided) {
  Propose({{"contact", {Found("email", 90), Found("phone", 5)}}});
  Propose({{"contact", {Found("email", 80)}}, {"number", {Found("card", 50)}}}, 2);
  EXPECT_THAT(StatesOf("contact"), ElementsAre("email proposed"));
  EXPECT_EQ(TagsOf("contact").front().matched, 80);
  EXPECT_THAT(StatesOf("number"), ElementsAre("card proposed"));
}

TEST_F(FieldTagsTest, NoProfileUndoesWhatPeopleDecided) {
  Propose({{"contact", {Found("email", 90), Found("phone", 5)}}});
  Decide("contact", "email", "accepted");
  Decide("contact", "phone", "dismissed");
  Decide("number", "card", "accepted");
  Propose({{"contact", {Found("email", 10), Found("phone", 20)}}}, 2);
  EXPECT_THAT(StatesOf("contact"), ElementsAre("email accepted", "phone dismissed"));
  EXPECT_EQ(TagsOf("contact").front().matched, 10);
  Propose({}, 3);
  EXPECT_THAT(StatesOf("contact"), ElementsAre("email accepted", "phone dismissed"));
  EXPECT_THAT(StatesOf("number"), ElementsAre("card accepted"));
}

TEST_F(FieldTagsTest, ADecisionCanBeTakenBack) {
  Propose({{"contact", {Found("email", 90)}}});
  Decide("contact", "email", "dismissed");
  Decide("contact", "email", "proposed");
  EXPECT_THAT(StatesOf("contact"), ElementsAre("email proposed"));
  Decide("number", "card", "accepted");
  Decide("number", "card", "proposed");
  EXPECT_THAT(StatesOf("number"), IsEmpty());
}

TEST_F(FieldTagsTest, RefusesUnknownFieldsAndStates) {
  FieldTags tags(database());
  EXPECT_EQ(tags.Decide(999, "email", "accepted", At(0)).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(tags.Decide(ids_["contact"], "email", "maybe", At(0)).error().kind,
            ErrorKind::kInvalidInput);
}

TEST_F(FieldTagsTest, GoWithTheirField) {
  Propose({{"contact", {Found("email", 90)}}});
  ASSERT_TRUE(Datastores(database())
                  .Delete(Containers(database()).Get(container_).value().datastore_id));
  EXPECT_THAT(TagsOf("contact"), IsEmpty());
}

TEST_F(FieldTagsTest, ADatastoreKeepsItsMasking) {
  Datastore datastore = AddDatastore("masked");
  EXPECT_EQ(datastore.masking, Json::object());
  datastore.masking = {{"email", "full"}};
  ASSERT_TRUE(Datastores(database()).Update(datastore));
  EXPECT_EQ(Datastores(database()).Get(datastore.id).value().masking, datastore.masking);
}

}  // namespace
}  // namespace assay::store
