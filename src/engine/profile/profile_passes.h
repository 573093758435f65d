// Which columns are profiled together, so that their states fit into memory.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/profile/profile_state.h"

namespace assay::engine::profile {

/// At most so many bytes a kernel of this type comes to hold, whatever the data.
int64_t LargestStateBytes(const KernelType& type);

/// Cuts columns into passes over the data, each given by indexes into `columns`. The states of
/// a pass take at most `budget_bytes` when there are `copies` of each (workers, and those that
/// their states are added to), but a pass has at least one column, and numbers that are to be
/// correlated stay together. No columns: one empty pass, which counts rows.
std::vector<std::vector<size_t>> CutIntoPasses(const std::vector<ProfiledColumn>& columns,
                                               const ProfileOptions& options,
                                               int64_t budget_bytes, int64_t copies);

/// Whether the numbers among `columns` are few enough to be correlated.
bool AreCorrelated(const std::vector<ProfiledColumn>& columns, const ProfileOptions& options);

}  // namespace assay::engine::profile
