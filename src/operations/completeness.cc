#include "operations/completeness.h"

namespace assay::operations {

void CellCount::Add(std::string_view field_name, int64_t record_count, int64_t null_count) {
  if (field_name.find("[]") != std::string_view::npos) return;
  cells_ += record_count;
  nulls_ += null_count;
}

double CellCount::completeness() const {
  return cells_ == 0 ? 1 : static_cast<double>(cells_ - nulls_) / static_cast<double>(cells_);
}

double Completeness(std::span<const engine::ContainerProfile> containers) {
  CellCount count;
  for (const engine::ContainerProfile& container : containers) {
    for (const engine::FieldProfile& field : container.fields) {
      count.Add(field.field.name, field.record_count, field.null_count);
    }
  }
  return count.completeness();
}

}  // namespace assay::operations
