// Tests of engine/text_decoder.h.

#include "engine/text_decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::engine {
namespace {

using namespace std::string_literals;

/// Decodes `bytes` cut into pieces of `piece` bytes.
std::string Decode(std::string_view encoding, std::string_view bytes, size_t piece) {
  const auto decoder = TextDecoder::Make(encoding).value();
  std::string text;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    decoder->Decode(bytes.substr(0, piece), InputEnds::kNo, text);
  }
  decoder->Decode("", InputEnds::kYes, text);
  return text;
}

struct Case {
  const char* encoding;
  std::string bytes, text;
};

TEST(TextDecoderTest, GivesTheSameTextHoweverTheBytesAreCut) {
  const std::vector<Case> cases = {
      {"utf-8", "a€😀\n", "a€😀\n"},
      {"utf-8", "\xEF\xBB\xBFid\n", "id\n"},
      {"utf-8", "x\xFFy\xE2\x82", "x\xF4\x8F\xBF\xBFy\xF4\x8F\xBF\xA2\xF4\x8F\xBE\x82"},
      {"utf-16", "\xFF\xFE"s + "i\0d\0\xAC\x20"s, "id€"},
      {"utf-16be", "\xFE\xFF"s + "\0i\0d\x20\xAC\xD8\x3D\xDE\x00"s, "id€😀"},
      {"utf-16be", "\xD8\x3D\0x"s,
       "\xF4\x8F\xBF\x98\xF4\x8F\xBC\xBDx"},  // half a surrogate pair
      {"latin-1", "K\xF6ln \x92", "Köln \u0092"},
      {"windows-1252", "it\x92s \x80", "it’s €"},
      {"windows-1252", "a\x81z", "a\xF4\x8F\xBE\x81z"},  // stands for nothing
  };
  for (const Case& c : cases) {
    for (const size_t piece : {1, 2, 3, 5, 100}) {
      EXPECT_EQ(Decode(c.encoding, c.bytes, piece), c.text) << c.encoding << " by " << piece;
    }
  }
}

TEST(TextDecoderTest, KeepsAMarkThatIsNotAtTheStart) {
  EXPECT_EQ(Decode("utf-8", "a\xEF\xBB\xBF", 1), "a\xEF\xBB\xBF");
}

TEST(TextDecoderTest, LongInputsPassThroughTheBuffer) {
  const std::string bytes(100'000, '\xE4');
  const std::string text = Decode("latin-1", bytes, 70'000);
  EXPECT_EQ(text.size(), 2 * bytes.size());
  EXPECT_TRUE(text.ends_with("ä"));
}

TEST(TextDecoderTest, RefusesOtherNames) {
  EXPECT_THAT(TextDecoder::Make("ebcdic").error().message,
              testing::HasSubstr("windows-1252: ebcdic"));
}

}  // namespace
}  // namespace assay::engine
