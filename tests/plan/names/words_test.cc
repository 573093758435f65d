#include "plan/names/words.h"

#include <gmock/gmock.h>

namespace assay::plan::names {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(WordsTest, CaseAccentsAndPunctuationDoNotCount) {
  EXPECT_THAT(WordsOf("Frank's  FLOWERS"), ElementsAre("franks", "flowers"));
  EXPECT_THAT(WordsOf("Frank\u2019s\u00A0Flowers"), ElementsAre("franks", "flowers"));
  EXPECT_THAT(WordsOf("Müller-Lüdenscheidt, Dr. H."),
              ElementsAre("muller", "ludenscheidt", "dr", "h"));
  EXPECT_THAT(WordsOf("I.B.M."), ElementsAre("ibm"));
  EXPECT_THAT(WordsOf("Marks & Spencer"), ElementsAre("marks", "and", "spencer"));
  EXPECT_THAT(WordsOf("Café \u2014 東京"), ElementsAre("cafe", "東京"));
}

TEST(WordsTest, LegalFormsBehindAndTheInFrontAreLeftOut) {
  EXPECT_THAT(WordsOf("The ACME Company, Inc."), ElementsAre("acme"));
  EXPECT_THAT(WordsOf("Bauer GmbH & Co. KG"), ElementsAre("bauer"));
  EXPECT_THAT(WordsOf("Cementos S.A. de C.V."), ElementsAre("cementos"));
  EXPECT_THAT(WordsOf("Kowalski Sp. z o.o."), ElementsAre("kowalski"));
  EXPECT_THAT(WordsOf("Ltd Edition Prints"), ElementsAre("ltd", "edition", "prints"));
}

TEST(WordsTest, WhatIsLeftIsNeverNothing) {
  EXPECT_THAT(WordsOf("Inc."), ElementsAre("inc"));
  EXPECT_THAT(WordsOf("The"), ElementsAre("the"));
  EXPECT_THAT(WordsOf("Company Ltd"), ElementsAre("company"));
  EXPECT_THAT(WordsOf(" -- !"), IsEmpty());
  EXPECT_THAT(WordsOf(""), IsEmpty());
}

}  // namespace
}  // namespace assay::plan::names
