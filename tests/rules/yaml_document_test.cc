#include "rules/yaml_document.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace assay::rules {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Json ToJson(std::string_view yaml) {
  const Result<std::vector<YamlNode>> documents = ReadYaml(yaml);
  if (!documents) return documents.error().message;
  return documents->size() == 1 ? YamlToJson(documents->front()) : Json("not one document");
}

std::string Fault(std::string_view yaml) {
  const Result<std::vector<YamlNode>> documents = ReadYaml(yaml);
  return documents ? "not refused" : documents.error().message;
}

TEST(YamlDocumentTest, ReadsScalarsByTheCoreSchema) {
  EXPECT_EQ(
      ToJson(
          "[true, False, null, ~, 12, -3, +4, 1.5, .5, 1e3, '12', \"true\", yes, 2026-01-31]"),
      Json({true, false, nullptr, nullptr, 12, -3, 4, 1.5, 0.5, 1000.0, "12", "true", "yes",
            "2026-01-31"}));
  EXPECT_EQ(ToJson("!!str 12"), Json("12"));
}

TEST(YamlDocumentTest, NumbersThatJsonWouldChangeStayText) {
  EXPECT_EQ(ToJson("[9223372036854775807, 9223372036854775808, 0.1234567890123456789, 007, "
                   "1e999, 0x10]"),
            Json({INT64_MAX, "9223372036854775808", "0.1234567890123456789", "007", "1e999",
                  "0x10"}));
  EXPECT_EQ(ToJson("0.30000000000000004"), Json(0.30000000000000004));
}

TEST(YamlDocumentTest, RefusesWhatCouldGrow) {
  EXPECT_THAT(Fault("a: 1\nb: *x\n"), HasSubstr("line 2: "));
  EXPECT_EQ(Fault("a: !!binary aGk=\n"),
            "line 1: tags are not supported: tag:yaml.org,2002:binary");
  EXPECT_EQ(Fault(std::string(40, '[') + std::string(40, ']')),
            "line 1: nested deeper than 32 levels");
  EXPECT_THAT(Fault(std::string(1'000'000, '[')), HasSubstr("line 1: "));
  EXPECT_THAT(Fault(std::string(1'000'000, '{')), HasSubstr("line 1: "));
  EXPECT_EQ(ReadYaml("abcdef", {.max_bytes = 5}).error().message, "larger than 5 bytes: 6");
  EXPECT_THAT(Fault("--- a\n--- b\n--- c\n"), "not refused");
  EXPECT_THAT(ReadYaml("--- a\n--- b\n--- c\n", {.max_documents = 2}).error().message,
              HasSubstr("more than 2 documents"));
}

TEST(YamlDocumentTest, AliasesStandForWhatWasAnchored) {
  EXPECT_EQ(ToJson("a: &x [1, &y two]\nb: *x\nc: {k: *y, *y : 3}\n"),
            Json::object({{"a", Json::array({1, "two"})},
                          {"b", Json::array({1, "two"})},
                          {"c", Json::object({{"k", "two"}, {"two", 3}})}}));
  EXPECT_EQ(ToJson("[&x 1, *x, &x 2, *x]"), Json::array({1, 1, 2, 2}));
}

TEST(YamlDocumentTest, MergeKeysAddWhatIsNotGiven) {
  const char* const anchors = "a: &a {k: 1, l: 2}\nb: &b {l: 3, m: 4}\n";
  const auto merged = [&](const std::string& text) {
    return ToJson(anchors + text).value("c", Json());
  };
  EXPECT_EQ(merged("c: {<<: *a, l: 5}\n"), Json::object({{"l", 5}, {"k", 1}}));
  EXPECT_EQ(merged("c: {l: 5, <<: *a}\n"), Json::object({{"l", 5}, {"k", 1}}));
  EXPECT_EQ(merged("c: {<<: [*b, *a]}\n"), Json::object({{"l", 3}, {"m", 4}, {"k", 1}}));
  EXPECT_EQ(merged("c: {'<<': 1}\n"), Json::object({{"<<", 1}}));
  EXPECT_EQ(Fault("a: {<<: 1}\n"), "line 1: << must be a mapping, or a list of mappings");
  EXPECT_EQ(Fault("a: {<<: [{}, x]}\n"), "line 1: << must be a mapping, or a list of mappings");
}

TEST(YamlDocumentTest, AliasesTellWhereTheyStand) {
  const auto documents = ReadYaml("a: &x\n  - 1\nb: *x\n");
  ASSERT_TRUE(documents.has_value()) << documents.error().message;
  const YamlNode& alias = documents->front().children.at(1);
  EXPECT_EQ(alias.key, "b");
  EXPECT_EQ(alias.line, 3);
  EXPECT_EQ(alias.children.at(0).line, 2);
}

TEST(YamlDocumentTest, RefusesAliasesThatGrow) {
  EXPECT_EQ(Fault("a: &x [*x]\n"), "line 1: an alias stands in what it names");
  EXPECT_THAT(Fault("a: &x 1\n---\nb: *x\n"), HasSubstr("line 3: "));
  std::string doubling = "a0: &a0 [x]\n", deeper = doubling;
  for (int i = 1; i < 40; ++i) {
    doubling += fmt::format("a{0}: &a{0} [*a{1}, *a{1}]\n", i, i - 1);
    deeper += fmt::format("a{0}: &a{0} [*a{1}]\n", i, i - 1);
  }
  EXPECT_THAT(Fault(doubling), HasSubstr("anchors and aliases stand for more than 8388608"));
  EXPECT_EQ(Fault(deeper), "line 32: nested deeper than 32 levels");
  EXPECT_THAT(ReadYaml("[&x 1, *x]", {.max_copied_bytes = 100}).error().message,
              HasSubstr("more than 100 bytes"));
}

TEST(YamlDocumentTest, RefusesWhatHasNoMeaning) {
  EXPECT_EQ(Fault("a: 1\nb: 2\na: 3\n"), "line 3: key is given twice: 'a'");
  EXPECT_EQ(Fault("? [a]\n: 1\n"), "line 1: a key must be a text");
  EXPECT_EQ(Fault("a: \xff\n"), "not UTF-8 text");
  EXPECT_THAT(Fault("a: [1\nb: 2\n"), HasSubstr("line "));
}

TEST(YamlDocumentTest, KnowsLines) {
  const Result<std::vector<YamlNode>> documents =
      ReadYaml("# c\na:\n  - 1\n  - x: 2\n    y: 3\n");
  ASSERT_TRUE(documents.has_value()) << documents.error().message;
  const YamlNode& list = documents->front().children.front();
  EXPECT_EQ(list.key, "a");
  EXPECT_EQ(list.children[0].line, 3);
  EXPECT_EQ(list.children[1].line, 4);
  EXPECT_EQ(list.children[1].children[1].line, 5);
}

TEST(YamlDocumentTest, PrintsOnOneLineForAnyReader) {
  EXPECT_EQ(
      PrintYaml({{"a", {1, "two words", "yes", "it's", "x:y", "\n", ""}}, {"b c", nullptr}}),
      "{a: [1, two words, 'yes', 'it''s', 'x:y', \"\\n\", ''], b c: null}");
}

TEST(YamlDocumentTest, DocumentsWithoutContentAreLeftOut) {
  EXPECT_THAT(*ReadYaml("---\n---\n# x\n"), IsEmpty());
}

}  // namespace
}  // namespace assay::rules
