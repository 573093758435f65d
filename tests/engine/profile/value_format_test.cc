#include "engine/profile/value_format.h"

#include <gtest/gtest.h>

#include <limits>

namespace assay::engine::profile {
namespace {

TEST(ValueFormatTest, DatesFarAwayAndInfinite) {
  EXPECT_EQ(FormatDate(0), "1970-01-01");
  EXPECT_EQ(FormatDate(2'932'897), "10000-01-01");
  EXPECT_EQ(FormatDate(std::numeric_limits<int32_t>::max()), "infinity");
  EXPECT_EQ(FormatDate(-std::numeric_limits<int32_t>::max()), "-infinity");
}

}  // namespace
}  // namespace assay::engine::profile
