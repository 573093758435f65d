#include "engine/postgres/column_reading.h"

#include <gtest/gtest.h>

namespace assay::engine {
namespace {

int Modifier(int precision, int scale) {
  return ((precision << 16) | (scale & 0x7ff)) + 4;
}

ColumnReading Numeric(int modifier) {
  return ReadingOf({.name = "n", .type = "numeric", .modifier = modifier});
}

TEST(ColumnReadingTest, TypesThatTheEngineHasComeAsTheyAre) {
  for (const char* type : {"bool", "int8", "float8", "date", "timestamp", "uuid", "bytea"})
    EXPECT_EQ(ReadingOf({.name = "a", .type = type}), (ColumnReading{.sql = "t.\"a\""}))
        << type;
}

TEST(ColumnReadingTest, TimesWithAZoneComeInUtc) {
  EXPECT_EQ(ReadingOf({.name = "a", .type = "timestamptz"}).sql, "t.\"a\" AT TIME ZONE 'UTC'");
}

TEST(ColumnReadingTest, AllOthersComeAsTheTextThatTheServerPrints) {
  for (const char* type : {"jsonb", "inet", "interval", "bpchar", ""})
    EXPECT_EQ(ReadingOf({.name = "a", .type = type}).sql, "t.\"a\"::text") << type;
}

TEST(ColumnReadingTest, NumericsOfUpTo38DigitsComeAsTextsAndSoExactly) {
  EXPECT_EQ(Numeric(Modifier(38, 10)),
            (ColumnReading{.sql = "t.\"n\"::text",
                           .text_of = "DECIMAL(38,10)",
                           .type_of_text = plan::FieldType::kFractional}));
  EXPECT_EQ(Numeric(Modifier(18, 0)).text_of, "BIGINT");
  EXPECT_EQ(Numeric(Modifier(38, 0)).text_of, "HUGEINT");
  EXPECT_EQ(Numeric(Modifier(18, 0)).type_of_text, plan::FieldType::kIntegral);
  EXPECT_EQ(Numeric(Modifier(2, -3)).text_of, "BIGINT") << "12000 has five digits";
  EXPECT_EQ(Numeric(Modifier(3, 5)).text_of, "DECIMAL(38,5)") << "0.00123";
}

TEST(ColumnReadingTest, OtherNumericsComeAsDoubles) {
  for (const int modifier : {-1, Modifier(39, 0), Modifier(50, 20), Modifier(38, -1)})
    EXPECT_EQ(Numeric(modifier), (ColumnReading{.sql = "t.\"n\"::float8"})) << modifier;
}

TEST(ColumnReadingTest, ArraysAreListsOfOneDepth) {
  const auto sql = [](const char* type, const char* element) {
    return ReadingOf({.name = "a", .type = type, .element = element}).sql;
  };
  EXPECT_EQ(sql("_int4", "int4"),
            "CASE WHEN array_ndims(t.\"a\") > 1 THEN ARRAY(SELECT unnest(t.\"a\")) ELSE "
            "t.\"a\" END");
  EXPECT_EQ(sql("_numeric", "numeric"),
            "CASE WHEN array_ndims(t.\"a\"::float8[]) > 1 THEN ARRAY(SELECT "
            "unnest(t.\"a\"::float8[])) ELSE t.\"a\"::float8[] END");
  EXPECT_NE(sql("_mood", "").find("t.\"a\"::text[]"), std::string::npos);
}

TEST(ColumnReadingTest, NamesAndTextsAreQuoted) {
  EXPECT_EQ(ReadingOf({.name = "Größe \"x\"", .type = "int4"}).sql, "t.\"Größe \"\"x\"\"\"");
  EXPECT_EQ(QuotePostgresText("it's"), "'it''s'");
}

}  // namespace
}  // namespace assay::engine
