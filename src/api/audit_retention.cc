#include "api/audit_retention.h"

#include <string>

#include "store/audit.h"
#include "store/settings.h"

namespace assay::api {
namespace {

constexpr const char* kSetting = "audit_retention_days";

Json Print(const std::optional<int64_t>& days) {
  return {{kSetting, days ? Json(*days) : Json()}};
}

}  // namespace

Result<std::optional<int64_t>> AuditRetentionDays(store::Access& access) {
  ASSAY_TRY(const auto text, store::Settings(access).Get(kSetting));
  if (!text || text->empty()) return std::optional<int64_t>();
  ASSAY_TRY(const Json days, ParseJson(*text));
  if (!days.is_number_integer()) {
    return Fail(ErrorKind::kCorruptData, "the retention of the audit log is not a number");
  }
  return std::optional(days.get<int64_t>());
}

Status SetAuditRetentionDays(store::Access& access, std::optional<int64_t> days) {
  ASSAY_TRY(const auto before, AuditRetentionDays(access));
  if (before == days) return {};
  ASSAY_RETURN_IF_ERROR(
      store::Settings(access).Set(kSetting, days ? std::to_string(*days) : ""));
  store::AuditEntry entry;
  entry.action = "update";
  entry.entity_type = store::EntityTypeName(store::EntityType::kSetting);
  entry.entity_name = kSetting;
  entry.before = Print(before);
  entry.after = Print(days);
  return store::AuditLog(access).Add(std::move(entry));
}

}  // namespace assay::api
