#include "base/same_json.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(SameJsonTest, TheOrderOfKeysMeansNothingAtAnyDepth) {
  EXPECT_TRUE(SameJson({{"a", 1}, {"b", {{"c", 2}, {"d", 3}}}},
                       {{"b", {{"d", 3}, {"c", 2}}}, {"a", 1}}));
  EXPECT_FALSE(SameJson({{"a", 1}}, {{"a", 2}}));
}

TEST(SameJsonTest, TheOrderOfItemsCounts) {
  EXPECT_FALSE(SameJson(Json::array({1, 2}), Json::array({2, 1})));
}

}  // namespace
}  // namespace assay
