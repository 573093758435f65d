// Quality checks as stored: authored by users or inferred by profiles.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/access.h"
#include "store/datastore_scope.h"
#include "store/page.h"

namespace assay::store {

/// What the origin of a check adds to its weight, and whether it has anomalies.
constexpr int64_t OriginWeight(bool inferred, bool has_anomalies) {
  if (inferred) return has_anomalies ? 6 : 0;
  return has_anomalies ? 12 : 9;
}

struct QualityCheck {
  int64_t id = 0;
  Timestamp created{};
  int64_t container_id = 0;
  std::string rule_type;            // fixed after creation, as is the container
  std::vector<std::string> fields;  // names
  std::optional<std::string> filter;
  double coverage = 1;
  Json properties = Json::object();
  std::string description;
  std::string status = "Active";  // Active, Draft; archived: Invalid, Discarded
  bool inferred = false;
  Json evidence = Json::object();  // of inferred ones: level, fitted_rows, holdout_rows,
                                   // holdout_exceptions, examples
  bool is_new = true;
  bool favorite = false;
  int64_t rule_weight = 1;  // of its rule type, 1 to 3
  Json additional_metadata = Json::object();
  std::optional<std::string> anomaly_message_field;
  std::optional<int64_t> owner_id, default_anomaly_assignee_id, template_id;
  Json template_values = Json::array();  // in place of the each() of its template's filter
  std::vector<std::string> tags;         // names
  std::string last_editor;
  Timestamp last_updated{};
  std::optional<Timestamp> deleted_at;  // when it was archived

  // Of scans; read only but for RecordAssertions.
  std::optional<Timestamp> last_asserted;
  std::optional<bool> is_passing;
  int64_t num_container_scans = 0;
  int64_t anomaly_count = 0;         // of all anomalies that fail it
  int64_t active_anomaly_count = 0;  // of open ones
  // For display; read only.
  std::string container_name, container_type;
  int64_t datastore_id = 0;
  int64_t tag_weight = 0;               // sum of the modifiers of its tags and its container's
  std::optional<bool> template_locked;  // of its template, if it has one

  bool is_archived() const { return status == "Invalid" || status == "Discarded"; }
  /// How much its anomalies matter: the weights of its rule, its origin and its tags.
  int64_t weight() const {
    return rule_weight + OriginWeight(inferred, anomaly_count > 0) + tag_weight;
  }
};

struct QualityCheckFilter {
  std::vector<int64_t> ids;
  std::vector<int64_t> datastore_ids;
  std::vector<int64_t> container_ids;
  std::vector<std::string> rule_types;
  std::vector<std::string> fields;  // that name any of them
  std::vector<std::string> tags;
  std::vector<std::string> statuses;  // when given, `archived` is not looked at
  Archived archived = Archived::kExclude;
  std::optional<bool> inferred;
  std::optional<bool> favorite;
  std::optional<bool> important;  // authored, or inferred with open anomalies
  std::vector<int64_t> owner_ids;
  std::vector<int64_t> template_ids;
  enum class Asserted {
    kPassed,  // by some scan, and it has no open anomalies
    kFailed,  // it has open anomalies
    kNotYet,  // by no scan
  };
  std::vector<Asserted> asserted;  // any of these
  std::string search;              // part of the description, any case
  std::optional<DatastoreScope> scope;
  enum class Sort { kId, kCreated, kRuleType, kWeight } sort = Sort::kId;
  SortOrder order = SortOrder::kAscending;
};

/// What a scan found out about one check.
struct Assertion {
  int64_t check_id = 0;
  std::optional<bool> passed;  // absent: could not be asserted
};

class QualityChecks {
 public:
  explicit QualityChecks(Access& access) : access_(access) {}

  /// kConflict when a check of the container that is not archived asserts the same: rule,
  /// fields in any order, filter, coverage and properties. kInvalidInput for an unknown
  /// container.
  Result<QualityCheck> Create(QualityCheck check);
  Result<QualityCheck> Get(int64_t id);
  /// Writes everything a user may edit. Errors as Create, and kNotFound.
  Status Update(const QualityCheck& check);
  /// `status` is Invalid or Discarded, else kInvalidInput. `editor` is its last editor from now
  /// on.
  Status Archive(int64_t id, const std::string& status, const std::string& editor,
                 Timestamp now);
  /// Deletes it for good; anomalies stay, without it, and those that fail nothing else go.
  Status Delete(int64_t id);
  Result<Page<QualityCheck>> List(const QualityCheckFilter& filter, const PageRequest& page);
  /// Every Active check of a container, by id.
  Result<std::vector<QualityCheck>> ActiveOf(int64_t container_id);
  /// Every check of a container, archived ones too, by id.
  Result<std::vector<QualityCheck>> AllOf(int64_t container_id);
  /// Every check that is derived from a template, archived ones too, by id.
  Result<std::vector<QualityCheck>> OfTemplate(int64_t template_id);
  /// Marks it for users, or takes the mark away, and changes nothing else. kNotFound.
  Status SetFavorite(int64_t id, bool favorite);
  Status RecordAssertions(const std::vector<Assertion>& assertions, Timestamp now);

 private:
  Access& access_;
};

}  // namespace assay::store
