#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/sensitive/tagged.h"

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TaggingTest : public TaggedTest {};

TEST_F(TaggingTest, TagsSeveralFieldsOfSeveralFiles) {
  for (int i = 0; i < 25; ++i) {
    Add(fmt::format("part-{}.csv", i),
        fmt::format("id,email,born\n{0},user{0}@example.org,2000-01-01\n,,\n", i));
  }
  const FieldTags tags = Tags();
  ASSERT_EQ(tags.size(), 1U);
  // One row of ten files.
  EXPECT_THAT(
      tags.at("email"),
      ElementsAre(FieldTag{.tag = "email", .values = 10, .matched = 10, .validated = {}}));
}

TEST_F(TaggingTest, LooksAtSomeOfManyRows) {
  std::string text = "contact\n";
  for (int i = 0; i < 10'000; ++i) text += fmt::format("user{}@example.org\n", i);
  Add("a.csv", text);
  EXPECT_EQ(Tags()["contact"].front().values, kSampleRows);
}

TEST_F(TaggingTest, AnEmptyFileHasNoTags) {
  Add("a.csv", "email,card_number\n");
  EXPECT_THAT(Tags(), IsEmpty());
}

TEST_F(TaggingTest, StopsWhenAsked) {
  Add("a.csv", "contact\njane@example.org\n");
  const engine::DatasetSchema schema = Schema();
  std::stop_source stop;
  stop.request_stop();
  const auto tags = FindTags(*session_, dataset_, schema, {}, {.stop = stop.get_token()});
  ASSERT_FALSE(tags);
  EXPECT_EQ(tags.error().kind, ErrorKind::kCancelled);
}

TEST(FieldTagTest, PrintsSharesWithoutValues) {
  const FieldTag email{.tag = "email", .values = 8, .matched = 6, .validated = {}};
  const FieldTag card{.tag = "card", .values = 4, .matched = 4, .validated = 3};
  EXPECT_EQ(TagText(email), "email 75.0 %");
  EXPECT_EQ(TagText(card), "card 100.0 % (valid 75.0 %)");
  EXPECT_EQ(
      FieldTagsToJson({card}),
      Json::array({Json::object(
          {{"tag", "card"}, {"sampled_values", 4}, {"matched", 1.0}, {"validated", 0.75}})}));
}

}  // namespace
}  // namespace assay::sensitive
