#include "engine/file_digest.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

// Of "abc": RFC 1321 A.5 and FIPS 180-2.
constexpr const char* kMd5 = "900150983cd24fb0d6963f7d28e17f72";
constexpr const char* kSha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
constexpr const char* kSha256 =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::string Of(DigestKind kind, std::string_view first, std::string_view second) {
  FileDigest digest(kind);
  digest.Add(first);
  digest.Add(second);
  return digest.Finish();
}

TEST(FileDigestTest, IsThatOfTheStandards) {
  EXPECT_EQ(Of(DigestKind::kMd5, "a", "bc"), kMd5);
  EXPECT_EQ(Of(DigestKind::kSha1, "abc", ""), kSha1);
  EXPECT_EQ(Of(DigestKind::kSha256, "ab", "c"), kSha256);
  EXPECT_EQ(Of(DigestKind::kSha512, "ab", "c").size(), 128u);
  EXPECT_EQ(DigestOfLength(32), DigestKind::kMd5);
  EXPECT_EQ(DigestOfLength(128), DigestKind::kSha512);
  EXPECT_EQ(DigestOfLength(33), std::nullopt);
}

TEST(FileDigestTest, IsFoundInWhatToolsWrite) {
  const std::string md5 = kMd5;
  EXPECT_EQ(FindDigest(md5 + "  x.csv\n", "x.csv"), md5);
  EXPECT_EQ(FindDigest("# made today\n0\n" + md5 + " *in/x.csv\r\n", "x.csv"), md5);
  EXPECT_EQ(FindDigest("SHA256 (x (1).csv) = " + std::string(kSha256), "x (1).csv"), kSha256);
  EXPECT_EQ(FindDigest("A9993E364706816ABA3E25717850C26C9CD0D89D", "x.csv"), kSha1);
  EXPECT_EQ(FindDigest(std::string(kSha1) + "\n" + md5 + "  x.csv", "x.csv"), md5);
}

TEST(FileDigestTest, IsNotFoundForOtherFilesOrInOtherTexts) {
  EXPECT_EQ(FindDigest(std::string(kMd5) + "  y.csv\n", "x.csv"), std::nullopt);
  for (const char* text : {"", "\n\n", "x.csv", "900150983cd24fb0  x.csv", "() = ",
                           "900150983cd24fb0d6963f7d28e17f7z  x.csv", " (x.csv) = abc"}) {
    EXPECT_EQ(FindDigest(text, "x.csv"), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace assay::engine
