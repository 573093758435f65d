#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Json Needs(std::vector<std::string> labels) {
  return {{"required_labels", std::move(labels)}};
}

const Column kAddresses = Texts({"10 Main St, Austin, TX 78701", "Austin, TX", "78701", "",
                                 kNull, "Hauptstraße 5\n10115 Berlin"});

TEST(IsAddressTest, EveryRequiredPartIsNeeded) {
  EXPECT_THAT(FailingRows("isAddress", Needs({"road", "city"}), kAddresses),
              ElementsAre(1, 2, 3));
  EXPECT_THAT(FailingRows("isAddress", Needs({"state"}), kAddresses), ElementsAre(2, 3, 5));
  EXPECT_THAT(FailingRows("isAddress", Needs({"postcode"}), kAddresses), ElementsAre(1, 3));
  EXPECT_THAT(FailingRows("isAddress", Needs({"country"}), kAddresses),
              ElementsAre(0, 1, 2, 3, 5));
}

TEST(IsAddressTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("isAddress", Needs({"road"}), Texts({"a", "b"}), "field <> 'a'"),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("isAddress", Needs({"road"}), Texts({})), IsEmpty());
}

TEST(IsAddressTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("isAddress", Needs({"road", "city"}), Texts({})),
            "is not an address with road, city");
}

TEST(IsAddressTest, RefusesOtherLabels) {
  EXPECT_THAT(Refusal("isAddress", Needs({}), Texts({})),
              HasSubstr("required_labels: must name at least one part"));
  EXPECT_THAT(Refusal("isAddress", Needs({"street"}), Texts({})),
              HasSubstr("required_labels: not one of road, city, state, country, postcode: "
                        "'street'"));
  EXPECT_THAT(Refusal("isAddress", Json::object(), Texts({})),
              HasSubstr("required_labels: is required"));
}

}  // namespace
}  // namespace assay::rules::testing
