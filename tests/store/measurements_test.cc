#include "store/measurements.h"

#include <gmock/gmock.h>

#include "tests/store/store_fixture.h"

namespace assay::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MeasurementsTest : public StoreTest {
 protected:
  /// As a scan of its own; returns its operation.
  int64_t Measured(const char* value, int64_t seconds, const char* subject = "rows") {
    const int64_t operation = AddOperation(datastore_, "scan").id;
    EXPECT_TRUE(measurements_.Add({{.check_id = check_,
                                    .container_scan_id = AddScan(operation, container_),
                                    .created = At(seconds),
                                    .subject = subject,
                                    .value = value}}));
    return operation;
  }

  std::string Earlier(int64_t near, int64_t until, int64_t operation = 0,
                      const char* subject = "rows") {
    const auto found = measurements_.FindEarlier({.check_id = check_,
                                                  .subject = subject,
                                                  .operation_id = operation,
                                                  .near = At(near),
                                                  .until = At(until)});
    EXPECT_TRUE(found) << found.error().message;
    return *found ? (*found)->value : "none";
  }

  std::vector<std::string> Values(const PageRequest& page = {}) {
    std::vector<std::string> values;
    for (const auto found = measurements_.List(check_, page).value();
         const auto& each : found.items)
      values.push_back(each.value);
    return values;
  }

  const int64_t datastore_ = AddDatastore("orders").id;
  const int64_t container_ = AddContainer(datastore_, "a.csv").id;
  const int64_t check_ = AddCheck(container_, "volumetric", "none").id;
  Measurements measurements_{database()};
};

TEST_F(MeasurementsTest, TheLastOneIsFound) {
  EXPECT_EQ(Earlier(100, 100), "none");
  Measured("1", 10);
  Measured("2", 20);
  Measured("3", 30);
  EXPECT_EQ(Earlier(100, 100), "3");
  EXPECT_EQ(Earlier(30, 30), "3");
  EXPECT_EQ(Earlier(29, 29), "2");
  EXPECT_EQ(Earlier(9, 9), "none");
}

TEST_F(MeasurementsTest, TheNearestOneIsFoundOfThoseOldEnough) {
  Measured("1", 10);
  Measured("2", 20);
  Measured("3", 30);
  EXPECT_EQ(Earlier(12, 25), "1");
  EXPECT_EQ(Earlier(16, 25), "2");
  EXPECT_EQ(Earlier(15, 25), "1");
  EXPECT_EQ(Earlier(5, 25), "1");
  EXPECT_EQ(Earlier(28, 29), "2");
  EXPECT_EQ(Earlier(5, 9), "none");
}

TEST_F(MeasurementsTest, WhatIsMeasuredOtherwiseDoesNotCount) {
  Measured("1", 10);
  Measured("2", 20, "rows of today");
  EXPECT_EQ(Earlier(100, 100), "1");
  EXPECT_EQ(Earlier(100, 100, 0, "rows of today"), "2");
  EXPECT_EQ(Earlier(100, 100, 0, "rows of old"), "none");
}

TEST_F(MeasurementsTest, TheOperationThatAsksDoesNotCount) {
  Measured("1", 10);
  const int64_t operation = Measured("2", 20);
  EXPECT_EQ(Earlier(100, 100, operation), "1");
}

TEST_F(MeasurementsTest, AreListedNewestFirstInPages) {
  Measured("1", 10);
  Measured("3.50", 30);
  Measured("2", 20);
  EXPECT_THAT(Values(), ElementsAre("3.50", "2", "1"));
  EXPECT_THAT(Values({.page = 2, .size = 2}), ElementsAre("1"));
  EXPECT_EQ(measurements_.List(check_, {}).value().total, 3);
  EXPECT_THAT(measurements_.List(99, {}).value().items, IsEmpty());
}

TEST_F(MeasurementsTest, GoWithTheirScanAndTheirCheck) {
  Measured("1", 10);
  const int64_t operation = Measured("2", 20);
  AddScan(operation, container_);  // in place of the one before
  EXPECT_THAT(Values(), ElementsAre("1"));
  ASSERT_TRUE(QualityChecks(database()).Delete(check_));
  EXPECT_THAT(Values(), IsEmpty());
}

}  // namespace
}  // namespace assay::store
