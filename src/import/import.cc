#include "import/import.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "import/dbt.h"
#include "import/dqdl.h"
#include "import/great_expectations.h"
#include "import/soda.h"

namespace assay::imports {
namespace {

constexpr size_t kMaxBytes = size_t{8} << 20;

using Reader = Result<std::vector<ImportedItem>> (*)(std::string_view, const Verifier&);

struct Entry {
  Language language;
  const char* name;
  bool (*detect)(std::string_view);
  Reader read;
};

// JSON is YAML too, so it is asked first.
constexpr std::array<Entry, 4> kEntries = {{
    {Language::kGreatExpectations, "great-expectations", IsGreatExpectations,
     ReadGreatExpectations},
    {Language::kDqdl, "dqdl", IsDqdl, ReadDqdl},
    {Language::kDbt, "dbt", IsDbt, ReadDbt},
    {Language::kSoda, "soda", IsSoda, ReadSoda},
}};

const Entry& EntryOf(Language language) {
  for (const Entry& entry : kEntries) {
    if (entry.language == language) return entry;
  }
  return kEntries.front();
}

Status UseContainer(const std::string& container, std::vector<ImportedItem>& items) {
  if (container.empty()) return {};
  std::set<std::string> named;
  for (ImportedItem& item : items) {
    for (rules::FileCheck& check : item.checks) {
      named.insert(check.container);
      check.container = container;
    }
  }
  if (named.size() <= 1) return {};
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("the file is about several containers, so none can be given for all "
                          "its checks: {}",
                          fmt::join(named, ", ")));
}

std::string DescribeCheck(const rules::FileCheck& check) {
  const rules::CheckDefinition& definition = check.definition;
  std::string text = fmt::format("{}({})", definition.rule, fmt::join(definition.fields, ", "));
  if (definition.coverage != 1) text += fmt::format(" coverage {}", definition.coverage);
  if (definition.filter) text += " where " + *definition.filter;
  return text;
}

}  // namespace

const char* LanguageName(Language language) {
  return EntryOf(language).name;
}

Result<Language> ParseLanguage(std::string_view name) {
  std::vector<const char*> known;
  for (const Entry& entry : kEntries) {
    if (name == entry.name) return entry.language;
    known.push_back(entry.name);
  }
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("must be one of {}: '{}'", fmt::join(known, ", "), name));
}

Result<Language> DetectLanguage(std::string_view text) {
  for (const Entry& entry : kEntries) {
    if (entry.detect(text)) return entry.language;
  }
  return Fail(
      ErrorKind::kInvalidInput,
      "no suite of Great Expectations, no dbt properties, no Soda checks or contract and "
      "no DQDL ruleset; say with --from which it is meant to be");
}

Result<ImportedFile> ImportChecks(std::string_view text, const ImportOptions& options) {
  if (text.size() > kMaxBytes) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("larger than {} bytes: {}", kMaxBytes, text.size()));
  }
  ImportedFile file;
  if (options.language) {
    file.language = *options.language;
  } else {
    ASSAY_TRY(file.language, DetectLanguage(text));
  }
  ASSAY_TRY(file.items, EntryOf(file.language).read(text, options.verifier));
  ASSAY_RETURN_IF_ERROR(UseContainer(options.container, file.items));
  return file;
}

std::vector<rules::FileCheck> ChecksOf(std::span<const ImportedFile> files) {
  std::vector<rules::FileCheck> checks;
  std::map<std::string, int> seen;
  for (const ImportedFile& file : files) {
    for (const ImportedItem& item : file.items) {
      for (rules::FileCheck check : item.checks) {
        std::string uid = rules::CheckUid(check.container, check.definition);
        if (const int count = ++seen[uid]; count > 1) uid += fmt::format("_{}", count);
        check.additional_metadata[std::string(rules::kCheckUidKey)] = std::move(uid);
        check.additional_metadata["imported_from"] = LanguageName(file.language);
        checks.push_back(std::move(check));
      }
    }
  }
  return checks;
}

std::string ReportLine(const ImportedItem& item) {
  std::vector<std::string> became;
  for (const rules::FileCheck& check : item.checks) became.push_back(DescribeCheck(check));
  std::string text = fmt::format(
      "{} -> {}", item.name,
      became.empty() ? "not taken over" : fmt::format("{}", fmt::join(became, " and ")));
  for (size_t i = 0; i < item.losses.size(); ++i) {
    text += (i > 0 ? "; " : became.empty() ? ": " : "; lost: ") + item.losses[i];
  }
  for (size_t i = 0; i < item.notes.size(); ++i) {
    text += (i > 0 ? "; " : "; note: ") + item.notes[i];
  }
  return text;
}

ImportCounts Count(std::span<const ImportedFile> files) {
  ImportCounts counts;
  for (const ImportedFile& file : files) {
    for (const ImportedItem& item : file.items) {
      counts.checks += static_cast<int>(item.checks.size());
      ++(item.checks.empty()   ? counts.none
         : item.losses.empty() ? counts.whole
                               : counts.partial);
    }
  }
  return counts;
}

}  // namespace assay::imports
