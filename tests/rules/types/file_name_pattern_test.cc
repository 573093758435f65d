#include <gmock/gmock.h>

#include "tests/rules/file_expectation.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(FileNamePatternTest, TakesAPattern) {
  EXPECT_EQ(ExpectedOfFiles<plan::FileCheck::Name>("fileNamePattern",
                                                   Json::object({{"pattern", "^a\\d"}}))
                .pattern,
            "^a\\d");
  EXPECT_EQ(Violation("fileNamePattern", Json::object({{"pattern", "^a"}}), Integers({})),
            "has another name than ^a");
}

TEST(FileNamePatternTest, RefusesWhatIsNoPattern) {
  EXPECT_THAT(Refusal("fileNamePattern", Json::object({{"pattern", "("}}), Integers({})),
              HasSubstr("pattern: missing )"));
  EXPECT_THAT(Refusal("fileNamePattern", Json::object(), Integers({})),
              HasSubstr("pattern: is required"));
}

}  // namespace
}  // namespace assay::rules::testing
