#include "demo/planted_errors.h"

namespace assay::demo {
namespace {

constexpr int64_t kCleanRows = 10;

}  // namespace

const PlantedKind* PlantedErrors::Find(int64_t row) const {
  if (row < kCleanRows) return nullptr;
  double position = dice_.Share(row, "error");
  for (const PlantedKind& kind : kinds_) {
    if (position < kind.share) return &kind;
    position -= kind.share;
  }
  return nullptr;
}

std::string_view PlantedErrors::KindOf(int64_t row) const {
  const PlantedKind* kind = Find(row);
  return kind == nullptr ? std::string_view() : kind->name;
}

void PlantedErrors::List(int64_t row, const std::string& file, int64_t row_number,
                         std::vector<InjectedCell>& cells) const {
  if (const PlantedKind* kind = Find(row))
    cells.push_back({file, row_number, kind->field, kind->name});
}

}  // namespace assay::demo
