#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SecretTest : public TaggedTest {};

TEST_F(SecretTest, FindsKeysOfKnownFormsInNotes) {
  std::vector<std::string> notes(150, "nothing to see here");
  notes[3] = "use AKIAIOSFODNN7EXAMPLE for now";
  notes[40] = "ghp_" + std::string(36, 'a');
  notes[77] = "-----BEGIN RSA PRIVATE KEY-----";
  EXPECT_THAT(
      TagsOf("note", notes),
      ElementsAre(FieldTag{.tag = "secret", .values = 150, .matched = 3, .validated = 3}));
}

TEST_F(SecretTest, FindsTokensAndRandomTexts) {
  EXPECT_THAT(
      TagsOf("value", {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl",
                       "xoxb-123456789012-abcdefABCDEF", "q3J9xZ7kLmN2vB8tRfY5wHcDgS1pUeAo",
                       "Zt8QwE4rTyU7iOpA3sDfG6hJkL9xCvB2n"}),
      ElementsAre(FieldTag{.tag = "secret", .values = 4, .matched = 4, .validated = 2}));
}

TEST_F(SecretTest, WordsAndDigestsAreNone) {
  EXPECT_THAT(
      TagNames("token", {"123e4567-e89b-12d3-a456-426614174000",
                         "d41d8cd98f00b204e9800998ecf8427e", "a long line of plain words"}),
      IsEmpty());
}

}  // namespace
}  // namespace assay::sensitive
