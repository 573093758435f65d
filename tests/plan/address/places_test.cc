#include "plan/address/places.h"

#include <gtest/gtest.h>

namespace assay::plan::address {
namespace {

TEST(PlacesTest, CountriesByNameAndCode) {
  EXPECT_EQ(CountryOfName("deutschland"), "DE");
  EXPECT_EQ(CountryOfName("united states of america"), "US");
  EXPECT_EQ(CountryOfName("atlantis"), std::nullopt);
  EXPECT_EQ(CountryOfName(""), std::nullopt);
  EXPECT_EQ(CountryOfCode("FR"), "FR");
  EXPECT_EQ(CountryOfCode("FRA"), "FR");
  EXPECT_EQ(CountryOfCode("fr"), std::nullopt);
}

TEST(PlacesTest, StatesByNameAndCode) {
  EXPECT_EQ(CountryOfStateName("new south wales"), "AU");
  EXPECT_EQ(CountryOfStateName("bavaria"), std::nullopt);
  EXPECT_EQ(CountryOfStateCode("TX"), "US");
  EXPECT_EQ(CountryOfStateCode("ON"), "CA");
  EXPECT_EQ(CountryOfStateCode("tx"), std::nullopt);
}

TEST(PlacesTest, PostcodesOfEachCountry) {
  EXPECT_TRUE(IsPostcode("94103-1234", "US"));
  EXPECT_FALSE(IsPostcode("9410", "US"));
  EXPECT_TRUE(IsPostcode("K1A 0B1", "CA"));
  EXPECT_TRUE(IsPostcode("SW1A 1AA", "GB"));
  EXPECT_TRUE(IsPostcode("1012 AB", "NL"));
  EXPECT_TRUE(IsPostcode("D-10115", "DE"));
  EXPECT_FALSE(IsPostcode("1010", "DE"));
  EXPECT_TRUE(IsPostcode("1010", "AT"));
  EXPECT_TRUE(IsPostcode("01310-100", ""));
  EXPECT_TRUE(IsPostcode("12345", "PE"));
  EXPECT_FALSE(IsPostcode("12", ""));
  EXPECT_FALSE(IsPostcode("BERLIN", ""));
}

TEST(PlacesTest, RoadWordsByTheirPlace) {
  EXPECT_EQ(RoadWordOf("street"), RoadWord::kBehind);
  EXPECT_EQ(RoadWordOf("calle"), RoadWord::kBefore);
  EXPECT_EQ(RoadWordOf("avenue"), RoadWord::kEither);
  EXPECT_EQ(RoadWordOf("hauptstrasse"), RoadWord::kWithin);
  EXPECT_EQ(RoadWordOf("kerkstraat"), RoadWord::kWithin);
  EXPECT_EQ(RoadWordOf("berlin"), RoadWord::kNone);
}

}  // namespace
}  // namespace assay::plan::address
