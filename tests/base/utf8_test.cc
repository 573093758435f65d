#include "base/utf8.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(Utf8Test, AcceptsWellFormedBytesOnly) {
  EXPECT_TRUE(IsUtf8("aé😀\xF4\x8F\xBF\xBF"));
  for (const char* bad : {"\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

TEST(Utf8Test, TellsACutSequenceFromAFault) {
  EXPECT_EQ(Utf8SequenceLength("€", 0), 3);
  EXPECT_EQ(Utf8SequenceLength("\xE2\x82", 0), -1);
  EXPECT_EQ(Utf8SequenceLength("\xE2x", 0), 0);
}

TEST(Utf8Test, AppendsCodePoints) {
  std::string text;
  for (const uint32_t code_point : {0x61u, 0xE9u, 0x20ACu, 0x1F600u, 0xD800u, 0x110000u})
    AppendUtf8(text, code_point);
  EXPECT_EQ(text, "aé€😀\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace assay
