// An API server whose store holds two anomalies of one container.

#pragma once

#include "store/anomalies.h"
#include "store/container_scans.h"
#include "store/operations.h"
#include "tests/api/api_fixture.h"

namespace assay::api {

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

}  // namespace assay::api
