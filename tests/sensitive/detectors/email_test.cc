#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EmailTest : public TaggedTest {};

TEST_F(EmailTest, FindsAddressesAlsoInNotes) {
  EXPECT_THAT(
      TagsOf("contact",
             {"jane@example.org", "joe.doe@mail.example.com", "ann@example.co", "none"}),
      ElementsAre(FieldTag{.tag = "email", .values = 4, .matched = 3, .validated = {}}));
  EXPECT_THAT(
      TagNames("note", {"ask jane@example.org", "to: joe@example.com!", "ann@example.co?"}),
      ElementsAre("email"));
}

TEST_F(EmailTest, OtherTextsAreNone) {
  EXPECT_THAT(TagNames("contact", {"@jane", "jane at example", "user@localhost", "a@b"}),
              IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
