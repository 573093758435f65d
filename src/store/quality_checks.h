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
  Json evidence =
      Json::object();  // of inferred ones: level, fitted_rows, holdout_rows, holdout_exceptions
  bool is_new = true;
  bool favorite = false;
  int64_t rule_weight = 1;  // of its rule type, 1 to 3
  Json additional_metadata = Json::object();
  std::optional<std::string> anomaly_message_field;
  std::optional<int64_t> owner_id, default_anomaly_assignee_id, template_id;
  std::vector<std::string> tags;  // names
  std::string last_editor;
  Timestamp last_updated{};
  std::optional<Timestamp> deleted_at;  // when it was archived

  // Of scans; read only but for RecordAssertions.
  std::optional<Timestamp> last_asserted;
  std::optional<bool> is_passing;
  int64_t num_container_scans = 0;
  int64_t anomaly_count = 0;         // of all anomalies that fail it
  int64_t active_anomaly_count = 0;  // of open ones
  // For display.
  std::string container_name, container_type;
  int64_t datastore_id = 0;

  bool is_archived() const { return status == "Invalid" || status == "Discarded"; }
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
  std::string search;  // part of the description, any case
  std::optional<DatastoreScope> scope;
  enum class Sort { kId, kCreated, kRuleType } sort = Sort::kId;
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
  Status RecordAssertions(const std::vector<Assertion>& assertions, Timestamp now);

 private:
  Access& access_;
};

}  // namespace assay::store
