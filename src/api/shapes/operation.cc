#include "api/shapes/operation.h"

#include <algorithm>
#include <map>
#include <set>

#include "api/shapes/references.h"
#include "store/container_scans.h"
#include "store/containers.h"
#include "store/datastores.h"

namespace assay::api {
namespace {

struct OperationView {
  int64_t id = 0;
  Timestamp created{};
  std::string type;
  std::optional<Timestamp> start_time, end_time;
  std::string result;
  std::optional<std::string> message;
  std::vector<std::string> warnings;
  std::string triggered_by;
  std::optional<std::string> aborted_by;
  DatastoreReference datastore;
  std::optional<Json> schedule;
  store::OperationCounters status;
  std::vector<ContainerReference> containers;
  std::vector<TagReference> tags;
};

const Fields<OperationView>& ViewFields() {
  static const Fields<OperationView> fields = {
      Required("id", &OperationView::id, "Its id."),
      Required("created", &OperationView::created, "When it was asked for."),
      Required("type", &OperationView::type,
               "sync, profile or scan; move_enrichment after a change of the prefix."),
      Optional("start_time", &OperationView::start_time, "Null while it waits for a worker."),
      Optional("end_time", &OperationView::end_time, "Null until it has ended."),
      Required("result", &OperationView::result, "running, success, failure or aborted."),
      Optional("message", &OperationView::message,
               "With success: what wants attention. With failure: the reason."),
      Required("warnings", &OperationView::warnings,
               "Details, such as files left out and why."),
      Required("triggered_by", &OperationView::triggered_by, "Who asked for it."),
      Optional("aborted_by", &OperationView::aborted_by, "Who stopped it."),
      Required("datastore", &OperationView::datastore, "What it works on."),
      Optional("schedule", &OperationView::schedule, "Always null."),
      Required("status", &OperationView::status, "How far it is."),
      Required("containers", &OperationView::containers, "Those it works on, once known."),
      Required("tags", &OperationView::tags, "Always empty."),
  };
  return fields;
}

struct ContainerScanView {
  int64_t id = 0;
  ContainerReference container;
  Timestamp start_time{};
  std::optional<Timestamp> end_time;
  int64_t records_processed = 0;
  int64_t partitions_scanned = 0;
  int64_t anomaly_count = 0;
  std::string result;
  std::optional<std::string> message;
  std::vector<std::string> failures;

  static const Fields<ContainerScanView>& JsonFields() {
    static const Fields<ContainerScanView> fields = {
        Required("id", &ContainerScanView::id, "Its id."),
        Required("container", &ContainerScanView::container, "What was scanned."),
        Required("start_time", &ContainerScanView::start_time, "When it began."),
        Optional("end_time", &ContainerScanView::end_time, "When it ended."),
        Required("records_processed", &ContainerScanView::records_processed, "Rows read."),
        Required("partitions_scanned", &ContainerScanView::partitions_scanned, "Files read."),
        Required("anomaly_count", &ContainerScanView::anomaly_count, "Anomalies found."),
        Required("result", &ContainerScanView::result, "success or failure."),
        Optional("message", &ContainerScanView::message, "Why it failed."),
        Required("failures", &ContainerScanView::failures, "Files left out, and why."),
    };
    return fields;
  }
};

struct HeartbeatView {
  int64_t id = 0;
  std::string result;
  std::optional<Timestamp> heartbeat;
  store::OperationCounters status;
};

const Fields<HeartbeatView>& HeartbeatFields() {
  static const Fields<HeartbeatView> fields = {
      Required("id", &HeartbeatView::id, "Its id."),
      Required("result", &HeartbeatView::result, "running, success, failure or aborted."),
      Optional("heartbeat", &HeartbeatView::heartbeat, "When its worker was last heard of."),
      Required("status", &HeartbeatView::status, "How far it is."),
  };
  return fields;
}

/// What the operations of one answer refer to, read at once.
struct Lookup {
  std::map<int64_t, DatastoreReference> datastores;
  std::map<int64_t, ContainerReference> containers;
};

store::PageRequest AllOf(const std::set<int64_t>& ids) {
  return {.page = 1, .size = static_cast<int64_t>(ids.size())};
}

Result<Lookup> Load(store::Access& access, const std::vector<store::Operation>& operations) {
  std::set<int64_t> datastore_ids, container_ids;
  for (const store::Operation& operation : operations) {
    datastore_ids.insert(operation.datastore_id);
    container_ids.insert(operation.container_ids.begin(), operation.container_ids.end());
  }
  Lookup lookup;
  if (!datastore_ids.empty()) {
    store::DatastoreFilter filter;
    filter.ids.assign(datastore_ids.begin(), datastore_ids.end());
    ASSAY_TRY(const auto found, store::Datastores(access).List(filter, AllOf(datastore_ids)));
    for (const store::Datastore& datastore : found.items) {
      lookup.datastores[datastore.id] = ReferenceTo(datastore);
    }
  }
  if (!container_ids.empty()) {
    store::ContainerFilter filter;
    filter.ids.assign(container_ids.begin(), container_ids.end());
    filter.deleted = store::Archived::kInclude;
    ASSAY_TRY(const auto found, store::Containers(access).List(filter, AllOf(container_ids)));
    for (const store::Container& container : found.items) {
      lookup.containers[container.id] = {.id = container.id,
                                         .name = container.name,
                                         .container_type = container.container_type};
    }
  }
  return lookup;
}

Result<Json> PrintContainerScans(store::Access& access, int64_t operation_id,
                                 const Lookup& lookup) {
  ASSAY_TRY(const auto scans, store::ContainerScans(access).OfOperation(operation_id));
  Json printed = Json::array();
  for (const store::ContainerScan& scan : scans) {
    const auto container = lookup.containers.find(scan.container_id);
    const bool is_known = container != lookup.containers.end();
    printed.push_back(ContainerScanView::JsonFields().Print(
        {.id = scan.id,
         .container = {.id = scan.container_id,
                       .name = scan.container_name,
                       .container_type = is_known ? container->second.container_type : "file"},
         .start_time = scan.start_time,
         .end_time = scan.end_time,
         .records_processed = scan.records_processed,
         .partitions_scanned = scan.partitions_scanned,
         .anomaly_count = scan.anomaly_count,
         .result = scan.result,
         .message = scan.message,
         .failures = scan.failures}));
  }
  return printed;
}

}  // namespace

const char* ResultName(store::OperationState state) {
  return store::OperationStateName(
      state == store::OperationState::kQueued ? store::OperationState::kRunning : state);
}

Shape OperationShape() {
  Json schema = ViewFields().Schema();
  schema["properties"]["container_scans"] = JsonCodec<std::vector<ContainerScanView>>::Schema();
  schema["additionalProperties"] = true;
  return {.name = "Operation", .schema = std::move(schema)};
}

Result<std::vector<Json>> PrintOperations(store::Access& access,
                                          const std::vector<store::Operation>& operations,
                                          Detail detail) {
  ASSAY_TRY(const Lookup lookup, Load(access, operations));
  std::vector<Json> printed;
  for (const store::Operation& operation : operations) {
    OperationView view{.id = operation.id,
                       .created = operation.created,
                       .type = operation.type,
                       .start_time = operation.start_time,
                       .end_time = operation.end_time,
                       .result = ResultName(operation.state),
                       .message = operation.message,
                       .warnings = operation.warnings,
                       .triggered_by = operation.triggered_by,
                       .aborted_by = operation.aborted_by,
                       .datastore = {},
                       .schedule = {},
                       .status = operation.counters,
                       .containers = {},
                       .tags = {}};
    if (const auto found = lookup.datastores.find(operation.datastore_id);
        found != lookup.datastores.end()) {
      view.datastore = found->second;
    }
    for (const int64_t id : operation.container_ids) {
      const auto found = lookup.containers.find(id);
      if (found != lookup.containers.end()) view.containers.push_back(found->second);
    }
    Json json = ViewFields().Print(view);
    for (const auto& [key, value] : operation.settings.items()) {
      if (!json.contains(key)) json[key] = value;
    }
    if (detail == Detail::kFull && operation.type == "scan") {
      ASSAY_TRY(json["container_scans"], PrintContainerScans(access, operation.id, lookup));
    }
    printed.push_back(std::move(json));
  }
  return printed;
}

Shape HeartbeatShape() {
  return {.name = "Heartbeat", .schema = HeartbeatFields().Schema()};
}

Json PrintHeartbeat(const store::Operation& operation) {
  return HeartbeatFields().Print({.id = operation.id,
                                  .result = ResultName(operation.state),
                                  .heartbeat = operation.heartbeat,
                                  .status = operation.counters});
}

}  // namespace assay::api
