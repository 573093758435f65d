// Tests of api/rest/fields.cc.

#include "store/field_tags.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Key;

class FieldsTest : public ApiTest {
 protected:
  int64_t container_ = MakeContainer(MakeDatastore("lake"), "orders_*.csv");

  void SetUp() override {
    ASSERT_TRUE(
        store::FieldTags(installation_->database())
            .Propose(
                container_,
                {{"id",
                  {{.tag = "card", .sampled_values = 200, .matched = 150, .validated = 100}}}},
                clock_.Now()));
  }

  Json FieldsOf() { return Call("GET", fmt::format("/containers/{}/fields", container_), 200); }
  Json Field() { return FieldsOf()[0]; }
  int64_t Id() { return Field()["id"].get<int64_t>(); }
  Json Change(Json change, int status = 200) {
    change["id"] = Id();
    return Call("PATCH", "/fields", status, Json::array({change}));
  }
};

TEST_F(FieldsTest, ShowsProposedTagsWithWhatSpeaksForThem) {
  EXPECT_EQ(Field()["field_tags"], Json::array({Json::object({{"tag", "card"},
                                                              {"state", "proposed"},
                                                              {"sampled_values", 200},
                                                              {"matched", 0.75},
                                                              {"validated", 0.5}})}));
  EXPECT_THAT(FieldsOf()[1]["field_tags"], IsEmpty());
}

TEST_F(FieldsTest, PeopleAcceptDismissAndAddTags) {
  const Json changed = Change(
      {{"field_tags", Json::array({Json::object({{"tag", "card"}, {"state", "dismissed"}}),
                                   Json::object({{"tag", "iban"}, {"state", "accepted"}})})}});
  EXPECT_EQ(changed[0]["field_tags"][0]["state"], "dismissed");
  EXPECT_EQ(changed[0]["field_tags"][1]["tag"], "iban");
  EXPECT_EQ(changed[0]["field_tags"][1]["state"], "accepted");
  EXPECT_EQ(changed[0]["field_tags"][1]["matched"], nullptr);
  EXPECT_EQ(Field()["field_tags"], changed[0]["field_tags"]);
}

TEST_F(FieldsTest, AFieldIsMaskedAndShownAgain) {
  EXPECT_EQ(Change({{"status", "Masked"}})[0]["status"], "Masked");
  EXPECT_EQ(Field()["status"], "Masked");
  EXPECT_EQ(Change({{"status", "Active"}})[0]["status"], "Active");
}

TEST_F(FieldsTest, AMissingFieldIsNotMasked) {
  ASSERT_TRUE(store::FieldRecords(installation_->database()).SetStatus(Id(), "Missing"));
  const int64_t id = FieldsOf().back()["id"].get<int64_t>();
  Call("PATCH", "/fields", 409,
       Json::array({Json::object({{"id", id}, {"status", "Masked"}})}));
}

TEST_F(FieldsTest, RefusesUnknownFieldsTagsAndStates) {
  Call("PATCH", "/fields", 404,
       Json::array({Json::object({{"id", 999}, {"status", "Masked"}})}));
  const auto refuse = [&](const Json& tag) {
    Change({{"field_tags", Json::array({tag})}}, 422);
  };
  refuse({{"tag", "mail"}, {"state", "accepted"}});
  refuse({{"tag", "email"}, {"state", "maybe"}});
  refuse({{"tag", "email"}});
  Change({{"status", "Excluded"}}, 422);
}

TEST_F(FieldsTest, ADatastoreHasAMaskingPolicy) {
  const std::string path = fmt::format("/datastores/{}", MakeDatastore("masked"));
  EXPECT_EQ(Call("GET", path, 200)["masking"], Json::object());
  const Json policy = {{"card", "last4"}, {"email", "full"}, {"sensitive", "hash"}};
  EXPECT_EQ(Call("PUT", path, 200, {{"masking", policy}})["masking"], policy);
  EXPECT_EQ(Call("GET", path, 200)["masking"], policy);
  EXPECT_EQ(Call("PUT", path, 200, {{"name", "still masked"}})["masking"], policy);
  const auto faults = [&](const Json& masking) {
    return Faults("PUT", path, {{"masking", masking}});
  };
  EXPECT_THAT(faults({{"mail", "full"}}), Contains(Key("body.masking")));
  EXPECT_THAT(faults({{"email", "half"}}), Contains(Key("body.masking")));
}

}  // namespace
}  // namespace assay::api
