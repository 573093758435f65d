#include "tests/import/importing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <set>

namespace assay::imports::testing {

Status AcceptAll(const rules::CheckDefinition&) {
  return {};
}

std::string Describe(const rules::CheckDefinition& definition) {
  std::string text = fmt::format("{}({})", definition.rule, fmt::join(definition.fields, ", "));
  if (!definition.properties.empty()) text += " " + PrintJson(definition.properties);
  if (definition.coverage != 1) text += fmt::format(" coverage {}", definition.coverage);
  if (definition.filter) text += " where " + *definition.filter;
  return text;
}

std::vector<ImportedItem> Items(std::string_view text, Language language) {
  Result<ImportedFile> file = ImportChecks(text, {.language = language, .verifier = AcceptAll});
  EXPECT_TRUE(file.has_value()) << (file ? "" : file.error().message) << "\n" << text;
  return file ? std::move(file->items) : std::vector<ImportedItem>();
}

std::string Became(std::string_view text, Language language) {
  const std::vector<ImportedItem> items = Items(text, language);
  if (items.size() != 1) return fmt::format("{} items", items.size());
  const ImportedItem& item = items.front();
  std::vector<std::string> checks;
  for (const rules::FileCheck& check : item.checks) {
    checks.push_back(Describe(check.definition));
    if (rules::FindRuleType(check.definition.rule) == nullptr) continue;
    const Status runs = Verify(check.definition);
    EXPECT_TRUE(runs.has_value()) << checks.back() << "\n"
                                  << (runs ? "" : runs.error().message);
  }
  const std::string losses = fmt::format("{}", fmt::join(item.losses, "; "));
  if (checks.empty()) return "not taken over: " + losses;
  std::string became = fmt::format("{}", fmt::join(checks, " & "));
  return losses.empty() ? became : became + "; lost: " + losses;
}

void ExpectComplete(std::span<const Mapping> table, const std::vector<Case>& cases) {
  std::set<std::string> mapped, tested;
  for (const Mapping& mapping : table) {
    if (mapping.map != nullptr) mapped.emplace(mapping.name);
  }
  for (const Case& entry : cases) tested.insert(entry.name);
  EXPECT_EQ(tested, mapped);
}

void ExpectDocumented(std::span<const Mapping> table, const Case& tested) {
  const Mapping* mapping = FindMapping(table, tested.name);
  ASSERT_NE(mapping, nullptr);
  const std::string becomes(mapping->becomes);
  const bool is_indirect = becomes.starts_with("as ") || becomes.contains("and the like");
  if (is_indirect || tested.expected.starts_with("not taken over")) return;
  const std::string rule = tested.expected.substr(0, tested.expected.find('('));
  EXPECT_THAT(becomes, ::testing::HasSubstr("`" + rule + "`"));
}

}  // namespace assay::imports::testing
