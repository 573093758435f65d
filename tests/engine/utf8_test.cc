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

TEST(Utf8Test, WellFormedBytesEndWhereASequenceIsIllFormedOrCut) {
  // The scalar walk over sequences is what it has to agree with, wherever a fault stands.
  const std::string good =
      "plain text of some length, Köln, 日本語, 😀, \xED\x9F\xBF\xEE\x80\x80 and so on";
  EXPECT_EQ(WellFormedBytes(good), good.size());
  for (size_t at = 0; at < good.size(); ++at) {
    for (const char byte :
         {'\x80', '\xBF', '\xC0', '\xC3', '\xE0', '\xED', '\xF4', '\xFF', 'a'}) {
      std::string bytes = good;
      bytes[at] = byte;
      size_t expected = 0;
      while (expected < bytes.size()) {
        const int length = Utf8SequenceLength(bytes, expected);
        if (length <= 0) break;
        expected += static_cast<size_t>(length);
      }
      EXPECT_EQ(WellFormedBytes(bytes), expected) << at << " " << bytes;
    }
    const std::string cut = good.substr(0, at);
    EXPECT_LE(cut.size() - WellFormedBytes(cut), 3u) << at;
  }
}

/// Where the fault is found when the text comes in blocks of this size; -1: nowhere.
int64_t FaultIn(const std::string& text, size_t block_bytes) {
  Utf8Front front;
  for (size_t at = 0; at < text.size(); at += block_bytes) {
    const std::string_view block = std::string_view(text).substr(at, block_bytes);
    const bool is_last = at + block.size() == text.size();
    const auto fault =
        front.Add(static_cast<int64_t>(at), block, is_last ? InputEnds::kYes : InputEnds::kNo);
    if (fault) return *fault;
  }
  return -1;
}

TEST(Utf8Test, FaultsAreFoundHoweverTheFileIsCutIntoBlocks) {
  for (size_t block = 1; block < 20; ++block) {
    SCOPED_TRACE(block);
    EXPECT_EQ(FaultIn("Köln 日本 😀!", block), -1);
    EXPECT_EQ(FaultIn("K\xC3\xB6ln \xE9t\xE9", block), 6);
    EXPECT_EQ(FaultIn("abc\xE2\x82", block), 3);     // cut by the end of the file
    EXPECT_EQ(FaultIn("abc\xE2\x82z", block), 3);    // cut by a letter
    EXPECT_EQ(FaultIn("😀\xED\xA0\x80", block), 4);  // a surrogate
  }
}

TEST(Utf8Test, BlocksThatComeAgainAreNoFault) {
  Utf8Front front;
  EXPECT_EQ(front.Add(0, "K\xC3", InputEnds::kNo), std::nullopt);
  EXPECT_EQ(front.Add(2, "\xB6ln", InputEnds::kNo), std::nullopt);
  EXPECT_EQ(front.Add(2, "\xB6ln", InputEnds::kNo), std::nullopt);
  EXPECT_EQ(front.Add(0, "K\xC3", InputEnds::kNo), std::nullopt);
  EXPECT_EQ(front.Add(4, "n\xFF", InputEnds::kYes), 5);
}

}  // namespace
}  // namespace assay::engine
