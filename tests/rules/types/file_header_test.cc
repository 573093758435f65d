#include <gmock/gmock.h>

#include "tests/rules/file_expectation.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(FileHeaderTest, TakesNamesInTheirOrderOrAny) {
  using Header = plan::FileCheck::Header;
  Json properties = Json::object({{"names", Json::array({"id", "x"})}});
  EXPECT_THAT(ExpectedOfFiles<Header>("fileHeader", properties).names, ElementsAre("id", "x"));
  EXPECT_EQ(ExpectedOfFiles<Header>("fileHeader", properties).order, Header::Order::kSame);
  properties["any_order"] = true;
  EXPECT_EQ(ExpectedOfFiles<Header>("fileHeader", properties).order, Header::Order::kAny);
  EXPECT_EQ(Violation("fileHeader", properties, Integers({})),
            "does not have the expected header");
}

TEST(FileHeaderTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("fileHeader", Json::object({{"names", Json::array()}}), Integers({})),
              HasSubstr("names: must name at least one field"));
  EXPECT_THAT(Refusal("fileHeader", Json::object({{"names", "id"}}), Integers({})),
              HasSubstr("names: "));
}

}  // namespace
}  // namespace assay::rules::testing
