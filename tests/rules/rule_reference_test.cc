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

TEST(RuleReferenceTest, ExamplesFailWhereTheySay) {
  for (const RuleType& rule : AllRuleTypes()) {
    SCOPED_TRACE(rule.name);
    ASSERT_FALSE(rule.example.fields.empty());
    const Table table = ExampleTable(rule.example);
    if (rule.example.verdict == RuleExample::Verdict::kFails) {
      EXPECT_EQ(RunWhole(rule.name, rule.example.properties, table).holds, false);
    } else if (rule.scope == FieldScope::kNone) {
      EXPECT_NE(Violation(rule.name, rule.example.properties, table), "");
    } else {
      EXPECT_EQ(FailingRows(ExampleCheck(rule), table), rule.example.failing_rows);
    }
  }
}

}  // namespace
}  // namespace assay::rules::testing
