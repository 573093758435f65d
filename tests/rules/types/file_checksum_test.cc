#include <gmock/gmock.h>

#include "tests/rules/file_expectation.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(FileChecksumTest, LooksIntoAManifestOrBesideEachFile) {
  using Checksum = plan::FileCheck::Checksum;
  EXPECT_EQ(ExpectedOfFiles<Checksum>("fileChecksum", Json::object()).manifest, std::nullopt);
  EXPECT_EQ(ExpectedOfFiles<Checksum>("fileChecksum", Json::object({{"manifest", "MD5SUMS"}}))
                .manifest,
            "MD5SUMS");
  EXPECT_EQ(Violation("fileChecksum", Json::object(), Integers({})),
            "does not have the checksum written down for it");
}

TEST(FileChecksumTest, AManifestIsInTheFolderOfTheFile) {
  for (const char* name : {"", "../secret", "/etc/passwd", "a/b"}) {
    EXPECT_THAT(Refusal("fileChecksum", Json::object({{"manifest", name}}), Integers({})),
                HasSubstr("manifest: must be the name of a file"));
  }
}

}  // namespace
}  // namespace assay::rules::testing
