#include "plan/names/clusters.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>

namespace assay::plan::names {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Names = std::vector<std::string>;

/// The clusters of more than one name.
std::vector<Names> Clusters(const Names& names, const Similarity& similarity = {}) {
  const auto numbers = Cluster(names, similarity, {});
  EXPECT_TRUE(numbers) << numbers.error().message;
  std::map<size_t, Names> by_number;
  for (size_t i = 0; i < names.size(); ++i) by_number[(*numbers)[i]].push_back(names[i]);
  std::vector<Names> several;
  for (const auto& [number, members] : by_number) {
    if (members.size() > 1) several.push_back(members);
  }
  return several;
}

constexpr Similarity kSameWords = {.min_spelling = 1};

TEST(ClustersTest, PairsSimilarSpellings) {
  EXPECT_THAT(Clusters({"ACME Boxing", "Frank's Flowers", "ACME Boxes"}),
              ElementsAre(ElementsAre("ACME Boxing", "ACME Boxes")));
  // 3 edits of 11 characters are a similarity of 0.727.
  EXPECT_THAT(Clusters({"ACME Boxing", "ACME Boxes"}, {.min_spelling = 0.73}), SizeIs(0));
  EXPECT_THAT(Clusters({"ACME Boxing", "ACME Boxes"}, {.min_spelling = 0.72}), SizeIs(1));
}

TEST(ClustersTest, PairsTheSameWordsWhateverTheSimilarity) {
  EXPECT_THAT(Clusters({"ACME, Inc.", "acme", "Acmé Ltd.", "Acne"}, kSameWords),
              ElementsAre(ElementsAre("ACME, Inc.", "acme", "Acmé Ltd.")));
}

TEST(ClustersTest, OtherNumbersAreOtherNames) {
  EXPECT_THAT(Clusters({"Store 12", "Store 13", "Stoer 12"}),
              ElementsAre(ElementsAre("Store 12", "Stoer 12")));
}

TEST(ClustersTest, PairsHomophonesWhenAsked) {
  const Names names = {"Catherine Smith", "Kathryn Smyth", "Katrin Schmidt"};
  EXPECT_THAT(Clusters(names, kSameWords), SizeIs(0));
  EXPECT_THAT(Clusters(names, {.min_spelling = 1, .pairs_homophones = true}),
              ElementsAre(ElementsAre("Catherine Smith", "Kathryn Smyth")));
}

TEST(ClustersTest, PairsPartsOfWholeWordsWhenAsked) {
  const Names names = {"ACME", "The ACME Group", "Acmeology", "Group"};
  EXPECT_THAT(Clusters(names, kSameWords), SizeIs(0));
  EXPECT_THAT(Clusters(names, {.min_spelling = 1, .pairs_substrings = true}),
              ElementsAre(UnorderedElementsAre("ACME", "The ACME Group", "Group")));
  EXPECT_THAT(
      Clusters({"AB", "AB Consulting Partners"}, {.min_spelling = 1, .pairs_substrings = true}),
      SizeIs(0));
}

TEST(ClustersTest, PairsAddUp) {
  EXPECT_THAT(
      Clusters({"Johnson Brothers", "Jonson Brothers", "Jonson Brother", "Jonsen Brother"},
               {.min_spelling = 0.9}),
      ElementsAre(SizeIs(4)));
}

TEST(ClustersTest, NamesWithoutWordsAreByThemselves) {
  EXPECT_THAT(Clusters({"???", "--", ""}, {.pairs_homophones = true, .pairs_substrings = true}),
              SizeIs(0));
}

/// Names of three words each out of so many, so that thousands share most groups of letters.
Names ManyNames(size_t count) {
  Names names;
  const std::vector<std::string> syllables = {"ba", "ke",  "lo",  "mi",
                                              "nu", "pra", "sto", "ver"};
  for (size_t i = 0; i < count; ++i) {
    std::string name;
    for (size_t k = 0, rest = i * 2654435761u % 16777216u; k < 8; ++k, rest /= 8)
      name += (k % 3 == 0 && k > 0 ? " " : "") + syllables[rest % 8];
    names.push_back(name);
  }
  return names;
}

TEST(ClustersTest, FindsPairsAmongManyNames) {
  Names names = ManyNames(1500);
  names.push_back("Zwiebelfisch Quixotic Partners");
  names.push_back("Zwiebelfish Quixotic Partners");
  const auto numbers = Cluster(names, {.min_spelling = 0.95}, {});
  ASSERT_TRUE(numbers);
  EXPECT_EQ((*numbers)[1500], (*numbers)[1501]);
  EXPECT_NE((*numbers)[0], (*numbers)[1500]);
}

TEST(ClustersTest, TheOrderOfNamesDoesNotMatter) {
  Names names = ManyNames(300);
  // Half of them again with a slip.
  for (size_t i = 0; i < 300; i += 2) names.push_back(names[i] + "s");
  const auto sorted_clusters = [](const Names& of) {
    std::vector<Names> clusters = Clusters(of, {.min_spelling = 0.85});
    for (Names& cluster : clusters) std::ranges::sort(cluster);
    std::ranges::sort(clusters);
    return clusters;
  };
  const std::vector<Names> clusters = sorted_clusters(names);
  EXPECT_GE(clusters.size(), 100U);
  std::ranges::reverse(names);
  EXPECT_EQ(sorted_clusters(names), clusters);
}

TEST(ClustersTest, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const auto numbers = Cluster(ManyNames(10), {}, stop.get_token());
  ASSERT_FALSE(numbers);
  EXPECT_EQ(numbers.error().kind, ErrorKind::kCancelled);
}

}  // namespace
}  // namespace assay::plan::names
