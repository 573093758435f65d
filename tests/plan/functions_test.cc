#include "plan/functions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "plan/function_reference.h"
#include "tests/source_tree.h"

namespace assay::plan {
namespace {

constexpr std::string_view kBegin = "<!-- functions: printed from src/plan/functions -->\n";
constexpr std::string_view kEnd = "<!-- end of functions -->";

std::filesystem::path DocumentationPath() {
  return SourceTree() / "docs" / "expressions.md";
}

std::string ReadDocumentation() {
  std::ifstream file(DocumentationPath());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(FunctionsTest, NamesAndSpellingsAreUnique) {
  std::set<std::string> names;
  std::set<std::string> spellings;
  for (const FunctionGroup& group : AllFunctions()) {
    for (const Function& function : group.functions) {
      EXPECT_TRUE(names.insert(function.name).second) << function.name;
      for (const std::string& spelling : function.spellings)
        EXPECT_TRUE(spellings.insert(spelling).second) << spelling;
    }
  }
}

TEST(FunctionsTest, AreFoundByNameAndBySpellingInAnyCase) {
  EXPECT_EQ(FindFunction("upper")->name, "upper");
  EXPECT_EQ(FindFunction("UPPER"), nullptr);
  EXPECT_EQ(FindSpelling("UCase"), FindFunction("upper"));
  EXPECT_EQ(FindSpelling("add"), nullptr);
}

TEST(FunctionsTest, ArgumentCountsAreCheckedWithWords) {
  EXPECT_TRUE(CheckArgumentCount(*FindFunction("substring"), 2));
  EXPECT_EQ(CheckArgumentCount(*FindFunction("substring"), 1).error().message,
            "substring takes 2 to 3 arguments, found 1");
  EXPECT_EQ(CheckArgumentCount(*FindFunction("greatest"), 1).error().message,
            "greatest takes at least 2 arguments, found 1");
  EXPECT_EQ(CheckArgumentCount(*FindFunction("coalesce"), 0).error().message,
            "coalesce takes at least 1 argument, found 0");
}

TEST(FunctionsTest, NearestNameIsCloseOrEmpty) {
  EXPECT_EQ(NearestSpelling("substrin"), "substring");
  EXPECT_EQ(NearestSpelling("frobnicate"), "");
  EXPECT_EQ(NearestName(std::string(1000, 'x'), {}), "");
}

/// Set ASSAY_UPDATE_DOCS=1 to write the table anew.
TEST(FunctionsTest, DocumentationHoldsThisTable) {
  const std::string text = ReadDocumentation();
  const size_t begin = text.find(kBegin);
  const size_t end = text.find(kEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const size_t start = begin + kBegin.size();
  if (std::getenv("ASSAY_UPDATE_DOCS") != nullptr) {
    std::ofstream(DocumentationPath())
        << text.substr(0, start) << PrintFunctionReference() << text.substr(end);
    return;
  }
  EXPECT_EQ(text.substr(start, end - start), PrintFunctionReference());
}

}  // namespace
}  // namespace assay::plan
