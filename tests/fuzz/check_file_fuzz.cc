// Check files come from anyone: no text may crash the reader, and what it accepts is written
// and read back as the same.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "rules/check_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using assay::rules::FileCheck;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const assay::Result<std::vector<FileCheck>> checks = assay::rules::ReadCheckFile(text);
  if (!checks) return 0;
  const std::string written = assay::rules::WriteCheckFile(*checks);
  const assay::Result<std::vector<FileCheck>> again = assay::rules::ReadCheckFile(written);
  if (!again || assay::rules::WriteCheckFile(*again) != written) std::abort();
  return 0;
}
