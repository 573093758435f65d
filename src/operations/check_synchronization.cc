#include "operations/check_synchronization.h"

#include <map>

#include "operations/check_records.h"

namespace assay::operations {
namespace {

constexpr const char* kEditor = "inference";

Json Evidence(const infer::InferredCheck& check) {
  return {{"level", check.level},
          {"fitted_rows", check.fitted_rows},
          {"holdout_rows", check.holdout_rows},
          {"holdout_exceptions", check.holdout_exceptions}};
}

/// Key order means nothing in properties.
bool SameProperties(const Json& a, const Json& b) {
  return nlohmann::json::parse(PrintJson(a)) == nlohmann::json::parse(PrintJson(b));
}

class Synchronization {
 public:
  Synchronization(store::Access& access, int64_t container_id,
                  const SynchronizationSettings& settings, Timestamp now)
      : checks_(access), container_id_(container_id), settings_(settings), now_(now) {}

  Result<SynchronizedChecks> Run(const std::vector<infer::InferredCheck>& inferred) {
    ASSAY_TRY(const auto stored, checks_.AllOf(container_id_));
    for (const store::QualityCheck& check : stored) {
      const std::string key = InferenceKey(ToDefinition(check));
      if (check.inferred) {
        known_.emplace(key, check);
      } else if (!check.is_archived()) {
        authored_.emplace(key, check);
      }
    }
    for (const infer::InferredCheck& check : inferred) {
      ASSAY_RETURN_IF_ERROR(Synchronize(check));
      ++outcome_.synchronized;
    }
    ASSAY_RETURN_IF_ERROR(ArchiveHigherLevels(stored));
    return outcome_;
  }

 private:
  Status Synchronize(const infer::InferredCheck& inferred) {
    const std::string key = InferenceKey(inferred.definition);
    const auto known = known_.find(key);
    if (known == known_.end()) {
      if (authored_.contains(key)) return {};
      return Add(inferred);
    }
    if (known->second.is_archived()) return {};
    return Update(known->second, inferred);
  }

  Status Add(const infer::InferredCheck& inferred) {
    ASSAY_TRY(store::QualityCheck check, ToRecord(inferred.definition, container_id_));
    check.created = check.last_updated = now_;
    check.status = settings_.infer_as_draft ? "Draft" : "Active";
    check.inferred = true;
    check.evidence = Evidence(inferred);
    check.last_editor = kEditor;
    ASSAY_RETURN_IF_ERROR(checks_.Create(check));
    ++outcome_.added;
    return {};
  }

  Status Update(store::QualityCheck check, const infer::InferredCheck& inferred) {
    const bool asserts_the_same =
        check.coverage == inferred.definition.coverage &&
        SameProperties(check.properties, inferred.definition.properties);
    const Json evidence = Evidence(inferred);
    if (asserts_the_same && SameProperties(check.evidence, evidence)) return {};
    check.evidence = evidence;
    if (!asserts_the_same) {
      check.properties = inferred.definition.properties;
      check.coverage = inferred.definition.coverage;
      check.description = inferred.definition.description;
      check.last_updated = now_;
      check.last_editor = kEditor;
      ++outcome_.updated;
    }
    return checks_.Update(check);
  }

  Status ArchiveHigherLevels(const std::vector<store::QualityCheck>& stored) {
    for (const store::QualityCheck& check : stored) {
      if (!check.inferred || check.is_archived() || check.anomaly_count > 0) continue;
      if (check.evidence.value("level", int64_t{0}) <= settings_.level) continue;
      ASSAY_RETURN_IF_ERROR(checks_.Archive(check.id, "Discarded", now_));
      ++outcome_.archived;
    }
    return {};
  }

  store::QualityChecks checks_;
  const int64_t container_id_;
  const SynchronizationSettings settings_;
  const Timestamp now_;
  std::map<std::string, store::QualityCheck> known_;
  std::map<std::string, store::QualityCheck> authored_;
  SynchronizedChecks outcome_;
};

}  // namespace

Result<SynchronizedChecks> SynchronizeChecks(store::Access& access, int64_t container_id,
                                             const std::vector<infer::InferredCheck>& inferred,
                                             const SynchronizationSettings& settings,
                                             Timestamp now) {
  return Synchronization(access, container_id, settings, now).Run(inferred);
}

}  // namespace assay::operations
