// Checks of other tools as checks of ours, with a report on every item of the source. Main
// interface of this module: start here.
//
// A reader for each language (great_expectations.h, dbt.h, soda.h, dqdl.h) finds the items; a
// table for each (mapping.h) says what an item becomes; convert.h does the rest. docs/import.md
// is printed from the tables (reference.h).

#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "import/convert.h"

namespace assay::imports {

enum class Language { kGreatExpectations, kDbt, kSoda, kDqdl };

inline constexpr std::array kLanguages = {Language::kGreatExpectations, Language::kDbt,
                                          Language::kSoda, Language::kDqdl};

/// "great-expectations", "dbt", "soda", "dqdl".
const char* LanguageName(Language language);
/// kInvalidInput for other names.
Result<Language> ParseLanguage(std::string_view name);

/// Which language a text is in, by its first keys or words. kInvalidInput when that is none of
/// them.
Result<Language> DetectLanguage(std::string_view text);

struct ImportOptions {
  std::optional<Language> language = {};  // detected when absent
  std::string container = {};             // of all checks; empty: what the source says
  Verifier verifier = Verify;
};

struct ImportedFile {
  Language language = Language::kGreatExpectations;
  std::vector<ImportedItem> items = {};  // in the order of the source
};

/// Reads one file, which may come from anyone. kInvalidInput when it is not of its language at
/// all, too large (8 MiB) or nested too deeply, or when a container is given and the source
/// names several. What is wrong with one item is said in that item. Linear in the text.
Result<ImportedFile> ImportChecks(std::string_view text, const ImportOptions& options = {});

/// The checks of all files, each with its own rules::CheckUid: the second of the same
/// container, rule and fields ends with "_2" and so on, in the order of the source.
std::vector<rules::FileCheck> ChecksOf(std::span<const ImportedFile> files);

/// One line: what the item became, what was lost, what was noted.
std::string ReportLine(const ImportedItem& item);

struct ImportCounts {
  int whole = 0;    // taken over without a loss
  int partial = 0;  // taken over, with losses
  int none = 0;     // not taken over
  int checks = 0;
};
ImportCounts Count(std::span<const ImportedFile> files);

}  // namespace assay::imports
