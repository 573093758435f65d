#include "sensitive/masking.h"

#include <gmock/gmock.h>

namespace assay::sensitive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

Masks MasksOf(const std::string& field, Masking masking, const std::string& key = "") {
  Masks masks{Secret(key)};
  masks.Add(field, masking);
  return masks;
}

TEST(MaskingTest, HidesTheWholeValue) {
  const Masks masks = MasksOf("a", Masking::kFull);
  EXPECT_EQ(masks.Masked("a", "jane@example.org"), "***MASKED***");
  EXPECT_EQ(masks.Masked("a", 4111111111111111), "***MASKED***");
  EXPECT_EQ(masks.Masked("a", nullptr), nullptr);
  EXPECT_EQ(masks.Masked("b", "shown"), "shown");
}

TEST(MaskingTest, KeepsTheLastFourCharactersOfLongValues) {
  const Masks masks = MasksOf("a", Masking::kLast4);
  EXPECT_EQ(masks.Masked("a", "4111111111111234"), "***1234");
  EXPECT_EQ(masks.Masked("a", 411111234), "***1234");
  EXPECT_EQ(masks.Masked("a", "éééééßßßß"), "***ßßßß");
  EXPECT_EQ(masks.Masked("a", "12345678"), "***MASKED***");
  EXPECT_EQ(masks.Masked("a", ""), "***MASKED***");
}

TEST(MaskingTest, HashesWithTheKey) {
  const Json jane = "jane@example.org";
  const Json one = MasksOf("a", Masking::kHash, "key").Masked("a", jane);
  EXPECT_THAT(one.get<std::string>(), ::testing::MatchesRegex("hash:[0-9a-f]{16}"));
  EXPECT_EQ(MasksOf("a", Masking::kHash, "key").Masked("a", jane), one);
  EXPECT_NE(MasksOf("a", Masking::kHash, "key").Masked("a", "joe@example.org"), one);
  EXPECT_NE(MasksOf("a", Masking::kHash, "other").Masked("a", jane), one);
  EXPECT_EQ(MasksOf("a", Masking::kHash).Masked("a", jane), "***MASKED***");
}

TEST(MaskingTest, MasksRecordsWithMembersAndElements) {
  Masks masks = MasksOf("email", Masking::kFull);
  masks.Add("address.street", Masking::kFull);
  masks.Add("phones[]", Masking::kLast4);
  masks.Add("tags.key[]", Masking::kFull);
  masks.Add("absent", Masking::kFull);
  const Json record = {{"id", 1},
                       {"email", "jane@example.org"},
                       {"address", {{"street", "12 Main Street"}, {"city", "Berlin"}}},
                       {"phones", Json::array({"+4930123456", nullptr})},
                       {"tags", Json::array({Json::object({{"key", "x"}, {"value", 2}})})}};
  const Json masked = {
      {"id", 1},
      {"email", "***MASKED***"},
      {"address", {{"street", "***MASKED***"}, {"city", "Berlin"}}},
      {"phones", Json::array({"***3456", nullptr})},
      {"tags",
       Json::array({Json::object({{"key", "***MASKED***"}, {"value", "***MASKED***"}})})}};
  EXPECT_EQ(masks.Masked(record), masked);
}

TEST(MaskingTest, AFieldOfSeveralTagsIsMaskedTheStrictestWay) {
  const FieldTags tags = {{"a", {{.tag = "card"}, {.tag = "phone"}}}, {"b", {{.tag = "ip"}}}};
  Masks masks;
  masks.AddTagged(tags, {{"card", Masking::kLast4}, {"phone", Masking::kFull}});
  EXPECT_EQ(masks.Masked("a", "4111111111111111"), "***MASKED***");
  EXPECT_EQ(masks.Masked("b", "10.0.0.1"), "10.0.0.1");
}

TEST(MaskingTest, TakesValuesOutOfProfiles) {
  engine::FieldProfile text;
  text.field = {.name = "email", .type = plan::FieldType::kString};
  text.min = "ann@example.org";
  text.max = "zoe@example.org";
  text.min_length = 15;
  text.histogram_buckets = {{.value = "ann@example.org", .count = 2, .ratio = 1}};
  text.patterns = {{.pattern = "aaa@aaaaaaa.aaa", .count = 2, .example = "ann@example.org"}};
  engine::FieldProfile number;
  number.field = {.name = "card", .type = plan::FieldType::kIntegral};
  number.min = number.max = number.median = number.q1 = number.q3 = number.sum =
      "4111111111111111";
  number.mean = 4111111111111111;
  number.std_dev = 0;
  number.kll = engine::KllSketch();
  engine::ContainerProfile profile;
  profile.fields = {text, number};
  Masks masks = MasksOf("email", Masking::kFull);
  masks.Add("card", Masking::kLast4);
  masks.Mask(profile);
  EXPECT_EQ(profile.fields[0].min, "***MASKED***");
  EXPECT_EQ(profile.fields[0].max, "***MASKED***");
  EXPECT_EQ(profile.fields[0].min_length, 15);
  EXPECT_EQ(profile.fields[0].histogram_buckets[0].value, "***MASKED***");
  EXPECT_EQ(profile.fields[0].histogram_buckets[0].count, 2);
  EXPECT_EQ(profile.fields[0].patterns[0].example, "***MASKED***");
  for (const auto& value :
       {profile.fields[1].min, profile.fields[1].max, profile.fields[1].median,
        profile.fields[1].q1, profile.fields[1].q3, profile.fields[1].sum}) {
    EXPECT_EQ(value, std::nullopt);
  }
  EXPECT_EQ(profile.fields[1].mean, std::nullopt);
  EXPECT_FALSE(profile.fields[1].kll.has_value());
  EXPECT_EQ(profile.fields[1].std_dev, 0);
}

TEST(MaskingTest, ReadsPolicies) {
  EXPECT_THAT(*ParsePolicy({{"email", "full"}, {"card", "last4"}}),
              ElementsAre(Pair("card", Masking::kLast4), Pair("email", Masking::kFull)));
  const auto all = ParsePolicy({{"sensitive", "hash"}, {"card", "last4"}});
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_EQ(all->at("email"), Masking::kHash);
  EXPECT_EQ(all->at("card"), Masking::kLast4);
  EXPECT_THAT(ParsePolicy({{"mail", "full"}}).error().message,
              HasSubstr("there is no tag 'mail': use sensitive for all, or address, card"));
  EXPECT_THAT(ParsePolicy({{"email", "half"}}).error().message,
              HasSubstr("full, last4 or hash, not 'half'"));
}

}  // namespace
}  // namespace assay::sensitive
