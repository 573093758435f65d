#include "cli/options.h"

#include <gtest/gtest.h>

namespace assay::cli {
namespace {

TEST(ParseByteSizeTest, KnowsDecimalAndBinaryUnits) {
  EXPECT_EQ(ParseByteSize("4GB"), 4'000'000'000);
  EXPECT_EQ(ParseByteSize("512 MiB"), 512 << 20);
  EXPECT_EQ(ParseByteSize("1.5kb"), 1'500);
  EXPECT_EQ(ParseByteSize("1000000"), 1'000'000);
  EXPECT_EQ(ParseByteSize("2G"), 2'000'000'000);
}

TEST(ParseByteSizeTest, RefusesOtherTexts) {
  for (const auto* text :
       {"", "GB", "4 elephants", "-1GB", "0", "1e3", "nan", "99999999TB", "4GB4"}) {
    const Result<int64_t> size = ParseByteSize(text);
    ASSERT_FALSE(size.has_value()) << text;
    EXPECT_EQ(size.error().kind, ErrorKind::kInvalidInput) << text;
  }
}

}  // namespace
}  // namespace assay::cli
