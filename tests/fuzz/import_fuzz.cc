// Checks of other tools come from anyone: no text may crash a reader, and what is taken over is
// written as a check file that reads back.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "import/import.h"
#include "rules/check_file.h"

namespace {

void Import(std::string_view text, assay::imports::Language language) {
  const auto file = assay::imports::ImportChecks(text, {.language = language});
  if (!file) return;
  const auto checks = assay::imports::ChecksOf({&*file, 1});
  const std::string written = assay::rules::WriteCheckFile(checks);
  const auto again = assay::rules::ReadCheckFile(written);
  if (!again || again->size() != checks.size()) std::abort();
  for (const auto& item : file->items) {
    // What is not taken over says why.
    if (item.checks.empty() && item.losses.empty()) std::abort();
    if (assay::imports::ReportLine(item).empty()) std::abort();
  }
}

}  // namespace

/// The first byte chooses the language; DQDL, which has a parser of our own, most often.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0: Import(text, assay::imports::Language::kGreatExpectations); break;
    case 1: Import(text, assay::imports::Language::kDbt); break;
    case 2: Import(text, assay::imports::Language::kSoda); break;
    default: Import(text, assay::imports::Language::kDqdl); break;
  }
  return 0;
}
