#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Json kNames = {{"ref_container_name", "unsupported"}, {"field_name", "name"}};

Table Against(Column column, Column name) {
  return {{std::move(column)}, "unsupported", {Named("name", std::move(name))}};
}

TEST(NotExistsInTest, FailsForValuesThatAreThere) {
  EXPECT_THAT(FailingRows("notExistsIn", kNames,
                          Against(Texts({"Antarctica", "Argentina", "Atlantida"}),
                                  Texts({"Antarctica", "Mars"}))),
              ElementsAre(0));
}

TEST(NotExistsInTest, NullPassesAlsoWhereTheOtherContainerHasNulls) {
  EXPECT_THAT(FailingRows("notExistsIn", kNames,
                          Against(Integers({kNull, 1, 1}), Integers({kNull, 1, 1}))),
              ElementsAre(1, 2));
}

TEST(NotExistsInTest, PassesEmptyContainers) {
  EXPECT_THAT(FailingRows("notExistsIn", kNames, Against(Integers({}), Integers({1}))),
              IsEmpty());
  EXPECT_THAT(FailingRows("notExistsIn", kNames, Against(Integers({1}), Integers({}))),
              IsEmpty());
}

TEST(NotExistsInTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("notExistsIn", kNames, Against(Integers({1, 2, 3}), Integers({1, 3})),
                          "field > 1"),
              ElementsAre(2));
}

TEST(NotExistsInTest, NamesTheOtherFieldInViolations) {
  EXPECT_EQ(Violation("notExistsIn", kNames, Against(Texts({}), Texts({}))),
            "exists in name of unsupported");
}

TEST(NotExistsInTest, RefusesWhatCannotBeCompared) {
  EXPECT_THAT(Refusal("notExistsIn", kNames, Against(Dates({}), Texts({}))),
              HasSubstr("a field of type Date cannot be compared with one of type String"));
  EXPECT_THAT(Refusal("notExistsIn", {{"ref_container_name", "unsupported"}},
                      Against(Texts({}), Texts({}))),
              HasSubstr("field_name: is required"));
}

}  // namespace
}  // namespace assay::rules::testing
