// Tests of api/rest/computed_fields.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::StartsWith;

class ComputedFieldsTest : public ApiTest {
 protected:
  int64_t datastore_ = MakeDatastore("lake");
  int64_t orders_ = MakeContainer(datastore_, "orders.csv");

  Json Expression(const std::string& name, const std::string& expression) const {
    return Json::object({{"name", name},
                         {"transformation", "customExpression"},
                         {"source_fields", nullptr},
                         {"properties", Json::object({{"column_expression", expression}})},
                         {"container_id", orders_}});
  }
  Json Cast(const std::string& name, const std::string& source, const Json& properties) const {
    return Json::object({{"name", name},
                         {"transformation", "cast"},
                         {"source_fields", Json::array({source})},
                         {"properties", properties},
                         {"container_id", orders_}});
  }
  int64_t Make(const Json& body) {
    return Call("POST", "/computed-fields", 201, body)["id"].get<int64_t>();
  }
  static std::string PathOf(int64_t id) { return fmt::format("/computed-fields/{}", id); }
};

TEST_F(ComputedFieldsTest, MakesOneAndShowsItWithItsContainer) {
  const Json made =
      Call("POST", "/computed-fields", 201, Expression("full", "concat(id, name)"));
  EXPECT_EQ(made["name"], "full");
  EXPECT_EQ(made["transformation_type"], "customExpression");
  EXPECT_EQ(made["source_fields"], Json::array());
  EXPECT_EQ(made["properties"]["column_expression"], "concat(id, name)");
  EXPECT_EQ(made["container_id"], orders_);
  EXPECT_EQ(Call("GET", fmt::format("/containers/{}", orders_), 200)["computed_fields"],
            Json::array({made}));
  const Json cast = Call(
      "POST", "/computed-fields", 201,
      Cast("day", "name", Json::object({{"target_type", "date"}, {"format", "dd/MM/yyyy"}})));
  EXPECT_EQ(cast["source_fields"], Json::array({Json::object({{"name", "name"}})}));
}

TEST_F(ComputedFieldsTest, ChecksCanBeAboutItOnceItWasProfiled) {
  Make(Expression("full", "concat(id, name)"));
  const Json check = Json::object({{"container_id", orders_},
                                   {"rule", "notNull"},
                                   {"description", "d"},
                                   {"fields", Json::array({"full"})}});
  Call("POST", "/quality-checks", 422, check);
  EXPECT_TRUE(store::FieldRecords(installation_->database())
                  .Synchronize(orders_,
                               {{.name = "id", .type = "Integral", .native_type = "BIGINT"},
                                {.name = "full", .type = "String", .native_type = "VARCHAR"}},
                               clock_.Now()));
  Call("POST", "/quality-checks", 201, check);
}

TEST_F(ComputedFieldsTest, SaysWhatIsWrong) {
  EXPECT_THAT(
      Faults("POST", "/computed-fields", Expression("full", "concat(id, nam)")),
      ElementsAre(Pair("body.properties", "no such field: 'nam'; did you mean 'name'?")));
  EXPECT_THAT(Faults("POST", "/computed-fields", Expression("full", "id +")),
              ElementsAre(Pair("body.properties.column_expression",
                               StartsWith("line 1, column 5: expected a value"))));
  EXPECT_THAT(
      Faults("POST", "/computed-fields", Expression("full", "rank() OVER (ORDER BY id)")),
      ElementsAre(Pair("body.properties.column_expression",
                       HasSubstr("window functions are not supported"))));
  EXPECT_THAT(Faults("POST", "/computed-fields", Expression("ID", "id")),
              ElementsAre(Pair("body.name", HasSubstr("has a field of this name"))));
  EXPECT_THAT(Faults("POST", "/computed-fields",
                     Cast("x", "idd", Json::object({{"target_type", "int"}}))),
              ElementsAre(Pair("body.source_fields", HasSubstr("no such field: 'idd'"))));
  EXPECT_THAT(Faults("POST", "/computed-fields",
                     Cast("x", "id", Json::object({{"target_type", "money"}}))),
              ElementsAre(Pair("body.properties.target_type", HasSubstr("money"))));
  Json body = Expression("x", "id");
  body["container_id"] = 99;
  EXPECT_THAT(Faults("POST", "/computed-fields", body),
              ElementsAre(Pair("body.container_id", "no container 99")));
  body["transformation"] = "custom";
  body["container_id"] = orders_;
  EXPECT_THAT(Faults("POST", "/computed-fields", body),
              ElementsAre(Pair("body.transformation", HasSubstr("must be cast, "))));
  Make(Expression("full", "name"));
  Call("POST", "/computed-fields", 409, Expression("full", "name"));
}

TEST_F(ComputedFieldsTest, PutChangesAndKeepsTheRest) {
  const int64_t id = Make(Cast("n", "name", Json::object({{"target_type", "int"}})));
  const Json changed =
      Call("PUT", PathOf(id), 200,
           Json::object({{"properties", Json::object({{"target_type", "bigint"}})}}));
  EXPECT_EQ(changed["properties"]["target_type"], "bigint");
  EXPECT_EQ(changed["name"], "n");
  EXPECT_EQ(Call("PUT", PathOf(id), 200, changed), changed);
  EXPECT_THAT(Faults("PUT", PathOf(id), Json::object({{"name", "name"}})),
              ElementsAre(Pair("body.name", HasSubstr("has a field of this name"))));
  Call("PUT", PathOf(99), 404, Json::object());
}

TEST_F(ComputedFieldsTest, OneWithChecksGoesOnlyByForce) {
  const int64_t id = Make(Expression("full", "name"));
  EXPECT_TRUE(store::FieldRecords(installation_->database())
                  .Synchronize(orders_,
                               {{.name = "name", .type = "String", .native_type = "VARCHAR"},
                                {.name = "full", .type = "String", .native_type = "VARCHAR"}},
                               clock_.Now()));
  Call("POST", "/quality-checks", 201,
       Json::object({{"container_id", orders_},
                     {"rule", "notNull"},
                     {"description", "d"},
                     {"fields", Json::array({"full"})}}));
  EXPECT_THAT(Call("DELETE", PathOf(id), 409)["message"].get<std::string>(),
              HasSubstr("full (1 check)"));
  Call("PUT", PathOf(id), 409, Json::object({{"name", "other"}}));
  Call("DELETE", PathOf(id) + "?force_drop_fields=true", 204);
  Call("DELETE", PathOf(id), 404);
}

TEST_F(ComputedFieldsTest, ListsTransformations) {
  const Json list = Call("GET", "/computed-fields/specifications", 200);
  EXPECT_THAT(
      Pluck(list, "transformation"),
      ElementsAre("cast", "cleanedEntityName", "convertFormattedNumeric", "customExpression"));
  EXPECT_EQ(list[1]["source_field_types"], Json::array({"String"}));
  EXPECT_TRUE(list[0]["properties"]["properties"].contains("target_type"));
}

TEST_F(ComputedFieldsTest, NeedsEditorsAndIsAudited) {
  Call("POST", "/teams", 201, Json::object({{"name", "elsewhere"}, {"permission", "Editor"}}));
  const std::string member = TokenOf("ann", "Member");
  const int64_t id = Make(Expression("full", "name"));
  Call("PUT", fmt::format("/datastores/{}", datastore_), 200,
       Json::object({{"teams", Json::array({"elsewhere"})}}));
  EXPECT_EQ(Send("PUT", PathOf(id), "{}", member).status, 404);
  EXPECT_EQ(Send("DELETE", PathOf(id), "", member).status, 404);
  EXPECT_EQ(Send("POST", "/computed-fields", PrintJson(Expression("x", "name")), member).status,
            404);
  const Json entries = Call(
      "GET", fmt::format("/audit?entity_type=computed_field&entity_id={}", id), 200)["items"];
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0]["action"], "create");
  EXPECT_EQ(entries[0]["entity_name"], "full");
}

}  // namespace
}  // namespace assay::api
