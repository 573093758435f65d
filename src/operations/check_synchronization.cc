#include "operations/check_synchronization.h"

#include <map>
#include <set>

#include "base/same_json.h"
#include "operations/check_records.h"

namespace assay::operations {
namespace {

constexpr const char* kEditor = "inference";

Json Evidence(const infer::InferredCheck& check) {
  Json evidence = {{"level", check.level},
                   {"fitted_rows", check.fitted_rows},
                   {"holdout_rows", check.holdout_rows},
                   {"holdout_exceptions", check.holdout_exceptions}};
  if (!check.examples.empty()) evidence["examples"] = check.examples;
  return evidence;
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
        authored_.insert(key);
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
    if (known != known_.end() && !known->second.is_archived()) {
      return Update(known->second, inferred);
    }
    if (authored_.contains(key)) return {};
    if (known == known_.end()) return Add(inferred);
    // Who archived a check is its last editor.
    return known->second.last_editor == kEditor ? Restore(known->second, inferred) : Status();
  }

  Status Add(const infer::InferredCheck& inferred) {
    ASSAY_TRY(store::QualityCheck check, ToRecord(inferred.definition, container_id_));
    check.created = check.last_updated = now_;
    check.status = NewStatus();
    check.inferred = true;
    check.evidence = Evidence(inferred);
    check.last_editor = kEditor;
    ASSAY_RETURN_IF_ERROR(checks_.Create(check));
    ++outcome_.added;
    return {};
  }

  Status Restore(store::QualityCheck check, const infer::InferredCheck& inferred) {
    check.status = NewStatus();
    check.deleted_at.reset();
    AssertWhat(inferred, check);
    ASSAY_RETURN_IF_ERROR(checks_.Update(check));
    ++outcome_.added;
    return {};
  }

  Status Update(store::QualityCheck check, const infer::InferredCheck& inferred) {
    const bool asserts_the_same = check.coverage == inferred.definition.coverage &&
                                  SameJson(check.properties, inferred.definition.properties);
    const Json evidence = Evidence(inferred);
    if (asserts_the_same) {
      if (SameJson(check.evidence, evidence)) return {};
      check.evidence = evidence;
      return checks_.Update(check);
    }
    AssertWhat(inferred, check);
    const Status status = checks_.Update(check);
    // Another check asserts just that already.
    if (!status && status.error().kind == ErrorKind::kConflict) return Withdraw(check.id);
    if (status) ++outcome_.updated;
    return status;
  }

  void AssertWhat(const infer::InferredCheck& inferred, store::QualityCheck& check) const {
    check.properties = inferred.definition.properties;
    check.coverage = inferred.definition.coverage;
    check.description = inferred.definition.description;
    check.evidence = Evidence(inferred);
    check.last_updated = now_;
    check.last_editor = kEditor;
  }

  Status Withdraw(int64_t id) {
    ASSAY_RETURN_IF_ERROR(checks_.Archive(id, "Discarded", kEditor, now_));
    ++outcome_.archived;
    return {};
  }

  const char* NewStatus() const { return settings_.infer_as_draft ? "Draft" : "Active"; }

  Status ArchiveHigherLevels(const std::vector<store::QualityCheck>& stored) {
    for (const store::QualityCheck& check : stored) {
      if (!check.inferred || check.is_archived() || check.anomaly_count > 0) continue;
      if (check.evidence.value("level", int64_t{0}) <= settings_.level) continue;
      ASSAY_RETURN_IF_ERROR(Withdraw(check.id));
    }
    return {};
  }

  store::QualityChecks checks_;
  const int64_t container_id_;
  const SynchronizationSettings settings_;
  const Timestamp now_;
  std::map<std::string, store::QualityCheck> known_;
  std::set<std::string> authored_;
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
