#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NationalIdTest : public TaggedTest {};

TEST_F(NationalIdTest, FindsNumbersOfSeveralStates) {
  EXPECT_THAT(
      TagsOf("holder",
             {"123-45-6789", "111.444.777-35", "12345678Z", "RSSMRA85T10A562S", "12345678A"}),
      ElementsAre(FieldTag{.tag = "national_id", .values = 5, .matched = 5, .validated = 4}));
}

TEST_F(NationalIdTest, FindsNumbersInIntegers) {
  Add("a.csv", "n\n44051401359\n86095742719\n52998224725\n");
  EXPECT_THAT(
      Tags()["n"],
      ElementsAre(FieldTag{.tag = "national_id", .values = 3, .matched = 3, .validated = 3}));
}

TEST_F(NationalIdTest, OtherNumbersAreNone) {
  EXPECT_THAT(
      TagNames("order", {"100000001", "100000002", "100000003", "100000004", "100000005",
                         "100000006", "100000007", "100000008", "100000009"}),
      IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
