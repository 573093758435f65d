// Tests of api/rest/anomalies.cc.

#include "tests/api/anomalies_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

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

}  // namespace
}  // namespace assay::api
