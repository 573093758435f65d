#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MatchesPatternTest, IsFoundAnywhereUnlessAnchored) {
  EXPECT_THAT(
      FailingRows("matchesPattern", {{"pattern", "[0-9]+"}}, Texts({"a1b", "ab", "", kNull})),
      ElementsAre(1, 2));
  EXPECT_THAT(FailingRows("matchesPattern", {{"pattern", "^[0-9]+$"}},
                          Texts({"12", "a1", "1a", kNull})),
              ElementsAre(1, 2));
}

TEST(MatchesPatternTest, IsCaseSensitiveAndKnowsUnicode) {
  EXPECT_THAT(FailingRows("matchesPattern", {{"pattern", "^\\p{Lu}.$"}},
                          Texts({"Äx", "äx", "Xä", "Xäx"})),
              ElementsAre(1, 3));
}

TEST(MatchesPatternTest, QuotesInPatternsAreNotSql) {
  EXPECT_THAT(
      FailingRows("matchesPattern", {{"pattern", "^O'\\w+$"}}, Texts({"O'Hara", "OHara"})),
      ElementsAre(1));
}

TEST(MatchesPatternTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("matchesPattern", {{"pattern", "x"}}, Texts({})), IsEmpty());
}

TEST(MatchesPatternTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("matchesPattern", {{"pattern", "x"}}, Texts({"a", "b", "x"}), "field <> 'a'"),
      ElementsAre(1));
}

TEST(MatchesPatternTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("matchesPattern", {{"pattern", "^a$"}}, Texts({})), "does not match ^a$");
}

TEST(MatchesPatternTest, RefusesWhatRe2Refuses) {
  EXPECT_EQ(Refusal("matchesPattern", {{"pattern", "a("}}, Texts({})),
            "check matchesPattern(field): properties: pattern: not a regular expression: "
            "missing ): a(");
  EXPECT_THAT(Refusal("matchesPattern", {{"pattern", "(a)\\1"}}, Texts({})),
              HasSubstr("invalid escape sequence"));
  EXPECT_THAT(Refusal("matchesPattern", {{"pattern", "((a{100}){100}){100}"}}, Texts({})),
              HasSubstr("invalid repetition size"));
  std::string large;
  for (int i = 0; i < 300; ++i) large += "\\pL{900}";
  EXPECT_THAT(Refusal("matchesPattern", {{"pattern", large}}, Texts({})),
              HasSubstr("pattern too large"));
  EXPECT_THAT(Refusal("matchesPattern", {{"pattern", 5}}, Texts({})),
              HasSubstr("pattern: must be a text"));
  EXPECT_THAT(Refusal("matchesPattern", {{"pattern", "5"}}, Integers({})),
              HasSubstr("does not apply to fields of type Integral"));
}

}  // namespace
}  // namespace assay::rules::testing
