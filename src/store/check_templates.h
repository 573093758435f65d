// Templates: what many checks of different containers have in common.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/access.h"
#include "store/page.h"

namespace assay::store {

struct CheckTemplate {
  int64_t id = 0;
  Timestamp created{};
  std::string rule_type;              // fixed after creation
  std::optional<std::string> filter;  // may hold each()
  double coverage = 1;
  Json properties = Json::object();
  std::string description;
  bool is_locked = false;  // checks derived from it follow its changes
  Json additional_metadata = Json::object();
  std::optional<std::string> anomaly_message_field;
  std::vector<std::string> tags;  // names
  std::string last_editor;
  Timestamp last_updated{};
  int64_t check_count = 0;  // derived from it and not archived; read only
};

struct CheckTemplateFilter {
  std::vector<int64_t> ids;
  std::vector<std::string> rule_types;
  std::vector<std::string> tags;
  std::optional<bool> is_locked;
  std::string search;  // part of the description, any case
  enum class Sort { kId, kCreated, kRuleType } sort = Sort::kId;
  SortOrder order = SortOrder::kAscending;
};

class CheckTemplates {
 public:
  explicit CheckTemplates(Access& access) : access_(access) {}

  Result<CheckTemplate> Create(CheckTemplate check_template);
  /// kNotFound.
  Result<CheckTemplate> Get(int64_t id);
  /// Writes everything a user may edit. kNotFound.
  Status Update(const CheckTemplate& check_template);
  /// Its checks stay, as such that were never derived from one. kNotFound.
  Status Delete(int64_t id);
  Result<Page<CheckTemplate>> List(const CheckTemplateFilter& filter, const PageRequest& page);

 private:
  Access& access_;
};

}  // namespace assay::store
