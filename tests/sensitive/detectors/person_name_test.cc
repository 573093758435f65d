#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PersonNameTest : public TaggedTest {};

TEST_F(PersonNameTest, FindsNamesWhereTheFieldSaysSo) {
  const std::vector<std::string> names = {"Jane Doe", "van der Berg, Jan",
                                          "Éloïse O'Hara-Šimić", "J. R. Smith", "王 小明"};
  EXPECT_THAT(TagNames("customer_name", names), ElementsAre("person_name"));
  EXPECT_THAT(TagNames("name", names), IsEmpty());
}

TEST_F(PersonNameTest, OtherValuesInSuchAFieldAreNone) {
  EXPECT_THAT(TagNames("first_name", {"user123", "n/a", "jane", "42", "Jane"}), IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
