#include "rules/rule_reference.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/rules/failing_rows.h"
#include "tests/source_tree.h"

namespace assay::rules::testing {
namespace {

std::filesystem::path ReferencePath() {
  return SourceTree() / "docs" / "rules.md";
}

// ASSAY_UPDATE=1 writes the file anew.
TEST(RuleReferenceTest, TheFileInDocsIsUpToDate) {
  if (std::getenv("ASSAY_UPDATE") != nullptr) {
    std::filesystem::create_directories(ReferencePath().parent_path());
    std::ofstream(ReferencePath()) << RuleReference();
  }
  std::ifstream file(ReferencePath());
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), RuleReference()) << "run the test with ASSAY_UPDATE=1 to update it";
}

std::vector<Column> ToColumns(const std::vector<RuleExample::Field>& fields,
                              const std::vector<std::vector<Json>>& rows) {
  std::vector<Column> columns;
  for (size_t i = 0; i < fields.size(); ++i) {
    Column column = {fields[i].type, {}, fields[i].name};
    for (const std::vector<Json>& row : rows) column.values.push_back(row.at(i));
    columns.push_back(std::move(column));
  }
  return columns;
}

TEST(RuleReferenceTest, ExamplesFailWhereTheySay) {
  for (const RuleType& rule : AllRuleTypes()) {
    SCOPED_TRACE(rule.name);
    ASSERT_FALSE(rule.example.fields.empty());
    const RuleExample::Reference& reference = rule.example.reference;
    const Table table(ToColumns(rule.example.fields, rule.example.rows), reference.name,
                      ToColumns(reference.fields, reference.rows));
    if (rule.scope == FieldScope::kNone) {
      EXPECT_NE(Violation(rule.name, rule.example.properties, table), "");
    } else {
      EXPECT_EQ(FailingRows(rule.name, rule.example.properties, table),
                rule.example.failing_rows);
    }
  }
}

}  // namespace
}  // namespace assay::rules::testing
