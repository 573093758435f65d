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

}  // namespace
}  // namespace assay::plan
