// Tests of engine/utf8.h.

#include "engine/utf8.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace assay::engine {
namespace {

using namespace std::string_literals;

std::string Escaped(std::string_view bytes) {
  std::string text;
  EXPECT_EQ(AppendEscaped(bytes, InputEnds::kYes, text), bytes.size());
  return text;
}

TEST(Utf8Test, WellFormedTextStaysAsItIs) {
  for (const std::string& text : {""s, "abc"s, "Köln"s, "日本"s, "😀"s, "a\0b"s}) {
    EXPECT_EQ(Escaped(text), text);
    EXPECT_FALSE(HasEscapedBytes(text));
  }
}

TEST(Utf8Test, EveryOtherByteBecomesOneEscape) {
  EXPECT_EQ(ReplaceEscapedBytes(Escaped("caf\xE9!")), "caf\xEF\xBF\xBD!");
  EXPECT_EQ(ReplaceEscapedBytes(Escaped("\xE2\x82")),
            "\xEF\xBF\xBD\xEF\xBF\xBD");  // a cut sign
  EXPECT_EQ(ReplaceEscapedBytes(Escaped("\xC0\xAF")), "\xEF\xBF\xBD\xEF\xBF\xBD");  // overlong
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    const std::string text = Escaped(std::string(1, static_cast<char>(byte)));
    EXPECT_TRUE(HasEscapedBytes(text));
    EXPECT_EQ(Utf8SequenceLength(text, 0), 4);
    EXPECT_EQ(text.size(), 4u);
  }
}

TEST(Utf8Test, OnlyACutEndIsLeftForLater) {
  std::string text;
  EXPECT_EQ(AppendEscaped("ab\xE2\x82", InputEnds::kNo, text), 2u);
  EXPECT_EQ(text, "ab");
  EXPECT_EQ(AppendEscaped("\xE2\x82\xAC", InputEnds::kNo, text), 3u);
  EXPECT_EQ(text, "ab€");
}

TEST(Utf8Test, OtherSignsOfThatPlaneAreNoEscapes) {
  EXPECT_FALSE(HasEscapedBytes("\xF4\x8F\xBB\xBF"));  // U+10FEFF
  EXPECT_FALSE(HasEscapedBytes("\xF4\x80\x80\x80"));
  EXPECT_TRUE(HasEscapedBytes("\xF4\x80\x80\x80\xF4\x8F\xBC\x80"));
}

}  // namespace
}  // namespace assay::engine
