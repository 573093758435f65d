#include "engine/object_store/s3_checksum.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

TEST(S3ChecksumTest, Crc32cOfTheCheckValueOfRfc3720) {
  EXPECT_EQ(Crc32cBase64("123456789"), "4waSgw==");  // 0xE3069283
  EXPECT_EQ(Crc32cBase64(""), "AAAAAA==");
}

TEST(S3ChecksumTest, TheCompositeIsTheChecksumOfTheChecksums) {
  const std::string two = std::string("\xE3\x06\x92\x83", 4) + std::string(4, '\0');
  EXPECT_EQ(CompositeCrc32c({{1, "e", "4waSgw=="}, {2, "e", "AAAAAA=="}}),
            Crc32cBase64(two) + "-2");
}

TEST(S3ChecksumTest, ThereIsNoCompositeUnlessEveryPartHasAChecksum) {
  EXPECT_EQ(CompositeCrc32c({{1, "e", "4waSgw=="}, {2, "e", ""}}), "");
  EXPECT_EQ(CompositeCrc32c({{1, "e", "not base64!"}}), "");
  EXPECT_EQ(CompositeCrc32c({{1, "e", "AAAAAAAAAAAAAAAA"}}), "");
}

}  // namespace
}  // namespace assay::engine
