#include "engine/dataset.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

Result<ReadOptions> Parse(const char* text) {
  return ReadOptions::JsonFields().Parse(Json::parse(text));
}

TEST(ReadOptionsTest, NothingGivenIsAllDetected) {
  const auto options = Parse("{}");
  ASSERT_TRUE(options);
  EXPECT_FALSE(options->has_header || options->delimiter || options->escape_character ||
               options->infer_datatypes || options->line_identifier_field ||
               options->json_format || options->encoding);
  EXPECT_TRUE(options->treat_empty_as_null);
  EXPECT_TRUE(options->exclude_fields.empty());
}

TEST(ReadOptionsTest, WhatIsPrintedIsParsedAgain) {
  const char* text =
      R"({"has_header":false,"delimiter":"||","escape_character":"\\","infer_datatypes":false,)"
      R"("treat_empty_as_null":false,"line_identifier_field":"line","json_format":"array","encoding":"latin-1",)"
      R"("exclude_fields":["a","b"]})";
  const auto options = Parse(text);
  ASSERT_TRUE(options) << options.error().message;
  EXPECT_EQ(PrintJson(ReadOptions::JsonFields().Print(*options)), text);
}

TEST(ReadOptionsTest, NullKeepsTheDefault) {
  const auto options =
      Parse(R"({"delimiter":null,"encoding":null,"treat_empty_as_null":null})");
  ASSERT_TRUE(options);
  EXPECT_FALSE(options->delimiter || options->encoding);
  EXPECT_TRUE(options->treat_empty_as_null);
}

struct BadOption {
  const char* json;
  const char* message;
};

TEST(ReadOptionsTest, BadValuesAreNamed) {
  for (const BadOption& bad : {
           BadOption{R"({"escape_character":"ab"})",
                     "escape_character: must be one ASCII character"},
           BadOption{R"({"escape_character":"é"})",
                     "escape_character: must be one ASCII character"},
           BadOption{R"({"delimiter":""})", "delimiter: must have 1 to 4 bytes"},
           BadOption{R"({"delimiter":"a\n"})", "delimiter: must not hold a line break"},
           BadOption{R"({"json_format":"xml"})",
                     "json_format: must be one of auto, array, newline_delimited"},
           BadOption{R"({"encoding":"ebcdic"})",
                     "encoding: must be one of utf-8, utf-16, utf-16be, latin-1, windows-1252"},
           BadOption{R"({"line_identifier_field":""})",
                     "line_identifier_field: must not be empty"},
           BadOption{R"({"has_header":"yes"})", "has_header: must be true or false"},
       }) {
    const auto options = Parse(bad.json);
    ASSERT_FALSE(options) << bad.json;
    EXPECT_EQ(options.error(), (Error{ErrorKind::kInvalidInput, bad.message}));
  }
}

TEST(ReadOptionsTest, UnknownKeysAreRefused) {
  const auto options = Parse(R"({"separator":";"})");
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().kind, ErrorKind::kInvalidInput);
}

TEST(FileFormatTest, Names) {
  EXPECT_STREQ(FileFormatName(FileFormat::kParquet), "parquet");
  EXPECT_STREQ(FileFormatName(FileFormat::kDelimited), "delimited");
  EXPECT_STREQ(FileFormatName(FileFormat::kJson), "json");
}

}  // namespace
}  // namespace assay::engine
