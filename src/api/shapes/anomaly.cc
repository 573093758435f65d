#include "api/shapes/anomaly.h"

#include <algorithm>
#include <map>
#include <set>

#include "api/shapes/references.h"
#include "store/users.h"

namespace assay::api {
namespace {

struct CheckReference {
  int64_t id = 0;
  std::string rule_type;

  static const Fields<CheckReference>& JsonFields() {
    static const Fields<CheckReference> fields = {
        Required("id", &CheckReference::id, "Its id."),
        Required("rule_type", &CheckReference::rule_type, "Its rule."),
    };
    return fields;
  }
};

struct FailedCheckView {
  std::optional<CheckReference> quality_check;
  std::string rule_type;
  std::string message;
  std::optional<std::string> suggested_field, suggested_value;
  std::optional<double> suggested_score;

  static const Fields<FailedCheckView>& JsonFields() {
    using V = FailedCheckView;
    static const Fields<FailedCheckView> fields = {
        Optional("quality_check", &V::quality_check, "Null when it was deleted."),
        Required("rule_type", &V::rule_type, "Its rule."),
        Required("message", &V::message, "What failed."),
        Optional("suggested_field", &V::suggested_field, "Always null."),
        Optional("suggested_value", &V::suggested_value, "Always null."),
        Optional("suggested_score", &V::suggested_score, "Always null."),
    };
    return fields;
  }
};

struct PartitionView {
  std::string name;
  std::optional<std::string> location;

  static const Fields<PartitionView>& JsonFields() {
    static const Fields<PartitionView> fields = {
        Required("name", &PartitionView::name, "The file, or the container for all of it."),
        Optional("location", &PartitionView::location, "The file below the datastore's root."),
    };
    return fields;
  }
};

struct AnomalyView {
  int64_t id = 0;
  std::string uuid;
  Timestamp created{};
  std::string type;
  std::string message;
  std::optional<std::string> description;
  std::string status;
  bool archived = false, is_new = false, source_enriched = false, is_rolled_up = false;
  NamedReference datastore;
  ContainerReference container;
  PartitionView partition;
  int64_t operation_id = 0, container_scan_id = 0;
  std::optional<int64_t> resolved_by_operation_id;
  int64_t weight = 0;
  std::vector<TagReference> global_tags;
  int64_t anomalous_records_count = 0;
  std::string fingerprint;
  std::vector<FailedCheckView> failed_checks;
  std::vector<std::string> comments;
  std::vector<NamedReference> assignees;
};

const Fields<AnomalyView>& ViewFields() {
  using V = AnomalyView;
  static const Fields<AnomalyView> fields = {
      Required("id", &V::id, "Its id."),
      Required("uuid", &V::uuid, "Its id in the enrichment store."),
      Required("created", &V::created, "When it was found."),
      Required("type", &V::type, "record or shape."),
      Required("message", &V::message, "What failed."),
      Optional("description", &V::description, "What users wrote about it."),
      Required("status", &V::status,
               "Active, Acknowledged; archived: Resolved, Invalid, Duplicate, Discarded."),
      Required("archived", &V::archived, "Whether its status is one of an archived one."),
      Required("is_new", &V::is_new, "Whether nobody has dealt with it."),
      Required("source_enriched", &V::source_enriched,
               "Whether its rows are in the enrichment store."),
      Required("is_rolled_up", &V::is_rolled_up, "Whether it stands for many failing rows."),
      Required("datastore", &V::datastore, "Where it is."),
      Required("container", &V::container, "Where it is."),
      Required("partition", &V::partition, "Where it is."),
      Required("operation_id", &V::operation_id, "The scan that found it."),
      Required("container_scan_id", &V::container_scan_id, "The part of the scan."),
      Optional("resolved_by_operation_id", &V::resolved_by_operation_id,
               "The scan in which it no longer appeared."),
      Required("weight", &V::weight, "How much it matters."),
      Required("global_tags", &V::global_tags, "Its tags."),
      Required("anomalous_records_count", &V::anomalous_records_count, "Failing rows."),
      Required("fingerprint", &V::fingerprint,
               "The same for the same failure; as text, since it needs 64 bits."),
      Required("failed_checks", &V::failed_checks, "The checks it fails."),
      Required("comments", &V::comments, "Always empty."),
      Required("assignees", &V::assignees, "Users who look after it."),
  };
  return fields;
}

struct SourceRecordView {
  std::string file;
  int64_t row_number = 0;
  std::vector<std::string> failing_fields;
  Json record;

  static const Fields<SourceRecordView>& JsonFields() {
    using V = SourceRecordView;
    static const Fields<SourceRecordView> fields = {
        Required("file", &V::file, "Below the datastore's root."),
        Required(
            "row_number", &V::row_number,
            "From 0 within the file; of a table where the row was when it was scanned; -1 of a "
            "record that only another container has."),
        Required("failing_fields", &V::failing_fields, "Fields whose values fail."),
        Required("record", &V::record, "The row's values by field."),
    };
    return fields;
  }
};

struct SourceRecordsView {
  int64_t anomaly_id = 0;
  int64_t anomalous_records_count = 0;
  std::vector<SourceRecordView> source_records;
};

const Fields<SourceRecordsView>& SourceRecordsFields() {
  using V = SourceRecordsView;
  static const Fields<SourceRecordsView> fields = {
      Required("anomaly_id", &V::anomaly_id, "The anomaly."),
      Required("anomalous_records_count", &V::anomalous_records_count, "All its failing rows."),
      Required("source_records", &V::source_records, "Those kept as examples."),
  };
  return fields;
}

Result<std::map<int64_t, NamedReference>> LoadUsers(
    store::Access& access, const std::vector<store::Anomaly>& anomalies) {
  std::set<int64_t> ids;
  for (const store::Anomaly& anomaly : anomalies) {
    ids.insert(anomaly.assignee_ids.begin(), anomaly.assignee_ids.end());
  }
  std::map<int64_t, NamedReference> users;
  for (const int64_t id : ids) {
    ASSAY_TRY(const auto user, store::Users(access).Get(id));
    users[id] = {.id = id, .name = user.name};
  }
  return users;
}

std::string FileName(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

AnomalyView MakeView(const store::Anomaly& anomaly, const TagLookup& tags,
                     const std::map<int64_t, NamedReference>& users) {
  AnomalyView view{.id = anomaly.id,
                   .uuid = anomaly.uuid,
                   .created = anomaly.created,
                   .type = anomaly.type,
                   .message = anomaly.message,
                   .description = anomaly.description,
                   .status = anomaly.status,
                   .archived = anomaly.is_archived(),
                   .is_new = anomaly.is_new,
                   .source_enriched = anomaly.source_enriched,
                   .is_rolled_up = anomaly.is_rolled_up,
                   .datastore = {.id = anomaly.datastore_id, .name = anomaly.datastore_name},
                   .container = {.id = anomaly.container_id,
                                 .name = anomaly.container_name,
                                 .container_type = anomaly.container_type},
                   .partition = {.name = anomaly.container_name, .location = {}},
                   .operation_id = anomaly.operation_id,
                   .container_scan_id = anomaly.container_scan_id,
                   .resolved_by_operation_id = anomaly.resolved_by_operation_id,
                   .weight = anomaly.weight,
                   .global_tags = tags.References(anomaly.tags),
                   .anomalous_records_count = anomaly.anomalous_records_count,
                   .fingerprint = std::to_string(anomaly.fingerprint),
                   .failed_checks = {},
                   .comments = {},
                   .assignees = {}};
  if (!anomaly.relative_path.empty()) {
    view.partition = {.name = FileName(anomaly.relative_path),
                      .location = anomaly.relative_path};
  }
  for (const store::AnomalyFailedCheck& failed : anomaly.failed_checks) {
    FailedCheckView check{.quality_check = {},
                          .rule_type = failed.rule_type,
                          .message = failed.message,
                          .suggested_field = {},
                          .suggested_value = {},
                          .suggested_score = {}};
    if (failed.check_id)
      check.quality_check = {.id = *failed.check_id, .rule_type = failed.rule_type};
    view.failed_checks.push_back(std::move(check));
  }
  for (const int64_t id : anomaly.assignee_ids) view.assignees.push_back(users.at(id));
  return view;
}

}  // namespace

Shape AnomalyShape() {
  return {.name = "Anomaly", .schema = ViewFields().Schema()};
}

Result<std::vector<Json>> PrintAnomalies(store::Access& access,
                                         const std::vector<store::Anomaly>& anomalies) {
  std::vector<std::string> tag_names;
  for (const store::Anomaly& anomaly : anomalies) {
    tag_names.insert(tag_names.end(), anomaly.tags.begin(), anomaly.tags.end());
  }
  ASSAY_TRY(const TagLookup tags, TagLookup::Load(access, tag_names));
  ASSAY_TRY(const auto users, LoadUsers(access, anomalies));
  std::vector<Json> printed;
  for (const store::Anomaly& anomaly : anomalies) {
    printed.push_back(ViewFields().Print(MakeView(anomaly, tags, users)));
  }
  return printed;
}

Shape SourceRecordsShape() {
  return {.name = "SourceRecords", .schema = SourceRecordsFields().Schema()};
}

Json PrintSourceRecords(const store::Anomaly& anomaly,
                        const std::vector<store::AnomalySourceRecord>& records, size_t limit) {
  SourceRecordsView view{.anomaly_id = anomaly.id,
                         .anomalous_records_count = anomaly.anomalous_records_count,
                         .source_records = {}};
  for (size_t i = 0; i < std::min(limit, records.size()); ++i) {
    view.source_records.push_back({.file = records[i].relative_path,
                                   .row_number = records[i].row_number,
                                   .failing_fields = records[i].failing_fields,
                                   .record = records[i].record});
  }
  return SourceRecordsFields().Print(view);
}

}  // namespace assay::api
