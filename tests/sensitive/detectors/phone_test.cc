#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PhoneTest : public TaggedTest {};

TEST_F(PhoneTest, FindsInternationalAndAmericanNumbers) {
  EXPECT_THAT(
      TagsOf("contact", {"+49 30 123456", "+14155552671", "(415) 555-2671", "+9990 123456"}),
      ElementsAre(FieldTag{.tag = "phone", .values = 4, .matched = 4, .validated = 2}));
}

TEST_F(PhoneTest, TakesAnyDigitsWhereTheFieldSaysSo) {
  const std::vector<std::string> numbers = {"030 / 123456", "415-555-2671", "02.98.76.54.32"};
  EXPECT_THAT(TagNames("mobilePhone", numbers), ElementsAre("phone"));
  EXPECT_THAT(TagNames("order", numbers), IsEmpty());
}

TEST_F(PhoneTest, OtherValuesAreNone) {
  EXPECT_THAT(TagNames("phone_model", {"iPhone 15", "Pixel 8", "3310"}), IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
