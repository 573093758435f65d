// Which checks of a file run over which container.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "operations/container_scan.h"
#include "report/report.h"
#include "rules/check_file.h"

namespace assay::cli {

struct CheckSelection {
  std::map<std::string, std::vector<operations::ScanCheck>>
      by_container;                    // ids: position in the file + 1
  std::vector<report::Unread> unread;  // named containers that are not among those given
  int64_t inactive = 0;                // Draft and archived checks, which do not run
};

/// kInvalidInput, naming the line, when a check names no container but there are several.
Result<CheckSelection> SelectChecks(const std::vector<rules::FileCheck>& checks,
                                    const std::vector<std::string>& containers);

}  // namespace assay::cli
