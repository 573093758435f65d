#include <gmock/gmock.h>

#include "tests/rules/file_expectation.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(FileAgeTest, AgesAreCountedFromTheScan) {
  const auto written = ExpectedOfFiles<plan::FileCheck::Written>(
      "fileAge", {{"min_hours", 0.5}, {"max_hours", 36}});
  EXPECT_EQ(written.earliest, TestNow() - std::chrono::hours(36));
  EXPECT_EQ(written.latest, TestNow() - std::chrono::minutes(30));
  const auto open =
      ExpectedOfFiles<plan::FileCheck::Written>("fileAge", Json::object({{"max_hours", 1}}));
  EXPECT_EQ(open.latest, std::nullopt);
}

TEST(FileAgeTest, SaysWhatIsNotSo) {
  const Table table = Integers({});
  EXPECT_EQ(Violation("fileAge", Json::object({{"max_hours", 36}}), table),
            "was written more than 36 h before the scan");
  EXPECT_EQ(Violation("fileAge", Json::object({{"min_hours", 1.5}}), table),
            "was written less than 1.5 h before the scan");
  EXPECT_EQ(Violation("fileAge", {{"min_hours", 1}, {"max_hours", 2}}, table),
            "was not written from 1 to 2 h before the scan");
}

TEST(FileAgeTest, RefusesBadProperties) {
  const Table table = Integers({});
  EXPECT_THAT(Refusal("fileAge", Json::object(), table), HasSubstr("min_hours: give it"));
  EXPECT_THAT(Refusal("fileAge", Json::object({{"max_hours", -1}}), table),
              HasSubstr("max_hours: must be from 0 to 1e8"));
  EXPECT_THAT(Refusal("fileAge", Json::object({{"max_hours", 1e9}}), table),
              HasSubstr("max_hours: must be from 0 to 1e8"));
  EXPECT_THAT(Refusal("fileAge", {{"min_hours", 2}, {"max_hours", 1}}, table),
              HasSubstr("max_hours: must not be below min_hours"));
}

}  // namespace
}  // namespace assay::rules::testing
