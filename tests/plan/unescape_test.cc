#include "plan/unescape.h"

#include <gtest/gtest.h>

namespace assay::plan {
namespace {

TEST(UnescapeTest, ResolvesAllForms) {
  EXPECT_EQ(Unescape(R"(a\tb\\c\'d\qe)"), "a\tb\\c'dqe");
  EXPECT_EQ(Unescape(R"(\u00e9\U0001f600\101)"), "é😀A");
  EXPECT_EQ(Unescape(R"(\%\_)"), R"(\%\_)");
  EXPECT_EQ(Unescape("end\\"), "end\\");
  EXPECT_EQ(Unescape(R"(\ud800)"), "\xEF\xBF\xBD");
  EXPECT_EQ(Unescape(R"(\u12)"), "u12");
}

TEST(Utf8Test, AcceptsWellFormedBytesOnly) {
  EXPECT_TRUE(IsUtf8("aé😀\xF4\x8F\xBF\xBF"));
  for (const char* bad : {"\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

}  // namespace
}  // namespace assay::plan
