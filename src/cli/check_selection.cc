#include "cli/check_selection.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/number_format.h"
#include "rules/nearest_name.h"

namespace assay::cli {

Result<CheckSelection> SelectChecks(const std::vector<rules::FileCheck>& checks,
                                    const std::vector<std::string>& containers) {
  CheckSelection selection;
  std::map<std::string, int64_t> homeless;  // container name -> its checks
  for (size_t i = 0; i < checks.size(); ++i) {
    const rules::FileCheck& check = checks[i];
    if (check.status != "Active") {
      ++selection.inactive;
      continue;
    }
    std::string container = check.container;
    if (container.empty()) {
      if (containers.size() > 1) {
        return Fail(
            ErrorKind::kInvalidInput,
            fmt::format("line {}: the check needs 'container', because there are {} here",
                        check.line, containers.size()));
      }
      if (containers.size() == 1) container = containers.front();
    }
    if (std::ranges::find(containers, container) == containers.end()) {
      ++homeless[container];
      continue;
    }
    selection.by_container[container].push_back(
        {.id = static_cast<int64_t>(i) + 1,
         .definition = check.definition,
         .message_field = check.anomaly_message_field,
         .tags = check.tags,
         .additional_metadata = check.additional_metadata});
  }
  for (const auto& [name, count] : homeless) {
    selection.unread.push_back(
        {.name = name,
         .error = {ErrorKind::kNotFound, fmt::format("{} for a container that is not here{}",
                                                     report::FormatCountOf(count, "check"),
                                                     rules::DidYouMean(name, containers))}});
  }
  return selection;
}

}  // namespace assay::cli
