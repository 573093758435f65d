#include "connectors/path_glob.h"

#include <gtest/gtest.h>

namespace assay::connectors {
namespace {

struct GlobCase {
  const char* pattern;
  const char* path;
  bool matches;
};

TEST(PathGlobTest, MatchesAsDocumented) {
  for (const GlobCase& c : {
           GlobCase{"a.csv", "a.csv", true},
           GlobCase{"a.csv", "a.csvx", false},
           GlobCase{"", "", true},
           GlobCase{"", "a", false},
           GlobCase{"*", "a", true},
           GlobCase{"*", "", true},
           GlobCase{"*", "a/b", false},
           GlobCase{"?.csv", "a.csv", true},
           GlobCase{"?.csv", ".csv", false},
           GlobCase{"a?b", "a/b", false},
           GlobCase{"*_v?.csv", "x_v1_v2.csv", true},
           GlobCase{"*_v?.csv", "x_v12.csv", false},
           GlobCase{"a*b*c", "aXbYbZc", true},
           GlobCase{"a*b*c", "aXbYbZ", false},
           GlobCase{"a/*/c", "a/b/c", true},
           GlobCase{"a/*/c", "a/b/b/c", false},
           GlobCase{"**", "a/b/c", true},
           GlobCase{"a/**", "a/b/c", true},
           GlobCase{"a/**", "b/a/c", false},
           GlobCase{"**/c", "c", true},
           GlobCase{"**/c", "a/b/c", true},
           GlobCase{"**/c", "a/bc", false},
           GlobCase{"a/**/c", "a/c", true},
           GlobCase{"a/**/c", "a/b/b/c", true},
           GlobCase{"a/**/c", "a/bc", false},
           GlobCase{"a/**/*.csv", "a/b/c/d.csv", true},
           GlobCase{"a/**/b/*.csv", "a/b/x/b/d.csv", true},
           GlobCase{"a/**/b/*.csv", "a/b/x/d.csv", false},
           GlobCase{"**/b/**/d*", "a/b/c/b/x/dd", true},
           GlobCase{"raw**csv", "raw/x/a.csv", true},
           GlobCase{"*/part-*", "a/part-1/part-2", false},
           GlobCase{"[a]", "a", false},
           GlobCase{"[a]", "[a]", true},
       }) {
    EXPECT_EQ(PathMatches(c.pattern, c.path), c.matches) << c.pattern << " on " << c.path;
  }
}

TEST(PathGlobTest, ManyStarsTakeLittleTime) {
  std::string pattern;
  for (int i = 0; i < 30; ++i) pattern += "**/*a*";
  EXPECT_FALSE(
      PathMatches(pattern + "b", std::string(2000, 'a') + "/" + std::string(2000, 'a')));
}

TEST(PathGlobTest, PatternsAreTakenFromTheRoot) {
  EXPECT_EQ(NormalizePathPattern("/raw/*.csv"), "raw/*.csv");
  EXPECT_EQ(NormalizePathPattern("./raw/*.csv"), "raw/*.csv");
  EXPECT_EQ(NormalizePathPattern("raw/*.csv"), "raw/*.csv");
}

}  // namespace
}  // namespace assay::connectors
