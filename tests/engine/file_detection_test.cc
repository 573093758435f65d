#include "engine/file_detection.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/engine/compressed.h"

namespace assay::engine {
namespace {

using namespace std::string_literals;

enum class ByteOrder { kLittle, kBig };

std::string Utf16(const std::u16string& text, ByteOrder order) {
  std::string bytes;
  for (const char16_t c : text) {
    const char high = static_cast<char>(c >> 8);
    const char low = static_cast<char>(c & 0xFF);
    bytes += order == ByteOrder::kLittle ? low : high;
    bytes += order == ByteOrder::kLittle ? high : low;
  }
  return bytes;
}

std::string Rows(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i)
    text += std::to_string(i * 2654435761U % 1000000007U) + ",name\n";
  return text;
}

TEST(FileDetectionTest, AsciiAndEmptyAreUtf8) {
  EXPECT_EQ(DetectTextEncoding(""), (DetectedText{TextEncoding::kUtf8, 0}));
  EXPECT_EQ(DetectTextEncoding("id,name\n1,Ann\n"), (DetectedText{TextEncoding::kUtf8, 0}));
}

TEST(FileDetectionTest, Utf8WithAndWithoutMark) {
  EXPECT_EQ(DetectTextEncoding("id\nKöln 東京 🙂\n"), (DetectedText{TextEncoding::kUtf8, 0}));
  EXPECT_EQ(DetectTextEncoding("\xef\xbb\xbfid\n1\n"), (DetectedText{TextEncoding::kUtf8, 3}));
}

TEST(FileDetectionTest, ACharacterCutByTheEndIsNoFault) {
  const std::string text = "id\n🙂";
  for (size_t size = 3; size <= text.size(); ++size) {
    EXPECT_EQ(DetectTextEncoding(text.substr(0, size)).encoding, TextEncoding::kUtf8) << size;
  }
}

TEST(FileDetectionTest, Utf16WithMark) {
  EXPECT_EQ(DetectTextEncoding(Utf16(u"\uFEFFid\n1\n", ByteOrder::kLittle)),
            (DetectedText{TextEncoding::kUtf16LittleEndian, 2}));
  EXPECT_EQ(DetectTextEncoding(Utf16(u"\uFEFFid\n1\n", ByteOrder::kBig)),
            (DetectedText{TextEncoding::kUtf16BigEndian, 2}));
}

TEST(FileDetectionTest, Utf16WithoutMarkShowsInItsZeros) {
  const std::u16string text = u"id,city\n1,東京\n2,Köln\n";
  EXPECT_EQ(DetectTextEncoding(Utf16(text, ByteOrder::kLittle)),
            (DetectedText{TextEncoding::kUtf16LittleEndian, 0}));
  EXPECT_EQ(DetectTextEncoding(Utf16(text, ByteOrder::kBig)),
            (DetectedText{TextEncoding::kUtf16BigEndian, 0}));
}

TEST(FileDetectionTest, OneByteEncodings) {
  EXPECT_EQ(DetectTextEncoding("city\nK\xf6ln\nM\xfcnchen\n"),
            (DetectedText{TextEncoding::kLatin1, 0}));
  EXPECT_EQ(DetectTextEncoding("text\nit\x92s 5 \x80\n"),
            (DetectedText{TextEncoding::kWindows1252, 0}));
}

TEST(FileDetectionTest, DamagedUtf8StaysUtf8) {
  EXPECT_EQ(DetectTextEncoding("Köln, Zürich, Málaga, K\xf6ln"),
            (DetectedText{TextEncoding::kUtf8, 0}));
}

TEST(FileDetectionTest, IllFormedSequencesAreNoUtf8) {
  for (const std::string& bytes :
       {"\xc0\xaf"s, "\xe0\x9f\x80"s, "\xed\xa0\x80"s, "\xf0\x8f\x80\x80"s, "\xf4\x90\x80\x80"s,
        "\xf5\x80\x80\x80"s, "\x80"s}) {
    EXPECT_NE(DetectTextEncoding(bytes + " and more").encoding, TextEncoding::kUtf8);
  }
}

TEST(FileDetectionTest, ZerosWithoutAPatternAreBinary) {
  EXPECT_EQ(DetectTextEncoding("\x00\x00\x01\x00\x00\x02\x10\x00\x00\x00"s).encoding,
            TextEncoding::kBinary);
  const auto name = DetectEncodingName("\x00\x00\x01\x00\x00\x02\x10\x00\x00\x00"s);
  ASSERT_FALSE(name);
  EXPECT_EQ(name.error().kind, ErrorKind::kCorruptData);
}

TEST(FileDetectionTest, NamesAreThoseOfTheReadOptions) {
  EXPECT_EQ(DetectEncodingName("id\n1\n").value(), "utf-8");
  EXPECT_EQ(DetectEncodingName(Utf16(u"id\n1\n", ByteOrder::kLittle)).value(), "utf-16");
  EXPECT_EQ(DetectEncodingName(Utf16(u"id\n1\n", ByteOrder::kBig)).value(), "utf-16be");
  EXPECT_EQ(DetectEncodingName("K\xf6ln\n").value(), "latin-1");
  EXPECT_EQ(DetectEncodingName("it\x92s\n").value(), "windows-1252");
}

TEST(FileDetectionTest, CompressionIsSeenInTheBytes) {
  EXPECT_EQ(DetectCompression(Gzip("a")), Compression::kGzip);
  EXPECT_EQ(DetectCompression(Zstd("a")), Compression::kZstd);
  EXPECT_EQ(DetectCompression("a"), Compression::kNone);
  EXPECT_EQ(DetectCompression(""), Compression::kNone);
}

TEST(FileDetectionTest, DecompressesTheStartOfACutFile) {
  const std::string plain = Rows(200'000);
  for (const std::string& packed : {Gzip(plain), Zstd(plain)}) {
    const auto part = DecompressHead(packed.substr(0, packed.size() / 2), 10'000'000);
    ASSERT_TRUE(part) << part.error().message;
    EXPECT_GT(part->size(), 1000U);
    EXPECT_TRUE(plain.starts_with(*part));
    EXPECT_EQ(DecompressHead(packed, 1000).value(), plain.substr(0, 1000));
    EXPECT_EQ(DecompressHead(packed, plain.size() + 10).value(), plain);
  }
}

TEST(FileDetectionTest, GzipMembersFollowEachOther) {
  EXPECT_EQ(DecompressHead(Gzip("id\n") + Gzip("1\n"), 100).value(), "id\n1\n");
}

TEST(FileDetectionTest, DamagedCompressionIsCorrupt) {
  for (std::string packed : {Gzip(Rows(1000)), Zstd(Rows(1000))}) {
    for (size_t i = 4; i < 60 && i < packed.size(); ++i) packed[i] = '\x7f';
    const auto plain = DecompressHead(packed, 100'000);
    ASSERT_FALSE(plain);
    EXPECT_EQ(plain.error().kind, ErrorKind::kCorruptData);
  }
}

TEST(FileDetectionTest, EncodingOfCompressedFiles) {
  EXPECT_EQ(DetectEncodingName(Gzip("K\xf6ln\n")).value(), "latin-1");
  EXPECT_EQ(DetectEncodingName(Zstd(Utf16(u"id\n1\n", ByteOrder::kLittle))).value(), "utf-16");
}

TEST(FileDetectionTest, ParquetMagic) {
  EXPECT_TRUE(HasParquetMagic("PAR1\x15"));
  EXPECT_FALSE(HasParquetMagic("PAR"));
  EXPECT_FALSE(HasParquetMagic("id,name"));
}

}  // namespace
}  // namespace assay::engine
