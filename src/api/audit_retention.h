// How long the audit log is kept.

#pragma once

#include <cstdint>
#include <optional>

#include "store/access.h"

namespace assay::api {

/// Days; nullopt: for ever, which is so until somebody sets it.
Result<std::optional<int64_t>> AuditRetentionDays(store::Access& access);

/// Logs the change in the same transaction, if `access` is one.
Status SetAuditRetentionDays(store::Access& access, std::optional<int64_t> days);

}  // namespace assay::api
