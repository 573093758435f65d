#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ContainsSocialSecurityNumberTest, FindsNumbersAnywhere) {
  EXPECT_THAT(FailingRows("containsSocialSecurityNumber", Json::object(),
                          Texts({"SSN 123-45-6789", "123 45 6789", "(123-45-6789)",
                                 "666-45-6789", "123456789", "1234-45-6789", "123-45-67890",
                                 "2-123-45-6789", "", kNull})),
              ElementsAre(3, 4, 5, 6, 7, 8));
}

TEST(ContainsSocialSecurityNumberTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("containsSocialSecurityNumber", Json::object(),
                          Texts({"a", "b", kNull}), "field <> 'a'"),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("containsSocialSecurityNumber", Json::object(), Texts({})),
              IsEmpty());
}

TEST(ContainsSocialSecurityNumberTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("containsSocialSecurityNumber", Json::object(), Texts({})),
            "contains no social security number");
}

TEST(ContainsSocialSecurityNumberTest, TakesNoProperties) {
  EXPECT_THAT(Refusal("containsSocialSecurityNumber", {{"strict", true}}, Texts({})),
              HasSubstr("unknown key 'strict'"));
}

}  // namespace
}  // namespace assay::rules::testing
