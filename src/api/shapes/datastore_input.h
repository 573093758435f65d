// Datastores as the API reads them.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/problem.h"
#include "api/route.h"
#include "base/fields.h"
#include "store/datastores.h"

namespace assay::api {

/// Body of POST, PUT and of the connection test. Which keys are required depends on the
/// request.
struct DatastoreInput {
  std::optional<std::string> name;
  Json connection;  // a new one (ConnectionInput), or:
  std::optional<int64_t> connection_id;
  std::optional<std::string> root_path;
  std::optional<std::string> database;
  std::optional<std::string> schema;  // taken as root path when that is absent
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> teams;
  std::optional<std::vector<std::string>> tags;
  std::optional<bool> enrichment_only;
  std::optional<bool> enrich_only;  // older name
  std::optional<bool> trigger_sync;
  std::optional<bool> trigger_catalog;  // older name
  std::optional<bool> folder_globbing_enabled;
  std::optional<int64_t> enrichment_datastore_id;
  std::optional<std::string> enrichment_prefix;
  std::optional<int64_t> enrichment_source_record_limit;
  std::optional<std::string> enrichment_remediation_strategy;
  std::optional<int64_t> high_count_rollup_threshold;
  std::optional<std::map<std::string, std::string>> masking;

  static const Fields<DatastoreInput>& JsonFields();

  bool wants_sync() const { return trigger_sync.value_or(trigger_catalog.value_or(false)); }
};

Shape DatastoreCreateShape();
Shape DatastoreUpdateShape();
Shape DatastoreTestShape();

/// A body that CheckSchema has passed.
Answer<DatastoreInput> ReadDatastoreInput(const Json& body);

/// Changes `datastore` as the input says: everything but its connection, enrichment link and
/// enrichment_only. Of a new datastore (id 0) what is absent gets its default. Its type, which
/// says whether it has a root path or a database and schema, must be set.
/// 422: no root path, database or schema, an unknown team or no team, a prefix that is empty or
/// too long, a remediation strategy that this version does not have, an unknown tag or masking.
Answer<void> ApplyToDatastore(const DatastoreInput& input, store::Access& access,
                              store::Datastore& datastore);

}  // namespace assay::api
