#include "net/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::net {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(UrlTest, PercentDecodesBytes) {
  EXPECT_EQ(PercentDecode("a%20b%2Fc%c3%A9").value(), "a b/c\xc3\xa9");
  EXPECT_EQ(PercentDecode("a+b").value(), "a+b");
  EXPECT_EQ(PercentDecode("100%25").value(), "100%");
}

TEST(UrlTest, RefusesBrokenPercentSigns) {
  for (const char* text : {"%", "a%2", "%zz", "%2", "ok%0g"}) {
    EXPECT_EQ(PercentDecode(text).error().kind, ErrorKind::kInvalidInput) << text;
  }
}

TEST(UrlTest, PercentEncodesAllButUnreservedCharacters) {
  EXPECT_EQ(PercentEncode("a-_.~Z9/b c+%ü", SlashEncoding::kKeep), "a-_.~Z9/b%20c%2B%25%C3%BC");
  EXPECT_EQ(PercentEncode("a/b=&?", SlashEncoding::kEncode), "a%2Fb%3D%26%3F");
}

TEST(UrlTest, SplitsPathsBeforeDecodingThem) {
  EXPECT_THAT(SplitPath("/api/teams/a%2Fb/").value(), ElementsAre("api", "teams", "a/b"));
  EXPECT_THAT(SplitPath("//api//x").value(), ElementsAre("api", "x"));
  EXPECT_THAT(SplitPath("/").value(), IsEmpty());
  EXPECT_FALSE(SplitPath("/api/%f").has_value());
}

TEST(UrlTest, ReadsQueriesInOrderWithRepeatedKeys) {
  EXPECT_THAT(ParseQuery("type=s3&name=a+b%26c&type=local&flag&empty=&&x=1=2").value(),
              ElementsAre(Pair("type", "s3"), Pair("name", "a b&c"), Pair("type", "local"),
                          Pair("flag", ""), Pair("empty", ""), Pair("x", "1=2")));
  EXPECT_THAT(ParseQuery("").value(), IsEmpty());
  EXPECT_EQ(ParseQuery("a=%").error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::net
