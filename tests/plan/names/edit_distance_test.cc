#include "plan/names/edit_distance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace assay::plan::names {
namespace {

size_t Distance(std::u32string_view a, std::u32string_view b, size_t limit = 100) {
  EditDistance distance;
  const size_t forth = distance(a, b, limit);
  EXPECT_EQ(distance(b, a, limit), forth);
  return forth;
}

// Published examples: Levenshtein's distance of kitten and sitting and of Saturday and Sunday;
// CA and ABC, which the restricted distance puts 3 apart and the unrestricted one 2.
TEST(EditDistanceTest, IsThatOfPublishedExamples) {
  EXPECT_EQ(Distance(U"kitten", U"sitting"), 3U);
  EXPECT_EQ(Distance(U"Saturday", U"Sunday"), 3U);
  EXPECT_EQ(Distance(U"CA", U"ABC"), 3U);
  EXPECT_EQ(Distance(U"CA", U"AC"), 1U);
  EXPECT_EQ(Distance(U"a cat", U"an act"), 2U);
  EXPECT_EQ(Distance(U"acme boxing", U"acme boxes"), 3U);
}

TEST(EditDistanceTest, CountsEachKindOfEdit) {
  EXPECT_EQ(Distance(U"", U""), 0U);
  EXPECT_EQ(Distance(U"", U"abc"), 3U);
  EXPECT_EQ(Distance(U"smith", U"smth"), 1U);
  EXPECT_EQ(Distance(U"smith", U"smyth"), 1U);
  EXPECT_EQ(Distance(U"smith", U"smtih"), 1U);
  EXPECT_EQ(Distance(U"müller", U"muller"), 1U);
}

TEST(EditDistanceTest, SaysWhenItIsBeyondTheLimit) {
  EXPECT_EQ(Distance(U"kitten", U"sitting", 2), 3U);
  EXPECT_EQ(Distance(U"abcdef", U"uvwxyz", 3), 4U);
  EXPECT_EQ(Distance(U"same", U"same", 0), 0U);
  EXPECT_EQ(Distance(U"same", U"some", 0), 1U);
}

/// By the definition, over all cells.
size_t Reference(const std::u32string& a, const std::u32string& b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(EditDistanceTest, TheLimitChangesNothingWithinIt) {
  std::mt19937 random(7);
  const auto text = [&] {
    std::u32string letters(random() % 9, U'a');
    for (char32_t& c : letters) c = static_cast<char32_t>(U'a' + random() % 3);
    return letters;
  };
  for (int i = 0; i < 20'000; ++i) {
    const std::u32string a = text(), b = text();
    const size_t limit = random() % 6;
    EXPECT_EQ(Distance(a, b, limit), std::min(Reference(a, b), limit + 1));
  }
}

}  // namespace
}  // namespace assay::plan::names
