#include "plan/like_pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::plan {
namespace {

using testing::ElementsAre;
using enum LikePiece::Kind;

TEST(LikePatternTest, SeparatesWildcardsFromText) {
  EXPECT_THAT(*ParseLikePattern("a%b_", '\\'),
              ElementsAre(LikePiece{kText, "a"}, LikePiece{kAnyText, ""}, LikePiece{kText, "b"},
                          LikePiece{kAnyCharacter, ""}));
  EXPECT_THAT(*ParseLikePattern("", '\\'), ElementsAre());
}

TEST(LikePatternTest, ResolvesEscapes) {
  EXPECT_THAT(*ParseLikePattern("a\\%\\_\\\\b", '\\'), ElementsAre(LikePiece{kText, "a%_\\b"}));
  EXPECT_THAT(*ParseLikePattern("a!%\\", '!'), ElementsAre(LikePiece{kText, "a%\\"}));
}

TEST(LikePatternTest, RefusesEscapesWithoutMeaning) {
  EXPECT_EQ(ParseLikePattern("a\\", '\\').error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(ParseLikePattern("a\\b", '\\').error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::plan
