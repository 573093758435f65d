#include <gmock/gmock.h>

#include "tests/rules/file_expectation.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(UniqueFilesTest, HasNoProperties) {
  ExpectedOfFiles<plan::FileCheck::DistinctContent>("uniqueFiles", Json::object());
  EXPECT_EQ(Violation("uniqueFiles", Json::object(), Integers({})),
            "has the content of another file");
  EXPECT_THAT(Refusal("uniqueFiles", Json::object({{"by", "name"}}), Integers({})),
              HasSubstr("unknown key 'by'"));
}

}  // namespace
}  // namespace assay::rules::testing
