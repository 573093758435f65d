// How much of a container is filled.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/profile.h"

namespace assay::operations {

/// Sums up the cells of fields. What lies in lists ("a[]", "a[].b", "m.value[]") does not
/// count: it has no cell in a row.
class CellCount {
 public:
  void Add(std::string_view field_name, int64_t record_count, int64_t null_count);
  /// Share of the cells that are not null, 0 to 1; 1 when there are no cells.
  double completeness() const;

 private:
  int64_t cells_ = 0, nulls_ = 0;
};

/// The same of all cells of the containers together.
double Completeness(std::span<const engine::ContainerProfile> containers);

}  // namespace assay::operations
