#include "plan/address/labels.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <string>

namespace assay::plan::address {
namespace {

/// "road=1 Main St; city=Austin".
std::string Labelled(std::string_view address) {
  std::string text;
  for (const LabelledPart& part : LabelAddress(address)) {
    text += (text.empty() ? "" : "; ") + std::string(LabelName(part.label)) + "=" + part.text;
  }
  return text;
}

TEST(LabelsTest, AddressesOfTheUnitedStates) {
  EXPECT_EQ(Labelled("1600 Pennsylvania Avenue NW, Washington, DC 20500"),
            "road=1600 Pennsylvania Avenue NW; city=Washington; state=DC; postcode=20500");
  EXPECT_EQ(Labelled("350 5th Ave, New York, NY 10118-0110, USA"),
            "road=350 5th Ave; city=New York; state=NY; postcode=10118-0110; country=USA");
  EXPECT_EQ(Labelled("350 5th Ave, New York 10118"),
            "road=350 5th Ave; city=New York; postcode=10118");
  EXPECT_EQ(Labelled("10 Main St, Springfield, Illinois"),
            "road=10 Main St; city=Springfield; state=Illinois");
  EXPECT_EQ(Labelled("10 Main St Apt 4 St Louis MO 63101"),
            "road=10 Main St Apt 4; city=St Louis; state=MO; postcode=63101");
  EXPECT_EQ(Labelled("Empire State Building\n350 5th Ave\nFloor 3\nNew York, NY"),
            "road=350 5th Ave; city=New York; state=NY");
  EXPECT_EQ(Labelled("Newark, New Jersey"), "city=Newark; state=New Jersey");
  EXPECT_EQ(Labelled("Dover, DE"), "city=Dover; state=DE");
}

TEST(LabelsTest, AddressesOfCanadaAustraliaAndBritain) {
  EXPECT_EQ(Labelled("111 Wellington St, Ottawa ON K1A 0A9, Canada"),
            "road=111 Wellington St; city=Ottawa; state=ON; postcode=K1A 0A9; country=Canada");
  EXPECT_EQ(Labelled("10 George St, Sydney NSW 2000"),
            "road=10 George St; city=Sydney; state=NSW; postcode=2000");
  EXPECT_EQ(Labelled("10 Downing Street, London SW1A 2AA, United Kingdom"),
            "road=10 Downing Street; city=London; postcode=SW1A 2AA; country=United Kingdom");
  EXPECT_EQ(Labelled("221B Baker Street\nLondon\nNW1 6XE"),
            "road=221B Baker Street; city=London; postcode=NW1 6XE");
}

TEST(LabelsTest, PartsOfBuildingsAreNoRoads) {
  EXPECT_EQ(Labelled("Flat 5, 12 High Street, Manchester, M1 1AE"),
            "road=12 High Street; city=Manchester; postcode=M1 1AE");
  EXPECT_EQ(Labelled("Unit 3/45 Smith St, Fitzroy VIC 3065"),
            "road=Unit 3/45 Smith St; city=Fitzroy; state=VIC; postcode=3065");
  EXPECT_EQ(Labelled("Floor 3, Munich"), "city=Munich");
}

TEST(LabelsTest, AddressesOfTheContinent) {
  EXPECT_EQ(Labelled("Hauptstraße 5, 10115 Berlin, Deutschland"),
            "road=Hauptstraße 5; postcode=10115; city=Berlin; country=Deutschland");
  EXPECT_EQ(Labelled("Am Markt 3, D-07743 Jena"),
            "road=Am Markt 3; postcode=D-07743; city=Jena");
  EXPECT_EQ(Labelled("10 rue de Rivoli 75001 Paris"),
            "road=10 rue de Rivoli; postcode=75001; city=Paris");
  EXPECT_EQ(Labelled("12 Avenue Foch, 75016 Paris, FR"),
            "road=12 Avenue Foch; postcode=75016; city=Paris; country=FR");
  EXPECT_EQ(Labelled("Calle Mayor 10, 28013 Madrid, España"),
            "road=Calle Mayor 10; postcode=28013; city=Madrid; country=España");
  EXPECT_EQ(Labelled("Via Roma 1, 00184 Roma, Italia"),
            "road=Via Roma 1; postcode=00184; city=Roma; country=Italia");
  EXPECT_EQ(Labelled("Piazza del Colosseo 1, 00184 Roma RM, Italy"),
            "road=Piazza del Colosseo 1; postcode=00184; city=Roma RM; country=Italy");
  EXPECT_EQ(Labelled("Damrak 1, 1012 LG Amsterdam, Netherlands"),
            "road=Damrak 1; postcode=1012 LG; city=Amsterdam; country=Netherlands");
  EXPECT_EQ(Labelled("Stephansplatz 1, 1010 Wien, Österreich"),
            "road=Stephansplatz 1; postcode=1010; city=Wien; country=Österreich");
  EXPECT_EQ(Labelled("ul. Marszałkowska 1, 00-624 Warszawa, Polska"),
            "road=ul. Marszałkowska 1; postcode=00-624; city=Warszawa; country=Polska");
  EXPECT_EQ(Labelled("Hauptstr. 1, 10115 Berlin, DE"),
            "road=Hauptstr. 1; postcode=10115; city=Berlin; country=DE");
}

TEST(LabelsTest, WhatIsNotThereIsLeftOut) {
  EXPECT_EQ(Labelled(""), "");
  EXPECT_EQ(Labelled(", ,"), "");
  EXPECT_EQ(Labelled("France"), "country=France");
  EXPECT_EQ(Labelled("Berlin, Germany"), "city=Berlin; country=Germany");
  EXPECT_EQ(Labelled("10 Downing Street"), "road=10 Downing Street");
  EXPECT_EQ(Labelled("PO Box 1234, Austin, TX 78701"), "city=Austin; state=TX; postcode=78701");
  EXPECT_EQ(Labelled("12345"), "postcode=12345");
  EXPECT_EQ(Labelled("jane@example.org"), "");
  EXPECT_EQ(Labelled("2026-01-31"), "");
  EXPECT_EQ(Labelled("n/a"), "");
  EXPECT_EQ(Labelled(std::string(501, 'a')), "");
}

TEST(LabelsTest, AnyBytesAreTaken) {
  for (int c = 0; c < 256; ++c) {
    const std::string text = std::string(3, static_cast<char>(c)) + " 1 " +
                             std::string(1, static_cast<char>(c)) + ",12345";
    EXPECT_LE(LabelAddress(text).size(), 5u);
  }
  std::string many;
  for (int i = 0; i < 125; ++i) many += "1 a,";
  EXPECT_LE(LabelAddress(many).size(), 5u);
}

TEST(LabelsTest, EveryLabelIsGivenAtMostOnce) {
  constexpr std::array kPieces = {"1",     "12a",     "1010",  "94103", "SW1A", "2AA", "Main",
                                  "St",    "rue",     "de",    "New",   "York", "TX",  "DE",
                                  "Paris", "USA",     "Weg",   "Apt",   ",",    "\n",  ",",
                                  "-",     "Georgia", "Allee", "Avenue"};
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string address;
    for (unsigned words = random() % 12; words > 0; --words) {
      address += std::string(kPieces[random() % kPieces.size()]) + " ";
    }
    std::set<Label> seen;
    for (const LabelledPart& part : LabelAddress(address)) {
      EXPECT_TRUE(seen.insert(part.label).second) << address << " is " << Labelled(address);
    }
  }
}

TEST(LabelsTest, NamesReadBack) {
  for (const Label label :
       {Label::kRoad, Label::kCity, Label::kState, Label::kCountry, Label::kPostcode}) {
    EXPECT_EQ(ParseLabel(LabelName(label)), label);
  }
  EXPECT_EQ(ParseLabel("Road"), std::nullopt);
}

}  // namespace
}  // namespace assay::plan::address
