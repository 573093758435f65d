#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class IbanTest : public TaggedTest {};

TEST_F(IbanTest, CountsValidOnes) {
  EXPECT_THAT(TagsOf("account", {"DE89370400440532013000", "GB82 WEST 1234 5698 7654 32",
                                 "NO9386011117947", "DE88370400440532013000"}),
              ElementsAre(FieldTag{.tag = "iban", .values = 4, .matched = 4, .validated = 3}));
}

TEST_F(IbanTest, OtherCodesAreNone) {
  EXPECT_THAT(
      TagNames("account", {"DE88370400440532013000", "AB12CDEF34567890123", "0532013000"}),
      IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
