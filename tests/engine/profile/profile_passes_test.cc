#include "engine/profile/profile_passes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::engine::profile {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kMiB = int64_t{1} << 20;
const KernelType kNumber{.physical = PhysicalType::kInt64, .format = ValueFormat::kInteger};
const KernelType kText{.physical = PhysicalType::kText, .format = ValueFormat::kText};

TEST(ProfilePassesTest, WhatFitsGoesTogether) {
  EXPECT_THAT(
      CutIntoPasses({{.type = kText}, {.type = kNumber}, {.type = kText}}, {}, 100 * kMiB, 4),
      ElementsAre(ElementsAre(1, 0, 2)));
  EXPECT_THAT(CutIntoPasses({}, {}, kMiB, 4), ElementsAre(IsEmpty()));
}

TEST(ProfilePassesTest, TextsThatDoNotFitGetPassesOfTheirOwn) {
  EXPECT_THAT(
      CutIntoPasses({{.type = kText}, {.type = kText}, {.type = kText}}, {}, 64 * kMiB, 4),
      ElementsAre(ElementsAre(0, 1), ElementsAre(2)));
}

TEST(ProfilePassesTest, CorrelatedNumbersStayTogether) {
  const std::vector<ProfiledColumn> numbers(5, {.type = kNumber});
  EXPECT_THAT(CutIntoPasses(numbers, {}, 2 * kMiB, 1), ElementsAre(ElementsAre(0, 1, 2, 3, 4)));
  EXPECT_THAT(CutIntoPasses(numbers, {.max_correlated_fields = 4}, 2 * kMiB, 1),
              ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4)));
}

}  // namespace
}  // namespace assay::engine::profile
