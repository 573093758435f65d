#include "rules/field_words.h"

#include <gmock/gmock.h>

#include <array>

namespace assay::rules {
namespace {

using ::testing::ElementsAre;

TEST(FieldWordsTest, EndAtMarksDigitsAndHumps) {
  EXPECT_THAT(WordsOfField("customerId"), ElementsAre("customer", "id"));
  EXPECT_THAT(WordsOfField("ORDER_no2"), ElementsAre("order", "no"));
  EXPECT_THAT(WordsOfField("billing.ZIP code"), ElementsAre("billing", "zip", "code"));
  EXPECT_THAT(WordsOfField("12"), ElementsAre());
}

TEST(FieldWordsTest, APhraseIsWholeWordsSideBySide) {
  constexpr std::array<std::string_view, 2> kPhrases = {"first name", "ip"};
  EXPECT_TRUE(HasPhrase("customerFirstName", kPhrases));
  EXPECT_TRUE(HasPhrase("firstname", kPhrases));
  EXPECT_TRUE(HasPhrase("client_ip", kPhrases));
  EXPECT_FALSE(HasPhrase("zip", kPhrases));
  EXPECT_FALSE(HasPhrase("first_product_name", kPhrases));
  EXPECT_FALSE(HasPhrase("name_first", kPhrases));
}

}  // namespace
}  // namespace assay::rules
