// Tests of api/rest/anomalies.cc.

#include "store/anomalies.h"

#include "store/container_scans.h"
#include "store/operations.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class AnomaliesTest : public ApiTest {
 protected:
  int64_t datastore_ = MakeDatastore("lake");
  int64_t container_ = MakeContainer(datastore_, "orders_*.csv");
  int64_t check_ = Call("POST", "/quality-checks", 201,
                        {{"container_id", container_}, {"rule", "notNull"}, {"fields", {"id"}}})
                       .value("id", int64_t{0});
  int64_t operation_ =
      Call("POST", "/operations/run", 200, {{"type", "scan"}, {"datastore_id", datastore_}})
          .value("id", int64_t{0});
  int64_t record_ = 0, shape_ = 0;

  void SetUp() override {
    store::Database& database = installation_->database();
    store::ContainerScan scan;
    scan.operation_id = operation_;
    scan.container_id = container_;
    scan.start_time = clock_.Now();
    scan.result = "success";
    const auto scan_id = store::ContainerScans(database).Add(scan, {});
    ASSERT_TRUE(scan_id) << scan_id.error().message;
    store::NewAnomaly record;
    record.anomaly.uuid = "uuid-1";
    record.anomaly.created = clock_.Now();
    record.anomaly.container_id = container_;
    record.anomaly.operation_id = operation_;
    record.anomaly.container_scan_id = *scan_id;
    record.anomaly.type = "record";
    record.anomaly.anomalous_records_count = 1;
    record.anomaly.fingerprint = -1234567890123456789;
    record.anomaly.weight = 3;
    record.anomaly.message = "id is null";
    record.anomaly.relative_path = "2024/orders_1.csv";
    record.anomaly.failed_checks = {
        {.check_id = check_, .rule_type = "notNull", .message = "id is null"}};
    for (int64_t row : {7, 9}) {
      record.source_records.push_back({.relative_path = "2024/orders_1.csv",
                                       .row_number = row,
                                       .failing_fields = {"id"},
                                       .record = {{"id", nullptr}, {"name", "x"}}});
    }
    store::NewAnomaly shape = record;
    shape.anomaly.uuid = "uuid-2";
    shape.anomaly.type = "shape";
    shape.anomaly.weight = 9;
    shape.anomaly.relative_path = "";
    shape.anomaly.source_enriched = true;
    shape.source_records.clear();
    const auto ids = store::Anomalies(database).Add({record, shape});
    ASSERT_TRUE(ids) << ids.error().message;
    record_ = ids->at(0);
    shape_ = ids->at(1);
  }

  static std::string PathOf(int64_t id) { return fmt::format("/anomalies/{}", id); }
};

TEST_F(AnomaliesTest, ShowsOne) {
  const Json anomaly = Call("GET", PathOf(record_), 200);
  EXPECT_EQ(anomaly["uuid"], "uuid-1");
  EXPECT_EQ(anomaly["type"], "record");
  EXPECT_EQ(anomaly["message"], "id is null");
  EXPECT_EQ(anomaly["status"], "Active");
  EXPECT_EQ(anomaly["archived"], false);
  EXPECT_EQ(anomaly["is_new"], true);
  EXPECT_EQ(anomaly["datastore"], Json({{"id", datastore_}, {"name", "lake"}}));
  EXPECT_EQ(anomaly["container"],
            Json({{"id", container_}, {"name", "orders_*.csv"}, {"container_type", "file"}}));
  EXPECT_EQ(anomaly["partition"],
            Json({{"name", "orders_1.csv"}, {"location", "2024/orders_1.csv"}}));
  EXPECT_EQ(anomaly["fingerprint"], "-1234567890123456789");
  EXPECT_EQ(anomaly["failed_checks"][0]["quality_check"],
            Json({{"id", check_}, {"rule_type", "notNull"}}));
  EXPECT_EQ(anomaly["failed_checks"][0]["message"], "id is null");
  EXPECT_EQ(anomaly["failed_checks"][0]["suggested_field"], nullptr);
  EXPECT_EQ(anomaly["comments"], Json::array());
  Call("GET", "/anomalies/99", 404);
}

TEST_F(AnomaliesTest, ListsByFilter) {
  const auto ids = [&](const std::string& query) {
    return Pluck(Call("GET", "/anomalies?" + query, 200), "id");
  };
  EXPECT_THAT(ids(fmt::format("datastore={}", datastore_)),
              UnorderedElementsAre(record_, shape_));
  EXPECT_THAT(ids("sort_weight=desc"), ElementsAre(shape_, record_));
  EXPECT_THAT(ids("anomaly_type=shape"), ElementsAre(shape_));
  EXPECT_THAT(ids(fmt::format("quality_check={}&container={}&size=1&page=2&sort_weight=asc",
                              check_, container_)),
              ElementsAre(shape_));
  EXPECT_THAT(ids("rule_type=between"), ElementsAre());
  EXPECT_THAT(ids("field=id&sort_weight=asc"), ElementsAre(record_, shape_));
  EXPECT_THAT(ids("source_enriched=true"), ElementsAre(shape_));
  EXPECT_THAT(ids("uuid=uuid-2"), ElementsAre(shape_));
  EXPECT_THAT(ids("start_date=2999-01-01"), ElementsAre());
  EXPECT_THAT(ids("status=Acknowledged,Resolved"), ElementsAre());
  EXPECT_THAT(Faults("GET", "/anomalies?status=Open").size(), 1u);
}

TEST_F(AnomaliesTest, ShowsItsSourceRecords) {
  const Json all = Call("GET", PathOf(record_) + "/source-record", 200);
  EXPECT_EQ(all["source_records"][0], Json({{"file", "2024/orders_1.csv"},
                                            {"row_number", 7},
                                            {"failing_fields", {"id"}},
                                            {"record", {{"id", nullptr}, {"name", "x"}}}}));
  EXPECT_THAT(Pluck(all["source_records"], "row_number"), ElementsAre(7, 9));
  EXPECT_THAT(
      Pluck(Call("GET", PathOf(record_) + "/source-record?limit=1", 200)["source_records"],
            "row_number"),
      ElementsAre(7));
  EXPECT_EQ(Call("GET", PathOf(shape_) + "/source-record", 200)["source_records"],
            Json::array());
  Call("GET", "/anomalies/99/source-record", 404);
}

TEST_F(AnomaliesTest, AcknowledgesDescribesTagsAndAssigns) {
  const Json changed = Call("PUT", PathOf(record_), 200,
                            {{"status", "Acknowledged"},
                             {"description", "known"},
                             {"tags", {"gold"}},
                             {"assignee_ids", {1}}});
  EXPECT_EQ(changed["status"], "Acknowledged");
  EXPECT_EQ(changed["is_new"], false);
  EXPECT_EQ(changed["description"], "known");
  EXPECT_THAT(Pluck(changed["global_tags"], "name"), ElementsAre("gold"));
  EXPECT_EQ(changed["assignees"], Json::array({{{"id", 1}, {"name", "admin"}}}));
  EXPECT_THAT(Pluck(Call("GET", "/anomalies?status=Acknowledged", 200), "id"),
              ElementsAre(record_));
  EXPECT_THAT(Faults("PUT", PathOf(record_), {{"status", "Resolved"}}),
              ElementsAre(Pair("body.status", "must be one of: Active, Acknowledged")));
  EXPECT_EQ(Faults("PUT", PathOf(record_), {{"assignee_ids", {99}}}).size(), 1u);
}

TEST_F(AnomaliesTest, ArchivesOpensAgainAndDeletes) {
  Call("DELETE", PathOf(record_) + "?archive=true&status=Invalid", 204);
  EXPECT_EQ(Call("GET", PathOf(record_), 200)["status"], "Invalid");
  EXPECT_EQ(Call("GET", PathOf(record_), 200)["archived"], true);
  EXPECT_THAT(Pluck(Call("GET", "/anomalies", 200), "id"), ElementsAre(shape_));
  EXPECT_THAT(Pluck(Call("GET", "/anomalies?archived=only", 200), "id"), ElementsAre(record_));
  Call("PUT", PathOf(record_), 409, {{"description", "late"}});
  EXPECT_EQ(Call("PUT", PathOf(record_), 200, {{"status", "Active"}})["archived"], false);
  Call("DELETE", PathOf(shape_), 204);
  EXPECT_EQ(Call("GET", PathOf(shape_), 200)["status"], "Resolved");
  Call("DELETE", PathOf(record_) + "?archive=false&status=Resolved", 204);
  Call("GET", PathOf(record_), 404);
  Call("DELETE", PathOf(record_), 404);
}

}  // namespace
}  // namespace assay::api
