// Tests of base/json.h.

#include "base/json.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(JsonTest, KeepsTheOrderOfKeys) {
  EXPECT_EQ(PrintJson(ParseJson(R"({"b":1,"a":[true,null,"x"]})").value()),
            R"({"b":1,"a":[true,null,"x"]})");
}

TEST(JsonTest, FaultsHaveAPlace) {
  EXPECT_EQ(ParseJson("{\"a\": 1,\n  b}").error(),
            (Error{ErrorKind::kInvalidInput, "not valid JSON at line 2, column 3"}));
  EXPECT_EQ(ParseJson("").error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(ParseJson("[1e999]").error().kind, ErrorKind::kInvalidInput);
}

TEST(JsonTest, PrintsBytesThatAreNotUtf8AsTheReplacementSign) {
  EXPECT_EQ(PrintJson(Json("a\xFF")), "\"a\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace assay
