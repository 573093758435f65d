#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<int64_t> NotOf(const std::string& format, std::vector<Json> values) {
  return FailingRows("matchesFormat", {{"format", format}}, Texts(std::move(values)));
}

TEST(MatchesFormatTest, ShapeAndValidityCount) {
  EXPECT_THAT(
      NotOf("iban", {"DE89370400440532013000", "DE89370400440532013001", "DE89", "", kNull}),
      ElementsAre(1, 2, 3));
  EXPECT_THAT(NotOf("uuid", {"123e4567-e89b-12d3-a456-426614174000", "123e4567", kNull}),
              ElementsAre(1));
}

TEST(MatchesFormatTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("matchesFormat", {{"format", "currency"}}, Texts({"a", "b", "EUR"}),
                          "field <> 'a'"),
              ElementsAre(1));
  EXPECT_THAT(NotOf("currency", {}), IsEmpty());
}

TEST(MatchesFormatTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("matchesFormat", {{"format", "iban"}}, Texts({})), "is not a valid IBAN");
}

TEST(MatchesFormatTest, RefusesUnknownFormatsWithTheNearest) {
  EXPECT_THAT(
      Refusal("matchesFormat", {{"format", "uiid"}}, Texts({})),
      HasSubstr("properties: format: no such format: 'uiid' (did you mean 'uuid'?); known "
                "are: email, "));
  EXPECT_THAT(Refusal("matchesFormat", {}, Texts({})), HasSubstr("format: is required"));
}

}  // namespace
}  // namespace assay::rules::testing
