#include "plan/portable_pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::plan {
namespace {

using testing::HasSubstr;

std::string Portable(std::string_view pattern) {
  const auto portable = MakePortable(pattern);
  return portable ? portable->text : "error: " + portable.error().message;
}

TEST(PortablePatternTest, WritesOutWhatEnginesReadDifferently) {
  EXPECT_EQ(Portable("^a.c$"), R"(\Aa[^\n]c\z)");
  EXPECT_EQ(Portable(R"(\d+\s\w)"), R"([0-9]+[\t\n\f\r ][0-9A-Za-z_])");
  EXPECT_EQ(Portable(R"(\D\S\W)"), R"([^0-9][^\t\n\f\r ][^0-9A-Za-z_])");
  EXPECT_EQ(Portable(R"([\d_-]|[[:alpha:]^])"), R"([0-9_\-]|[A-Za-z\^])");
  EXPECT_EQ(Portable("[]a]"), R"([\]a])");
  EXPECT_EQ(Portable("[a&&b[]"), R"([a\&\&b\[])");
  EXPECT_EQ(Portable(R"(\x41\x{1F600}\.\t)"), "A😀\\.\t");
  EXPECT_EQ(Portable("(?P<year>[0-9]{4})(?:x|y)?"), "([0-9]{4})(?:x|y)?");
  EXPECT_EQ(Portable("a{,2}b{x}"), R"(a\{,2\}b\{x\})");
  EXPECT_EQ(Portable("é+?日{2,3}"), "é+?日{2,3}");
  EXPECT_EQ(Portable("(|a)"), "(|a)");
}

TEST(PortablePatternTest, TellsWhatMayMatchTheEmptyText) {
  EXPECT_FALSE(MakePortable("ab*")->may_match_empty);
  EXPECT_FALSE(MakePortable("a+|b")->may_match_empty);
  EXPECT_TRUE(MakePortable("a*")->may_match_empty);
  EXPECT_TRUE(MakePortable("a|")->may_match_empty);
  EXPECT_TRUE(MakePortable("^$")->may_match_empty);
  EXPECT_TRUE(MakePortable("(a?b{0,2})")->may_match_empty);
  EXPECT_FALSE(MakePortable("a{1,2}")->may_match_empty);
}

TEST(PortablePatternTest, RefusesWhatCannotBeWrittenOut) {
  for (const char* pattern : {"(?i)a", "(?i:a)", R"(\bword\b)", R"(\pL)", R"(\Qa\E)", R"([\D])",
                              R"(\C)", "(a*)*", "(a|b?)+", "^*", "[[:graph:]]", R"(\07)"}) {
    const auto portable = MakePortable(pattern);
    ASSERT_FALSE(portable) << pattern;
    EXPECT_EQ(portable.error().kind, ErrorKind::kUnsupported);
    EXPECT_THAT(portable.error().message, HasSubstr(pattern));
  }
  EXPECT_FALSE(MakePortable(std::string(200, '(') + "a" + std::string(200, ')')));
}

}  // namespace
}  // namespace assay::plan
