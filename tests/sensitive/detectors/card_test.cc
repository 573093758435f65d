#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CardTest : public TaggedTest {};

TEST_F(CardTest, FindsNumbersInTextsAndCountsValidOnes) {
  EXPECT_THAT(TagsOf("payment", {"4111 1111 1111 1111", "5105-1051-0510-5100",
                                 "378282246310005", "4111 1111 1111 1112"}),
              ElementsAre(FieldTag{.tag = "card", .values = 4, .matched = 4, .validated = 3}));
}

TEST_F(CardTest, FindsNumbersInIntegers) {
  Add("a.csv", "n\n4111111111111111\n5105105105105100\n4012888888881881\n");
  EXPECT_EQ(Schema().schema.fields[0].type, plan::FieldType::kIntegral);
  EXPECT_THAT(Tags()["n"],
              ElementsAre(FieldTag{.tag = "card", .values = 3, .matched = 3, .validated = 3}));
}

TEST_F(CardTest, OtherLongNumbersAreNone) {
  EXPECT_THAT(TagNames("order", {"4111111111111112", "4111111111111113", "4111111111111111",
                                 "4111111111111115", "4111111111111116", "4111111111111119"}),
              IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
