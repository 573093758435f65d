// How well a scan found the injected cells. Knows nothing of how the data was made.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "demo/injected_cells.h"
#include "operations/container_scan.h"

namespace assay::demo {

/// Table (the folder of its files) and field.
using FieldKey = std::pair<std::string, std::string>;

struct Verdict {
  /// Of each kind and field, in order of names.
  struct OfKind {
    std::string kind;
    FieldKey field;
    int64_t injected = 0;
    int64_t found = 0;
  };
  std::vector<OfKind> kinds;
  std::map<FieldKey, int64_t> clean_flagged_by_field;  // only fields that have any
  int64_t injected = 0;
  int64_t found = 0;
  int64_t clean_cells = 0;
  int64_t clean_flagged = 0;

  double recall() const;               // 1 when nothing was injected
  double clean_flagged_share() const;  // 0 when there are no clean cells
};

/// A failing row accuses the fields of the check that it fails. A check over several fields
/// accuses them together: it is right when one of them was injected, and else flags all of them
/// as clean cells. `field_counts` holds the number of fields of each scan's container.
///
/// kInvalidInput when a scan kept fewer failing rows than it counted: its limits were too low
/// to judge it.
Result<Verdict> Judge(const std::vector<InjectedCell>& injected,
                      const std::vector<operations::ContainerScan>& scans,
                      const std::vector<size_t>& field_counts);

}  // namespace assay::demo
