#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AddressTest : public TaggedTest {};

TEST_F(AddressTest, FindsAddressesWithPostCodes) {
  EXPECT_THAT(TagNames("place", {"1600 Pennsylvania Avenue NW, Washington, DC 20500",
                                 "Unter den Linden 77, 10117 Berlin",
                                 "10 Downing Street, London SW1A 2AA"}),
              ElementsAre("address"));
}

TEST_F(AddressTest, FindsRoadsWhereTheFieldSaysSo) {
  const std::vector<std::string> roads = {"12 Main Street", "7 Oak Avenue",
                                          "221b Baker Street"};
  EXPECT_THAT(TagNames("street", roads), ElementsAre("address"));
  EXPECT_THAT(TagNames("place", roads), IsEmpty());
}

TEST_F(AddressTest, OtherTextsAreNone) {
  EXPECT_THAT(TagNames("address", {"unknown value", "see above", "to be delivered"}),
              IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
