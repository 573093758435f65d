#include "engine/profile/profile_passes.h"

#include <algorithm>

namespace assay::engine::profile {
namespace {

// A full sample: 32,768 slots of 16 bytes and a value of 8 each, and the quantile sketch.
constexpr int64_t kNumberStateBytes = int64_t{1} << 20;
// The same with 40 bytes for each value, and 20,480 held texts of up to 256 bytes.
constexpr int64_t kTextStateBytes = int64_t{8} << 20;

}  // namespace

int64_t LargestStateBytes(const KernelType& type) {
  const bool is_text = type.format == ValueFormat::kText || type.format == ValueFormat::kBinary;
  return is_text ? kTextStateBytes : kNumberStateBytes;
}

bool AreCorrelated(const std::vector<ProfiledColumn>& columns, const ProfileOptions& options) {
  return std::ranges::count_if(columns, &ProfiledColumn::is_number) <=
         options.max_correlated_fields;
}

std::vector<std::vector<size_t>> CutIntoPasses(const std::vector<ProfiledColumn>& columns,
                                               const ProfileOptions& options,
                                               int64_t budget_bytes, int64_t copies) {
  std::vector<std::vector<size_t>> passes(1);
  int64_t bytes = 0;
  const auto add = [&](size_t column, bool may_open_pass) {
    const int64_t more = copies * LargestStateBytes(columns[column].type);
    if (may_open_pass && !passes.back().empty() && bytes + more > budget_bytes) {
      passes.emplace_back();
      bytes = 0;
    }
    passes.back().push_back(column);
    bytes += more;
  };
  const bool together = AreCorrelated(columns, options);
  for (size_t i = 0; together && i < columns.size(); ++i) {
    if (columns[i].is_number()) add(i, false);
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    if (!together || !columns[i].is_number()) add(i, true);
  }
  return passes;
}

}  // namespace assay::engine::profile
