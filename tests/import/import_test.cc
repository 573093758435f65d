#include "import/import.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "import/reference.h"
#include "rules/check_file.h"
#include "tests/import/importing.h"
#include "tests/source_tree.h"

namespace assay::imports::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string ReadFile(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The file holds the text; ASSAY_UPDATE=1 writes it anew.
void ExpectFile(const fs::path& path, const std::string& text) {
  if (std::getenv("ASSAY_UPDATE") != nullptr) std::ofstream(path) << text;
  EXPECT_EQ(ReadFile(path), text) << "run the test with ASSAY_UPDATE=1 to update " << path;
}

struct Suite {
  const char* file;
  Language language;
};

constexpr std::array kSuites = {
    Suite{"orders_suite_018.json", Language::kGreatExpectations},
    Suite{"orders_suite_1x.json", Language::kGreatExpectations},
    Suite{"schema.yml", Language::kDbt},
    Suite{"orders_checks.yml", Language::kSoda},
    Suite{"orders_contract.yml", Language::kSoda},
    Suite{"orders.dqdl", Language::kDqdl},
};

fs::path SuitePath(const Suite& suite) {
  return SourceTree() / "tests/import/suites" / suite.file;
}

TEST(ImportTest, WholeSuitesBecomeWhatTheirReportsSay) {
  for (const Suite& suite : kSuites) {
    SCOPED_TRACE(suite.file);
    const auto file = ImportChecks(ReadFile(SuitePath(suite)), {.verifier = AcceptAll});
    ASSERT_TRUE(file.has_value()) << file.error().message;
    EXPECT_EQ(file->language, suite.language);
    std::string report;
    for (const ImportedItem& item : file->items) {
      report += fmt::format("{}: {}\n", item.line, ReportLine(item));
    }
    ExpectFile(SuitePath(suite).string() + ".report", report);
  }
}

TEST(ImportTest, WhatIsWrittenReadsBackAndRunsInThisVersion) {
  for (const Suite& suite : kSuites) {
    SCOPED_TRACE(suite.file);
    const auto file = ImportChecks(ReadFile(SuitePath(suite)), {});
    ASSERT_TRUE(file.has_value()) << file.error().message;
    const std::vector<rules::FileCheck> checks = ChecksOf({&*file, 1});
    const auto read = rules::ReadCheckFile(rules::WriteCheckFile(checks));
    ASSERT_TRUE(read.has_value()) << read.error().message;
    ASSERT_EQ(read->size(), checks.size());
    for (size_t i = 0; i < checks.size(); ++i) {
      EXPECT_EQ(Describe((*read)[i].definition), Describe(checks[i].definition));
      EXPECT_TRUE(Verify(checks[i].definition).has_value()) << Describe(checks[i].definition);
    }
  }
}

TEST(ImportTest, EveryCheckHasAnIdentityOfItsOwn) {
  const auto file = ImportChecks(
      "checks for orders:\n  - missing_count(a) = 0\n  - missing_percent(a) < 5\n"
      "  - failed rows: {fail condition: a < b}\n  - failed rows: {fail condition: b > 7}\n",
      {});
  ASSERT_TRUE(file.has_value());
  const std::vector<ImportedFile> files = {*file, *file};
  std::vector<std::string> uids;
  for (const rules::FileCheck& check : ChecksOf(files)) {
    uids.push_back(check.additional_metadata[std::string(rules::kCheckUidKey)]);
    EXPECT_EQ(check.additional_metadata["imported_from"], "soda");
  }
  EXPECT_THAT(uids, ElementsAre("orders__notnull__a", "orders__notnull__a_2",
                                "orders__satisfiesexpression__a_b",
                                "orders__satisfiesexpression__b", "orders__notnull__a_3",
                                "orders__notnull__a_4", "orders__satisfiesexpression__a_b_2",
                                "orders__satisfiesexpression__b_2"));
}

TEST(ImportTest, TheContainerCanBeGiven) {
  const std::string one = "checks for a:\n  - missing_count(x) = 0\n";
  const auto renamed = ImportChecks(one, {.container = "b.csv"});
  ASSERT_TRUE(renamed.has_value());
  EXPECT_EQ(renamed->items.at(0).checks.at(0).container, "b.csv");
  const std::string two = one + "checks for c:\n  - missing_count(x) = 0\n";
  const auto refused = ImportChecks(two, {.container = "b.csv"});
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message, HasSubstr("several containers"));
}

TEST(ImportTest, ALanguageIsFoundOrAskedFor) {
  for (const std::string text : {"", "a: 1", "{\"a\": 1}", "id,name\n1,x\n", "[]", "\xff"}) {
    const auto file = ImportChecks(text, {});
    ASSERT_FALSE(file.has_value()) << text;
    EXPECT_THAT(file.error().message, HasSubstr("say with --from"));
  }
  for (const Language language : kLanguages) {
    EXPECT_EQ(ParseLanguage(LanguageName(language)), language);
  }
  EXPECT_FALSE(ParseLanguage("excel").has_value());
}

TEST(ImportTest, TooMuchIsRefused) {
  const std::string large(9 << 20, ' ');
  for (const Language language : kLanguages) {
    const auto file = ImportChecks(large, {.language = language});
    ASSERT_FALSE(file.has_value());
    EXPECT_THAT(file.error().message, HasSubstr("larger than"));
  }
}

/// Damaged copies of the suites: nothing crashes, and what is not taken over says why.
TEST(ImportTest, AnyDamageIsReported) {
  std::minstd_rand random(7);
  for (const Suite& suite : kSuites) {
    SCOPED_TRACE(suite.file);
    const std::string whole = ReadFile(SuitePath(suite));
    for (int round = 0; round < 200; ++round) {
      std::string text = whole;
      for (unsigned change = 0; change < 1 + random() % 3; ++change) {
        const size_t at = random() % text.size();
        switch (random() % 3) {
          case 0: text.erase(at, 1 + random() % 20); break;
          case 1: text.insert(at, whole.substr(random() % whole.size(), random() % 20)); break;
          default: text[at] = "()[]{}\",:-=0a"[random() % 13]; break;
        }
        if (text.empty()) text = " ";
      }
      const auto file = ImportChecks(text, {.language = suite.language});
      if (!file) continue;
      for (const ImportedItem& item : file->items) {
        EXPECT_FALSE(item.checks.empty() && item.losses.empty()) << item.name << "\n" << text;
      }
      const auto checks = ChecksOf({&*file, 1});
      EXPECT_TRUE(rules::ReadCheckFile(rules::WriteCheckFile(checks)).has_value()) << text;
    }
  }
}

TEST(ImportTest, AReportLineSaysWhatBecameOfAnItem) {
  ImportedItem item = {.name = "missing_percent(a) < 5"};
  item.losses = {"why"};
  EXPECT_EQ(ReportLine(item), "missing_percent(a) < 5 -> not taken over: why");
  item.checks.push_back(
      {.definition = {
           .rule = "notNull", .fields = {"a"}, .filter = "b > 1", .coverage = 0.95}});
  item.notes = {"so", "and so"};
  EXPECT_EQ(
      ReportLine(item),
      "missing_percent(a) < 5 -> notNull(a) coverage 0.95 where b > 1; lost: why; note: so; "
      "and so");
  const std::vector<ImportedFile> files = {
      {.items = {item, {.name = "x"}, {.name = "y", .checks = item.checks}}}};
  const ImportCounts counts = Count(files);
  EXPECT_EQ(counts.checks, 2);
  EXPECT_EQ(counts.whole, 1);
  EXPECT_EQ(counts.partial, 1);
  EXPECT_EQ(counts.none, 1);
}

TEST(ImportTest, ARowRuleThatIsMissingIsWrittenAsACondition) {
  const Verifier without = [](const rules::CheckDefinition& check) -> Status {
    if (check.rule == "satisfiesExpression" || check.rule == "aggregateBetween") return {};
    if (check.rule == "volumetric") return Fail(ErrorKind::kUnsupported, "takes no filter");
    return Fail(ErrorKind::kNotFound, "no rule " + check.rule + " in this version");
  };
  const auto file = ImportChecks(
      "checks for a:\n  - min(x) > 0\n  - values in (x) must exist in b (y)\n"
      "  - row_count > 0: {filter: x > 1}\n",
      {.verifier = without});
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(Describe(file->items[0].checks.at(0).definition),
            R"(satisfiesExpression(x) {"expression":"x > 0"})");
  EXPECT_THAT(file->items[0].losses, IsEmpty());
  EXPECT_THAT(file->items[0].notes,
              ElementsAre("no rule greaterThan in this version, so as satisfiesExpression"));
  EXPECT_THAT(file->items[1].checks, IsEmpty());
  EXPECT_THAT(file->items[1].losses, ElementsAre("no rule existsIn in this version"));
  EXPECT_EQ(Describe(file->items[2].checks.at(0).definition),
            R"j(aggregateBetween() {"expression":"count(*)","min":1} where x > 1)j");
}

TEST(ReferenceTest, TheFileInDocsIsUpToDate) {
  ExpectFile(SourceTree() / "docs/import.md", ImportReference());
}

TEST(ReferenceTest, NamesAreUniqueInEachTable) {
  for (const auto table : {GreatExpectationsTable(), DbtTable(), SodaTable(), DqdlTable()}) {
    std::set<std::string_view> names;
    for (const Mapping& mapping : table) {
      EXPECT_TRUE(names.insert(mapping.name).second) << mapping.name;
      EXPECT_NE(mapping.becomes, "") << mapping.name;
    }
  }
}

}  // namespace
}  // namespace assay::imports::testing
