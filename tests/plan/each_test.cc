#include "plan/each.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> Texts(std::string_view text) {
  const auto combinations = ExpandEach(text, 100);
  EXPECT_TRUE(combinations) << text << ": " << combinations.error().message;
  std::vector<std::string> texts;
  for (const EachCombination& each : combinations.value_or(std::vector<EachCombination>()))
    texts.push_back(each.text);
  return texts;
}

std::string ErrorOf(std::string_view text, size_t most = 100) {
  const auto combinations = ExpandEach(text, most);
  if (combinations) return "no error";
  EXPECT_EQ(combinations.error().kind, ErrorKind::kInvalidInput);
  return combinations.error().message;
}

TEST(EachTest, PutsEachValueInItsPlace) {
  EXPECT_THAT(Texts("region = each('EU','US') AND id > 1"),
              ElementsAre("region = 'EU' AND id > 1", "region = 'US' AND id > 1"));
  EXPECT_THAT(Texts("EACH ( 1 , DATE '2026-01-31' ) = a"),
              ElementsAre("1  = a", "DATE '2026-01-31'  = a"));
}

TEST(EachTest, SeveralMultiplyAndTheLastVariesFastest) {
  EXPECT_THAT(Texts("region = each('EU','US') AND cat = each('A','B')"),
              ElementsAre("region = 'EU' AND cat = 'A'", "region = 'EU' AND cat = 'B'",
                          "region = 'US' AND cat = 'A'", "region = 'US' AND cat = 'B'"));
  const auto combinations = ExpandEach("each('EU','US') = each(1, 2)", 100);
  ASSERT_TRUE(combinations);
  EXPECT_THAT(combinations->at(1).values,
              ElementsAre(Literal::String("EU"), Literal::Integer(2)));
}

TEST(EachTest, ATextWithoutEachStandsForItself) {
  EXPECT_THAT(Texts("a = 'each(1, 2)' AND `each` (3) AND x.each(4)"),
              ElementsAre("a = 'each(1, 2)' AND `each` (3) AND x.each(4)"));
  EXPECT_THAT(Texts("each > 1"), ElementsAre("each > 1"));
  EXPECT_THAT(Texts(""), ElementsAre(""));
}

TEST(EachTest, SignsAndCommentsDoNotRunIntoTheirSurroundings) {
  EXPECT_THAT(Texts("a -each(-1)"), ElementsAre("a -(-1)"));
  EXPECT_THAT(Texts("each('x' -- why\n) = a"), ElementsAre("'x' -- why\n\n = a"));
}

TEST(EachTest, ValuesAreLiteralsEachOnce) {
  EXPECT_THAT(ErrorOf("a = each()"), HasSubstr("line 1, column 10: each() needs values"));
  EXPECT_THAT(ErrorOf("a = each(1,)"), HasSubstr("needs values"));
  EXPECT_THAT(ErrorOf("a = each(b)"), HasSubstr("column 10: a value of each() must be one"));
  EXPECT_THAT(ErrorOf("a = each(1 + 1)"), HasSubstr("must be one literal"));
  EXPECT_THAT(ErrorOf("a = each(each(1))"), HasSubstr("must be one literal"));
  EXPECT_THAT(ErrorOf("a = each({{ x }})"), HasSubstr("must be one literal"));
  EXPECT_THAT(ErrorOf("a = each('x', \"x\")"), HasSubstr("column 15: each() has this value"));
  EXPECT_THAT(ErrorOf("a = each(1"), HasSubstr("column 5: each( is not closed"));
  EXPECT_THAT(ErrorOf("a = 'x"), HasSubstr("line 1, column 5"));
}

TEST(EachTest, CombinationsAreLimited) {
  EXPECT_THAT(ErrorOf("each(1, 2) = each(1, 2)", 3), HasSubstr("the most are 3"));
  EXPECT_EQ(ErrorOf("each(1, 2) = each(1, 2)", 4), "no error");
}

}  // namespace
}  // namespace assay::plan
