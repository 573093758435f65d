// Tests of api/rest/quality_check_measurements.cc.

#include "store/fields.h"
#include "store/measurements.h"
#include "store/quality_checks.h"
#include "tests/api/anomalies_fixture.h"

namespace assay::api {
namespace {

class QualityCheckMeasurementsTest : public AnomaliesTest {
 protected:
  /// As the fixture's scan measured it.
  void Measured(const char* value) {
    store::Database& database = installation_->database();
    const auto scans = store::ContainerScans(database).OfOperation(operation_);
    ASSERT_TRUE(store::Measurements(database).Add({{.check_id = check_,
                                                    .container_scan_id = scans.value().at(0).id,
                                                    .created = measured_at_,
                                                    .subject = "rows",
                                                    .value = value}}));
  }

  std::string Path() const {
    return "/quality-checks/" + std::to_string(check_) + "/measurements";
  }

  const Timestamp measured_at_ = clock_.Now();
};

TEST_F(QualityCheckMeasurementsTest, ListsNumbersWithTheirTimes) {
  EXPECT_EQ(Call("GET", Path(), 200)["items"], Json::array());
  Measured("12.50");
  const Json page = Call("GET", Path(), 200);
  EXPECT_EQ(page["total"], 1);
  ASSERT_EQ(page["items"].size(), 1);
  EXPECT_EQ(page["items"][0]["value"], 12.5);
  EXPECT_EQ(page["items"][0]["created"], FormatTimestamp(measured_at_));
}

TEST_F(QualityCheckMeasurementsTest, NumbersThatJsonDoesNotHoldAreTexts) {
  Measured("18446744073709551614");
  EXPECT_EQ(Call("GET", Path(), 200)["items"][0]["value"], "18446744073709551614");
}

TEST_F(QualityCheckMeasurementsTest, OfAMaskedFieldTheyAreHidden) {
  store::Database& database = installation_->database();
  Measured("12.50");
  const auto check = store::QualityChecks(database).Get(check_).value();
  store::FieldRecords fields(database);
  for (const auto found = fields.OfContainer(check.container_id).value();
       const auto& field : found) {
    if (field.name == check.fields.at(0)) ASSERT_TRUE(fields.SetStatus(field.id, "Masked"));
  }
  const Json page = Call("GET", Path(), 200);
  EXPECT_EQ(page["total"], 1);
  EXPECT_EQ(page["items"][0]["value"], "***MASKED***");
}

TEST_F(QualityCheckMeasurementsTest, ThereAreNoneOfACheckThatDoesNotExist) {
  Call("GET", "/quality-checks/999/measurements", 404);
}

}  // namespace
}  // namespace assay::api
