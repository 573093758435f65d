#include "rules/transformation.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "plan/dialects/duckdb.h"
#include "tests/duckdb_rows.h"
#include "tests/source_tree.h"

namespace assay::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

plan::Schema Table() {
  plan::Schema schema;
  schema.fields = {
      {.name = "t", .path = {"t"}, .type = plan::FieldType::kString, .native_type = "VARCHAR"},
      {.name = "n",
       .path = {"n"},
       .type = plan::FieldType::kIntegral,
       .native_type = "BIGINT"}};
  return schema;
}

ComputedFieldDefinition Of(const std::string& transformation, Json properties,
                           std::vector<std::string> sources = {"t"}) {
  return {.name = "computed",
          .transformation = transformation,
          .source_fields = std::move(sources),
          .properties = std::move(properties)};
}

std::string ErrorOf(const ComputedFieldDefinition& definition) {
  const auto compiled = CompileComputedField(definition, Table());
  return compiled ? "no error" : compiled.error().message;
}

/// What the computed field is for the values of t, as texts.
std::vector<std::string> Values(const ComputedFieldDefinition& definition,
                                const std::vector<std::string>& texts) {
  const auto compiled = CompileComputedField(definition, Table());
  EXPECT_TRUE(compiled) << (compiled ? "" : compiled.error().message);
  if (!compiled) return {};
  const auto& dialect = plan::dialects::DuckDb();
  const auto sql = dialect.Print(compiled->value, Table());
  EXPECT_TRUE(sql) << (sql ? "" : sql.error().message);
  std::string rows;
  for (const std::string& text : texts) {
    rows += fmt::format("{}({}, {}, CAST(7 AS BIGINT))", rows.empty() ? "" : ", ", rows.size(),
                        dialect.QuoteString(text));
  }
  return DuckDbRows(fmt::format(
      "SELECT coalesce(CAST({} AS VARCHAR), 'null') FROM (VALUES {}) AS rows(place, t, "
      "n) ORDER BY place",
      *sql, rows));
}

TEST(TransformationTest, CastsToTypesOfSpark) {
  EXPECT_THAT(Values(Of("cast", {{"target_type", "int"}}), {"12", " 12 ", "12.9", "x", ""}),
              ElementsAre("12", "12", "12", "null", "null"));
  EXPECT_THAT(Values(Of("cast", {{"target_type", "decimal(10,2)"}}), {"1.5", "x"}),
              ElementsAre("1.50", "null"));
  EXPECT_THAT(Values(Of("cast", {{"target_type", "boolean"}}), {"true", "x"}),
              ElementsAre("true", "null"));
  EXPECT_THAT(Values(Of("cast", {{"target_type", "date"}}), {"2026-01-31", "31/01/2026"}),
              ElementsAre("2026-01-31", "null"));
  EXPECT_THAT(Values(Of("cast", {{"target_type", "string"}}, {"n"}), {"x"}), ElementsAre("7"));
}

TEST(TransformationTest, ReadsTimesByAFormat) {
  EXPECT_THAT(Values(Of("cast", {{"target_type", "date"}, {"format", "dd/MM/yyyy"}}),
                     {"31/01/2026", "2026-01-31"}),
              ElementsAre("2026-01-31", "null"));
  EXPECT_THAT(Values(Of("cast", {{"target_type", "timestamp"}, {"format", "dd.MM.yyyy HH:mm"}}),
                     {"31.01.2026 08:30"}),
              ElementsAre("2026-01-31 08:30:00"));
  EXPECT_EQ(
      ErrorOf(Of("cast", {{"target_type", "int"}, {"format", "dd"}})),
      "properties: format: is only for casts from text to date or timestamp; leave it out");
  EXPECT_EQ(
      ErrorOf(Of("cast", {{"target_type", "date"}, {"format", "dd"}}, {"n"})),
      "properties: format: is only for casts from text to date or timestamp; leave it out");
}

TEST(TransformationTest, RefusesTypesThatThereAreNot) {
  EXPECT_THAT(ErrorOf(Of("cast", {{"target_type", "money"}})),
              StartsWith("properties: target_type: "));
  EXPECT_THAT(ErrorOf(Of("cast", Json::object())), StartsWith("properties: target_type"));
}

TEST(TransformationTest, ConvertsNumbersWrittenForPeople) {
  EXPECT_THAT(Values(Of("convertFormattedNumeric", nullptr),
                     {"$1,234.50", "(99)", "($1,000)", "12%", " 7 ", "-3.5", "1e3", "abc", "",
                      "(x)", "NaN", "0x10"}),
              ElementsAre("1234.5", "-99.0", "-1000.0", "12.0", "7.0", "-3.5", "1000.0", "null",
                          "null", "null", "null", "null"));
  EXPECT_EQ(
      ErrorOf(Of("convertFormattedNumeric", nullptr, {"n"})),
      "source_fields: convertFormattedNumeric takes a field of type String, 'n' is of type "
      "Integral");
}

TEST(TransformationTest, CleansNamesAtTheirEnd) {
  EXPECT_THAT(Values(Of("cleanedEntityName", Json::object()),
                     {"Acme Ltd.", "ACME, L.L.C.", "  Acme GmbH & Co", "Acme Holdings Limited",
                      "Acme", "Inc", "Coast", "The Acme Company", "Grünwald AG"}),
              ElementsAre("Acme", "ACME", "Acme GmbH &", "Acme", "Acme", "Inc", "Coast",
                          "The Acme", "Grünwald"));
}

TEST(TransformationTest, CleansNamesElsewhereOnRequest) {
  EXPECT_THAT(
      Values(Of("cleanedEntityName", {{"drop_from_prefix", true}, {"drop_from_suffix", false}}),
             {"The Acme Ltd", "Co. The Acme", "Theatre"}),
      ElementsAre("Acme Ltd", "Acme", "Theatre"));
  EXPECT_THAT(Values(Of("cleanedEntityName",
                        {{"drop_from_interior", true}, {"drop_from_suffix", false}}),
                     {"Acme Ltd. Foods", "Acme Ltd Inc Foods Co Kitchen", "Acme Ltd"}),
              ElementsAre("Acme Foods", "Acme Foods Kitchen", "Acme Ltd"));
}

TEST(TransformationTest, TermsAreTheUsersToChoose) {
  EXPECT_THAT(Values(Of("cleanedEntityName",
                        {{"terms_to_drop", Json::array({"y hijos", "(UK)", "größe"})},
                         {"terms_to_ignore", Json::array({"LTD"})}}),
                     {"Acme y  Hijos", "Acme (uk)", "Acme Ltd", "Acme Inc", "Acme Größe"}),
              ElementsAre("Acme", "Acme", "Acme Ltd", "Acme", "Acme"));
  EXPECT_THAT(ErrorOf(Of("cleanedEntityName", {{"terms_to_drop", Json::array({""})}})),
              StartsWith("properties: terms_to_drop: a term has 1 to"));
}

/// The terms that docs/computed.md lists.
std::vector<std::string> DocumentedTerms() {
  std::ifstream file(SourceTree() / "docs/computed.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  const size_t start = all.find("<!-- terms -->") + 14, end = all.find("<!-- end -->");
  const std::string list = all.substr(start, end - start);
  const std::regex term("[a-z]+");
  return {std::sregex_token_iterator(list.begin(), list.end(), term),
          std::sregex_token_iterator()};
}

TEST(TransformationTest, DropsTheTermsThatTheDocumentationLists) {
  const std::vector<std::string> terms = DocumentedTerms();
  ASSERT_GT(terms.size(), 40u);
  std::vector<std::string> names;
  for (const std::string& term : terms) names.push_back("Acme " + term);
  EXPECT_THAT(Values(Of("cleanedEntityName", Json::object()), names),
              testing::Each(std::string("Acme")));
  // None left: the list is complete.
  EXPECT_THAT(ErrorOf(Of("cleanedEntityName", Json::object({{"terms_to_ignore", terms}}))),
              HasSubstr("no term is left to drop"));
}

TEST(TransformationTest, AnExpressionSeesTheRow) {
  EXPECT_THAT(
      Values(Of("customExpression", {{"column_expression", "concat(t, '-', n)"}}, {}), {"a"}),
      ElementsAre("a-7"));
  EXPECT_EQ(ErrorOf(Of("customExpression", {{"column_expression", "n +"}}, {})),
            "properties: column_expression: line 1, column 4: expected a value, found the end");
  EXPECT_THAT(ErrorOf(Of("customExpression",
                         {{"column_expression", "row_number() OVER (ORDER BY n)"}}, {})),
              HasSubstr("window functions are not supported, an expression sees one row"));
  EXPECT_THAT(ErrorOf(Of("customExpression", {{"column_expression", "sum(n)"}}, {})),
              HasSubstr("aggregate functions are not supported"));
  EXPECT_EQ(ErrorOf(Of("customExpression", {{"column_expression", "m + 1"}}, {})),
            "properties: no such field: 'm'; did you mean 't'?");
  EXPECT_THAT(ErrorOf(Of("customExpression", {{"column_expression", "NULL"}}, {})),
              HasSubstr("add a cast"));
}

TEST(TransformationTest, RefusesWhatDoesNotFitTheContainer) {
  ComputedFieldDefinition taken = Of("cast", {{"target_type", "int"}});
  taken.name = "N";
  EXPECT_EQ(ErrorOf(taken), "name: the container has a field of this name: 'N'");
  EXPECT_EQ(ErrorOf(Of("cast", {{"target_type", "int"}}, {"tt"})),
            "source_fields: no such field: 'tt' (did you mean 't'?)");
  EXPECT_EQ(ErrorOf(Of("cast", {{"target_type", "int"}}, {})),
            "source_fields: cast takes one field, found 0");
  EXPECT_EQ(ErrorOf(Of("customExpression", {{"column_expression", "n"}}, {"n"})),
            "source_fields: customExpression takes none, found 1");
  EXPECT_THAT(ErrorOf(Of("casts", Json::object())), HasSubstr("did you mean 'cast'?"));
}

}  // namespace
}  // namespace assay::rules
