#include "engine/object_store/s3_upload.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

TEST(PartBytesTest, GrowWithTheFileSoThatPartsAreAtMostTenThousand) {
  EXPECT_EQ(PartBytesFor(0), int64_t{8} << 20);
  EXPECT_EQ(PartBytesFor(int64_t{80'000} << 20), int64_t{8} << 20);
  EXPECT_EQ(PartBytesFor((int64_t{80'000} << 20) + 1), int64_t{9} << 20);
  const int64_t largest = int64_t{5} << 40;
  EXPECT_LE((largest + PartBytesFor(largest) - 1) / PartBytesFor(largest), 10'000);
}

}  // namespace
}  // namespace assay::engine
