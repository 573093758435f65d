#include <gmock/gmock.h>

#include "tests/rules/file_expectation.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(NoRaggedRowsTest, HasNoProperties) {
  ExpectedOfFiles<plan::FileCheck::EvenRows>("noRaggedRows", Json::object());
  EXPECT_EQ(Violation("noRaggedRows", Json::object(), Integers({})),
            "has rows with another number of cells than the first one");
  EXPECT_THAT(Refusal("noRaggedRows", Json::object({{"cells", 3}}), Integers({})),
              HasSubstr("unknown key 'cells'"));
}

}  // namespace
}  // namespace assay::rules::testing
