// Scans and inferred checks as text for a terminal or a pipe.

#pragma once

#include <string>

#include "report/report.h"
#include "report/terminal_table.h"

namespace assay::report {

/// For each container its checks, failed ones first, then what was found wrong, then what
/// could not be read at all, and a last line with the verdict over all.
std::string PrintScans(const ScanReport& report, const TerminalStyle& style);

/// For each container its proposed checks with the rows that speak for them.
std::string PrintSuggestions(const SuggestionReport& report, const TerminalStyle& style);

/// How many checks of a run came out how.
struct Verdict {
  int64_t checks = 0;
  int64_t passed = 0;  // also those that had no row to assert
  int64_t failed = 0;
  int64_t without_rows = 0;  // of the passed ones
  int64_t not_run = 0;
  int64_t anomalies = 0;
  int64_t rows = 0;
  int64_t files_not_read = 0;
  int64_t sources_not_read = 0;  // places and containers of which nothing could be read

  /// Whether every check could run on all there is.
  bool is_complete() const { return not_run + files_not_read + sources_not_read == 0; }
};
Verdict VerdictOf(const ScanReport& report);

/// "All 14 checks hold" when everything could be read and run, else "13 of 14 checks hold" or
/// "3 of 14 checks failed", and what could not be checked.
std::string VerdictText(const Verdict& verdict);

}  // namespace assay::report
