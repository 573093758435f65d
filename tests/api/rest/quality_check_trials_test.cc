// Tests of api/rest/quality_check_trials.cc.

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

class QualityCheckTrialsTest : public ApiTest {
 protected:
  explicit QualityCheckTrialsTest(std::chrono::milliseconds limit = std::chrono::seconds(60))
      : ApiTest(limit) {}

  void SetUp() override {
    datastore_ = MakeDatastore("lake");
    Write("1,5\n2,\n3,-4\n");
    container_ = MakeContainer(datastore_, "orders.csv");
    const std::vector<store::Field> fields = {
        {.name = "id", .position = 0, .type = "Integral", .native_type = "BIGINT"},
        {.name = "quantity", .position = 1, .type = "Integral", .native_type = "BIGINT"}};
    ASSERT_TRUE(store::FieldRecords(installation_->database())
                    .Synchronize(container_, fields, clock_.Now()));
  }

  void Write(const std::string& rows) const {
    std::ofstream(Path("data/lake/orders.csv")) << "id,quantity\n" << rows;
  }

  Json Check() const {
    return {{"container_id", container_}, {"rule", "notNull"}, {"fields", {"quantity"}}};
  }

  Json Validate(const Json& changes, int status = 200, const Json& more = Json::object()) {
    Json check = Check();
    check.update(changes);
    Json body = more;
    body["quality_check"] = check;
    return Call("POST", "/quality-checks/validate", status, body);
  }

  int64_t datastore_ = 0, container_ = 0;
};

TEST_F(QualityCheckTrialsTest, ValidateSaysWhatAScanWouldAndStoresNothing) {
  const Json answer = Validate(Json::object());
  EXPECT_EQ(answer["assertion_result"], "failed");
  EXPECT_EQ(answer["records_processed"], 3);
  EXPECT_EQ(answer["asserted_records"], 3);
  EXPECT_EQ(answer["anomalous_records"], 1);
  EXPECT_EQ(answer["anomaly_count"], 1);
  ASSERT_EQ(answer["anomalies"].size(), 1u);
  const Json& anomaly = answer["anomalies"][0];
  EXPECT_EQ(anomaly["type"], "record");
  EXPECT_THAT(anomaly["message"].get<std::string>(), HasSubstr("quantity"));
  EXPECT_EQ(anomaly["source_records"][0]["record"], Json({{"id", 2}, {"quantity", nullptr}}));
  EXPECT_EQ(anomaly["source_records"][0]["row_number"], 1);
  EXPECT_EQ(Validate({{"filter", "id > 2"}})["assertion_result"], "passed");
  EXPECT_EQ(Call("GET", "/quality-checks?archived=include", 200)["total"], 0);
  EXPECT_EQ(Call("GET", "/anomalies?archived=include", 200)["total"], 0);
  EXPECT_EQ(Call("GET", "/operations", 200)["total"], 0);
}

TEST_F(QualityCheckTrialsTest, ValidateTakesWhatPostTakesWhateverItsStatus) {
  Call("POST", "/quality-checks", 201, Check());
  // That it would be a duplicate, is archived or old by name is no matter of the data.
  EXPECT_EQ(Validate({{"status", "Discarded"}, {"rule", "isNotNull"}})["assertion_result"],
            "failed");
  EXPECT_EQ(Validate({{"rule", "volumetric"},
                      {"fields", Json::array()},
                      {"properties", {{"min", 10}}}})["anomalies"][0]["type"],
            "shape");
}

TEST_F(QualityCheckTrialsTest, RefusesWhatDoesNotFit) {
  const auto faults = [&](const Json& changes) {
    Json check = Check();
    check.update(changes);
    return Faults("POST", "/quality-checks/validate", {{"quality_check", check}});
  };
  EXPECT_THAT(faults({{"fields", {"none"}}}), ElementsAre(Pair("body", HasSubstr("'none'"))));
  EXPECT_THAT(faults({{"rule", "nonsense"}}),
              ElementsAre(Pair("body.rule", HasSubstr("'nonsense'"))));
  EXPECT_THAT(faults({{"container_id", 99}}),
              ElementsAre(Pair("body.container_id", HasSubstr("99"))));
  EXPECT_THAT(faults({{"container_id", "x"}}),
              ElementsAre(Pair("body.quality_check.container_id", "must be a whole number")));
  EXPECT_THAT(Faults("POST", "/quality-checks/validate", Json::object()),
              ElementsAre(Pair("body.quality_check", "is required")));
  const std::string limit = "max_records_analyzed_per_partition";
  for (const int64_t records : {-2, 0, 1'000'001}) {
    Json body = {{"quality_check", Check()}};
    body[limit] = records;
    EXPECT_EQ(Faults("POST", "/quality-checks/validate", body).count("body." + limit), 1u);
  }
}

TEST_F(QualityCheckTrialsTest, DryRunTriesASavedCheck) {
  Json check = Check();
  check["filter"] = "id < {{ high }}";
  check["status"] = "Draft";
  const std::string path = "/quality-checks/" +
                           Call("POST", "/quality-checks", 201, check)["id"].dump() +
                           "/dry-run";
  const Json unasserted = Call("POST", path, 200);
  EXPECT_EQ(unasserted["assertion_result"], "unasserted");
  EXPECT_THAT(unasserted["message"].get<std::string>(), HasSubstr("variable 'high'"));
  const Json failed = Call("POST", path, 200, {{"check_variables", {{"high", "3"}}}});
  EXPECT_EQ(failed["assertion_result"], "failed");
  EXPECT_EQ(failed["asserted_records"], 2);
  const Json passed =
      Call("POST", path, 200,
           {{"check_variables", {{"high", "3"}}}, {"max_records_analyzed_per_partition", 1}});
  EXPECT_EQ(passed["assertion_result"], "passed");
  EXPECT_EQ(passed["records_processed"], 1);
  EXPECT_EQ(Call("GET", "/anomalies?archived=include", 200)["total"], 0);
  Call("POST", "/quality-checks/99/dry-run", 404);
  EXPECT_THAT(Faults("POST", path, {{"check_variables", {{"high", 3}}}}),
              ElementsAre(Pair("body.check_variables.high", "must be a text")));
}

TEST_F(QualityCheckTrialsTest, SaysWhyTheDataCannotBeRead) {
  std::filesystem::remove_all(Path("data/lake"));
  MakeFolder("data/lake");
  EXPECT_THAT(Validate(Json::object(), 400)["message"].get<std::string>(),
              HasSubstr("not in the datastore any more"));
}

TEST_F(QualityCheckTrialsTest, TakesTurnsWithOtherLongCalls) {
  const auto one = trials_.Begin({}), other = trials_.Begin({});
  ASSERT_TRUE(one && other);
  Validate(Json::object(), 429);
}

class ShortTrialsTest : public QualityCheckTrialsTest {
 protected:
  ShortTrialsTest() : QualityCheckTrialsTest(std::chrono::milliseconds(1)) {}
};

TEST_F(ShortTrialsTest, EndWhenTheyTakeTooLong) {
  EXPECT_THAT(Validate(Json::object(), 504)["message"].get<std::string>(),
              HasSubstr("took too long for a trial"));
}

TEST_F(QualityCheckTrialsTest, NeedsAnAuthor) {
  store::Teams teams(installation_->database());
  store::Team everybody = teams.FindByName("Public").value();
  everybody.permission = "Drafter";
  ASSERT_TRUE(teams.Update(everybody));
  const std::string drafter = TokenOf("dan", "Member");
  const std::string body = PrintJson({{"quality_check", Check()}});
  EXPECT_EQ(Send("POST", "/quality-checks/validate", body, drafter).status, 403);
  everybody.permission = "Author";
  ASSERT_TRUE(teams.Update(everybody));
  EXPECT_EQ(Send("POST", "/quality-checks/validate", body, drafter).status, 200);
}

}  // namespace
}  // namespace assay::api
