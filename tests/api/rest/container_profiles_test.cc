// Tests of api/rest/container_profiles.cc.

#include "store/anomalies.h"
#include "store/container_scans.h"
#include "store/profiles.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;

class ContainerProfilesTest : public ApiTest {
 protected:
  int64_t container_ = MakeContainer(MakeDatastore("lake"), "orders_*.csv");
  std::string path_ = fmt::format("/containers/{}", container_);

  void AddProfile(int64_t rows) {
    store::ContainerProfile profile;
    profile.created = clock_.Now();
    profile.container_id = container_;
    profile.record_count = rows;
    profile.total_record_count = 2 * rows;
    profile.file_count = 3;
    profile.field_count = 2;
    profile.failures = {"bad.csv: not text"};
    std::vector<store::FieldProfile> fields;
    for (const char* name : {"id", "name"}) {
      store::FieldProfile field;
      field.created = profile.created;
      field.name = name;
      field.position = static_cast<int64_t>(fields.size());
      field.field_type = "Integral";
      field.record_count = rows;
      field.null_count = fields.empty() ? 0 : rows;
      field.profile = {{"name", name}, {"field_type", "Integral"}, {"min", 1}, {"mean", 2.5}};
      fields.push_back(field);
    }
    ASSERT_TRUE(store::Profiles(installation_->database()).Add(profile, fields));
  }
};

TEST_F(ContainerProfilesTest, ThereIsNoneBeforeTheFirstProfile) {
  Call("GET", path_ + "/profile", 404);
  EXPECT_EQ(Call("GET", path_ + "/field-profiles", 200)["total"], 0);
  Call("GET", "/containers/99/profile", 404);
  Call("GET", "/containers/99/field-profiles", 404);
}

TEST_F(ContainerProfilesTest, ShowsTheTotalsOfTheNewest) {
  AddProfile(10);
  AddProfile(100);
  const Json profile = Call("GET", path_ + "/profile", 200);
  EXPECT_EQ(profile["records_profiled"], 100);
  EXPECT_EQ(profile["total_records"], 200);
  EXPECT_EQ(profile["sampling"], 0.5);
  EXPECT_EQ(profile["completeness"], 0.5);
  EXPECT_EQ(profile["fields_profiled"], 2);
  EXPECT_EQ(profile["files"], 3);
  EXPECT_EQ(profile["failures"], Json::array({"bad.csv: not text"}));
}

TEST_F(ContainerProfilesTest, CountsWhatIsKnownAgainstAField) {
  AddProfile(10);
  using Counts = std::pair<int64_t, int64_t>;
  const auto counts = [&](const char* field) {
    const Json page = Call("GET", path_ + "/field-profiles?name=" + field, 200);
    return Counts(page["items"][0]["quality_check_count"].get<int64_t>(),
                  page["items"][0]["anomaly_count"].get<int64_t>());
  };
  EXPECT_EQ(counts("id"), Counts(0, 0));
  const Json check =
      Call("POST", "/quality-checks", 201,
           {{"container_id", container_}, {"rule", "notNull"}, {"fields", {"id"}}});
  Call("POST", "/quality-checks", 201,
       {{"container_id", container_}, {"rule", "unique"}, {"fields", {"id", "name"}}});
  store::Database& database = installation_->database();
  store::ContainerScan scan;
  scan.operation_id =
      Call("POST", "/operations/run", 200, {{"type", "scan"}, {"datastore_id", 1}})
          .value("id", int64_t{0});
  scan.container_id = container_;
  scan.result = "success";
  store::NewAnomaly found;
  found.anomaly.container_scan_id = store::ContainerScans(database).Add(scan, {}).value();
  found.anomaly.operation_id = scan.operation_id;
  found.anomaly.container_id = container_;
  found.anomaly.type = "record";
  found.anomaly.uuid = "open";
  found.anomaly.failed_checks = {
      {.check_id = check["id"].get<int64_t>(), .rule_type = "notNull", .message = "m"}};
  store::NewAnomaly archived = found;
  archived.anomaly.uuid = "archived";
  archived.anomaly.status = "Resolved";
  ASSERT_TRUE(store::Anomalies(database).Add({found, archived}));
  EXPECT_EQ(counts("id"), Counts(2, 1));
  EXPECT_EQ(counts("name"), Counts(1, 0));
}

TEST_F(ContainerProfilesTest, ListsFieldsWithAllTheirStatistics) {
  AddProfile(10);
  const Json page = Call("GET", path_ + "/field-profiles", 200);
  EXPECT_THAT(Pluck(page, "name"), ElementsAre("id", "name"));
  EXPECT_EQ(page["items"][0]["container_id"], container_);
  EXPECT_EQ(page["items"][0]["min"], 1);
  EXPECT_EQ(page["items"][0]["mean"], 2.5);
  EXPECT_THAT(Pluck(Call("GET", path_ + "/field-profiles?name=name", 200), "name"),
              ElementsAre("name"));
  EXPECT_THAT(Pluck(Call("GET", path_ + "/field-profiles?sort_name=desc&size=1", 200), "name"),
              ElementsAre("name"));
}

}  // namespace
}  // namespace assay::api
