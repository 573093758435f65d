#include "operations/measurements.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "operations/fingerprint.h"

namespace assay::operations {

std::string MeasureSubject(const rules::CheckDefinition& definition) {
  rules::CheckDefinition subject = definition;
  subject.properties = Json::object();
  if (definition.properties.is_object() && definition.properties.contains("expression"))
    subject.properties["expression"] = definition.properties["expression"];
  const Hash128 hash = StableHash128(CheckIdentity(subject));
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

Result<std::optional<plan::Literal>> FindEarlierMeasure(store::Access& access,
                                                        const ScanCheck& check,
                                                        const plan::Change& change,
                                                        int64_t operation_id, Timestamp now) {
  ASSAY_TRY(const auto found, store::Measurements(access).FindEarlier(
                                  {.check_id = check.id,
                                   .subject = MeasureSubject(check.definition),
                                   .operation_id = operation_id,
                                   .near = now - change.period,
                                   .until = now - std::chrono::hours(change.period) / 2}));
  if (!found) return std::optional<plan::Literal>();
  ASSAY_TRY(plan::Literal value, plan::Literal::Number(found->value));
  return std::optional(std::move(value));
}

std::vector<store::Measurement> ToMeasurements(const ContainerScan& scan, int64_t scan_id,
                                               const std::set<int64_t>& present,
                                               Timestamp now) {
  std::vector<store::Measurement> measurements;
  for (const CheckResult& result : scan.checks) {
    if (!result.measurement || !present.contains(result.check.id)) continue;
    measurements.push_back({.check_id = result.check.id,
                            .container_scan_id = scan_id,
                            .created = now,
                            .subject = MeasureSubject(result.check.definition),
                            .value = result.measurement->text});
  }
  return measurements;
}

}  // namespace assay::operations
