// Tests of engine/plain_reader.h.

#include "engine/plain_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/engine/compressed.h"

namespace assay::engine {
namespace {

using CutStream = PlainReader::CutStream;

/// All that comes out when the source gives `bytes` in pieces and `size` bytes are asked for.
Result<std::string> ReadAll(std::string_view bytes, CutStream cut_stream, size_t piece = 1000,
                            size_t size = 777) {
  PlainReader reader(
      [&](char* buffer, size_t room) {
        const size_t count = bytes.copy(buffer, std::min(piece, room));
        bytes.remove_prefix(count);
        return count;
      },
      cut_stream);
  std::string all, part(size, '\0');
  while (true) {
    ASSAY_TRY(const size_t got, reader.Read(part.data(), part.size()));
    if (got == 0) return all;
    all.append(part, 0, got);
  }
}

std::string Numbers(int count) {
  std::mt19937 random(7);
  std::string text;
  for (int i = 0; i < count; ++i) text += std::to_string(random()) + "\n";
  return text;
}

TEST(PlainReaderTest, GivesTheSameHoweverItIsCut) {
  const std::string plain = Numbers(20'000);
  for (const std::string& stored : {plain, Gzip(plain), Zstd(plain), Gzip("") + Gzip(plain),
                                    Zstd(plain.substr(0, 9)) + Zstd(plain.substr(9))}) {
    for (const size_t piece : {1, 13, 100'000, 10'000'000}) {
      const auto read = ReadAll(stored, CutStream::kIsDamage, piece);
      ASSERT_TRUE(read) << read.error().message;
      EXPECT_TRUE(*read == plain) << piece;
    }
  }
  for (const std::string& nothing : {std::string(), Gzip(""), Zstd("")}) {
    EXPECT_EQ(ReadAll(nothing, CutStream::kIsDamage), "");
  }
}

TEST(PlainReaderTest, TakesZerosAfterTheLastMember) {
  EXPECT_EQ(ReadAll(Gzip("abc") + std::string(512, '\0'), CutStream::kIsDamage), "abc");
}

TEST(PlainReaderTest, ACutStreamIsDamageUnlessItIsAHead) {
  const std::string plain = Numbers(20'000);
  for (const std::string& packed : {Gzip(plain), Zstd(plain)}) {
    for (const size_t missing : {1, 4, 8, 5'000}) {
      const std::string cut = packed.substr(0, packed.size() - missing);
      const auto read = ReadAll(cut, CutStream::kIsDamage);
      ASSERT_FALSE(read) << missing;
      EXPECT_EQ(read.error().kind, ErrorKind::kCorruptData);
      EXPECT_THAT(read.error().message, testing::HasSubstr("cut"));
      const auto head = ReadAll(cut, CutStream::kIsEnd);
      ASSERT_TRUE(head);
      EXPECT_TRUE(plain.starts_with(*head));
    }
  }
}

TEST(PlainReaderTest, DamageIsFoundByTheCheckSum) {
  std::string packed = Gzip(Numbers(1000));
  packed[packed.size() - 6] = static_cast<char>(~packed[packed.size() - 6]);
  EXPECT_EQ(ReadAll(packed, CutStream::kIsDamage).error().message,
            "the gzip compression is damaged");
}

}  // namespace
}  // namespace assay::engine
