#include "plan/plain_letters.h"

#include <gtest/gtest.h>

namespace assay::plan {
namespace {

std::string Plain(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size();) AppendPlain(text, i, plain);
  return plain;
}

TEST(PlainLettersTest, LatinLettersHaveNoCaseAndNoAccents) {
  EXPECT_EQ(Plain("Crème BRÛLÉE"), "creme brulee");
  EXPECT_EQ(Plain("Straße Þór Ærø"), "strasse thor aero");
  EXPECT_EQ(Plain("Łódź ŒUVRE Šťastný Ĳssel İzmir"), "lodz oeuvre stastny ijssel izmir");
}

TEST(PlainLettersTest, GreekAndCyrillicLettersHaveNoCase) {
  EXPECT_EQ(Plain("ΑΘΗΝΑ"), "αθηνα");
  EXPECT_EQ(Plain("МОСКВА Ёлка"), "москва ёлка");
}

TEST(PlainLettersTest, OtherCharactersStayAsTheyAre) {
  EXPECT_EQ(Plain("3×4 東京 €"), "34 東京 €");
  EXPECT_EQ(Plain("a\xC3"), "a\xC3");
  EXPECT_EQ(Plain("\xFF\xC3Z"), "\xFF\xC3z");
}

}  // namespace
}  // namespace assay::plan
