#include <gmock/gmock.h>

#include "tests/rules/file_expectation.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(FileEncodingTest, TakesSomeEncodings) {
  const Json properties = Json::object({{"encodings", Json::array({"utf-8", "windows-1252"})}});
  EXPECT_THAT(ExpectedOfFiles<plan::FileCheck::Encoding>("fileEncoding", properties).expected,
              ElementsAre("utf-8", "windows-1252"));
  EXPECT_EQ(Violation("fileEncoding", properties, Integers({})),
            "is not utf-8 or windows-1252");
}

TEST(FileEncodingTest, RefusesOthers) {
  EXPECT_THAT(
      Refusal("fileEncoding", Json::object({{"encodings", Json::array()}}), Integers({})),
      HasSubstr("encodings: must name at least one"));
  EXPECT_THAT(Refusal("fileEncoding", Json::object({{"encodings", Json::array({"utf8"})}}),
                      Integers({})),
              HasSubstr("encodings: no such encoding; use utf-8, utf-16, utf-16be, latin-1, "
                        "windows-1252: 'utf8'"));
}

}  // namespace
}  // namespace assay::rules::testing
