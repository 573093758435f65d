// Importing single items, and what they became as text.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "import/import.h"

namespace assay::imports::testing {

/// Takes every check, so that a test says what an item becomes in any version.
Status AcceptAll(const rules::CheckDefinition& definition);

/// 'notNull(id)', 'between(price) {"min":1,"max":2} coverage 0.9 where a = 1'
std::string Describe(const rules::CheckDefinition& definition);

/// The items of a text with AcceptAll; none, and a failure, when it cannot be read.
std::vector<ImportedItem> Items(std::string_view text, Language language);

/// What the only item became: the checks joined by " & ", "; lost: ..." behind them, or
/// "not taken over: ...". Checks of rules that this build has must verify.
std::string Became(std::string_view text, Language language);

/// One name of a table, and what an item with it becomes.
struct Case {
  std::string name;
  std::string parameters;  // as the language writes them
  std::string expected;
};

/// Fails unless `cases` have each mapped name of the table, and no name that it does not hold.
void ExpectComplete(std::span<const Mapping> table, const std::vector<Case>& cases);

/// Fails unless the documentation of the mapping names each rule that the case becomes.
void ExpectDocumented(std::span<const Mapping> table, const Case& tested);

}  // namespace assay::imports::testing
