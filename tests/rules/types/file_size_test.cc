#include <gmock/gmock.h>

#include "tests/rules/file_expectation.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(FileSizeTest, TakesLimits) {
  const auto size = ExpectedOfFiles<plan::FileCheck::Size>(
      "fileSize", {{"min_bytes", 1}, {"max_bytes", 1'000}});
  EXPECT_EQ(size.min_bytes, 1);
  EXPECT_EQ(size.max_bytes, 1'000);
}

TEST(FileSizeTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("fileSize", Json::object({{"min_bytes", 1}}), Integers({})),
            "is not of at least 1 bytes");
}

TEST(FileSizeTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("fileSize", Json::object(), Integers({})),
              HasSubstr("min_bytes: give it, or max_bytes"));
  EXPECT_THAT(Refusal("fileSize", {{"min_bytes", 2}, {"max_bytes", 1}}, Integers({})),
              HasSubstr("max_bytes: must not be below min_bytes"));
}

}  // namespace
}  // namespace assay::rules::testing
