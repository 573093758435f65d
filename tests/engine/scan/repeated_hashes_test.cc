#include "engine/scan/repeated_hashes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace assay::engine::scan {
namespace {

using ::testing::ElementsAre;

std::vector<uint64_t> RepeatedOf(const RepeatedHashes& hashes, int64_t& distinct) {
  std::vector<uint64_t> all;
  const auto found = hashes.Find(
      [&](std::span<const uint64_t> repeated) -> Status {
        all.insert(all.end(), repeated.begin(), repeated.end());
        return {};
      },
      {});
  EXPECT_TRUE(found);
  distinct = found.value_or(-1);
  std::ranges::sort(all);
  return all;
}

TEST(RepeatedHashesTest, FindsWhatWasAddedMoreThanOnce) {
  RepeatedHashes hashes("/nowhere", int64_t{1} << 20);
  for (const uint64_t hash : {7U, 0U, 9U, 7U, 0U, 7U}) hashes.Add(hash);
  int64_t distinct = 0;
  EXPECT_THAT(RepeatedOf(hashes, distinct), ElementsAre(0, 7));
  EXPECT_EQ(distinct, 3);
  EXPECT_EQ(hashes.count(), 6);
}

TEST(RepeatedHashesTest, GivesTheSameWhenItSpillsAndIsCombined) {
  const std::string folder = std::filesystem::temp_directory_path().string();
  RepeatedHashes first(folder, 1 << 16), second(folder, 1 << 16);
  constexpr uint64_t kSpread = 0x9E3779B97F4A7C15U;
  for (uint64_t i = 0; i < 50'000; ++i) {
    first.Add(i * kSpread);
    second.Add((i + 40'000) * kSpread);
  }
  ASSERT_TRUE(first.Combine(std::move(second)));
  int64_t distinct = 0;
  EXPECT_EQ(RepeatedOf(first, distinct).size(), 10'000U);
  EXPECT_EQ(distinct, 90'000);
}

TEST(RepeatedHashesTest, StopsWhenAsked) {
  RepeatedHashes hashes("/nowhere", int64_t{1} << 20);
  hashes.Add(1);
  std::stop_source stop;
  stop.request_stop();
  const auto found =
      hashes.Find([](std::span<const uint64_t>) -> Status { return {}; }, stop.get_token());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::kCancelled);
}

}  // namespace
}  // namespace assay::engine::scan
