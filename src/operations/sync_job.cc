// Sync: finds new, changed and removed containers and brings fields up to date.

#include <fmt/format.h>

#include <algorithm>

#include "operations/computed_definition.h"
#include "operations/container_opener.h"
#include "operations/job_report.h"
#include "operations/job_session.h"
#include "operations/jobs.h"
#include "operations/requests.h"

namespace assay::operations {
namespace {

std::optional<Timestamp> NewestChange(const connectors::FoundContainer& found) {
  std::optional<Timestamp> newest;
  for (const engine::DataFile& file : found.files) {
    if (file.last_modified == Timestamp{}) continue;  // a table does not say
    if (!newest || file.last_modified > *newest) newest = file.last_modified;
  }
  return newest;
}

/// The listing's facts about a container.
void Describe(const connectors::FoundContainer& found, store::Container& container) {
  container.container_type = found.container_type;
  container.folder = found.folder;
  container.format = engine::FileFormatName(found.format);
  container.partition_fields = found.partition_fields;
  container.file_count = static_cast<int64_t>(found.files.size());
  container.size_bytes = 0;
  for (const engine::DataFile& file : found.files) container.size_bytes += file.size_bytes;
  container.last_modified = NewestChange(found);
  container.is_missing = false;
  // One that follows a user's pattern keeps the key that it has without it.
  if (!container.file_name_override) container.group_key = found.key;
}

/// A name that the datastore does not have yet: "orders_*.csv", or with " #2" behind.
Result<std::string> FreeName(store::Containers& containers, const store::Container& container) {
  std::string name = container.name;
  for (int number = 2;; ++number) {
    const auto holder = containers.FindByName(container.datastore_id, name);
    if (!holder && holder.error().kind == ErrorKind::kNotFound) return name;
    if (!holder) return std::unexpected(holder.error());
    name = fmt::format("{} #{}", container.name, number);
  }
}

class Sync {
 public:
  Sync(JobSession& session, const SyncRequest& request, JobContext& context)
      : session_(session), request_(request), context_(context) {}

  Result<JobOutcome> Run() {
    const auto total = static_cast<int64_t>(session_.listing.containers.size());
    context_.Count(
        [&](store::OperationCounters& counters) { counters.total_containers = total; });
    for (size_t i = 0; i < session_.listing.containers.size(); ++i) {
      if (context_.stop().stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
      const connectors::FoundContainer& found = session_.listing.containers[i];
      if (!IsIncluded(found.container_type)) {
        context_.Count(
            [&](store::OperationCounters& counters) { ++counters.containers_analyzed; });
        continue;
      }
      store::Container container = KnownOrNew(i);
      const Status status = Update(found, container);
      if (!status && status.error().kind == ErrorKind::kCancelled) {
        return std::unexpected(status.error());
      }
      if (!status) report_.Fail(container.name, status.error());
      context_.Count(
          [&](store::OperationCounters& counters) { ++counters.containers_analyzed; });
    }
    ASSAY_RETURN_IF_ERROR(HandleVanished());
    Summarise();
    ASSAY_RETURN_IF_ERROR(
        store::Operations(context_.database()).SetContainers(context_.operation().id, ids_));
    return report_.Finish(succeeded_);
  }

 private:
  /// Whether the request is about containers of this type; all are unless it names some.
  bool IsIncluded(const std::string& container_type) const {
    return container_type == "file" || request_.include.empty() ||
           std::ranges::find(request_.include, container_type) != request_.include.end();
  }

  /// One that is there, but cannot be read, has not vanished.
  bool IsLeftOut(const store::Container& container) const {
    return container.container_type != "file" &&
           std::ranges::find(session_.listing.left_out, container.name,
                             &connectors::FilePlacement::relative_path) !=
               session_.listing.left_out.end();
  }

  store::Container KnownOrNew(size_t found) const {
    if (const auto known = session_.matching.Known(found)) return session_.known[*known];
    store::Container container;
    container.datastore_id = session_.datastore.id;
    container.created = context_.now();
    container.name = session_.listing.containers[found].name;
    return container;
  }

  Status Update(const connectors::FoundContainer& found, store::Container& container) {
    if (container.deleted_at && !request_.recreate) {
      ++succeeded_;
      return {};
    }
    const std::string digest = ListingDigest(found, container.read_options);
    const bool is_unchanged = container.id != 0 && !container.deleted_at &&
                              !container.is_missing && container.listing_digest == digest;
    if (is_unchanged) {
      ids_.push_back(container.id);
      ++succeeded_;
      return {};
    }
    Describe(found, container);
    const auto schema = ReadFields(found, container);
    if (!schema && schema.error().kind == ErrorKind::kCancelled) {
      return std::unexpected(schema.error());
    }
    container.problem = schema ? std::nullopt : std::optional(schema.error().message);
    // What could not be read is tried, and reported, by every sync until it can.
    const bool is_complete = schema && schema->failures.empty();
    container.listing_digest = is_complete ? digest : "";
    ASSAY_RETURN_IF_ERROR(Store(container, schema));
    if (!schema) return std::unexpected(schema.error());
    report_.LeftOut(container.name, schema->failures);
    report_.Remark(container.name, schema->remarks);
    ++succeeded_;
    return {};
  }

  Result<engine::DatasetSchema> ReadFields(const connectors::FoundContainer& found,
                                           const store::Container& container) {
    // Excluded fields stay in the schema here: they exist, they are only not analysed.
    OpenedDataset opened;
    ASSAY_TRY(opened.dataset, ToDataset(found, container, {}));
    ASSAY_TRY(opened.schema,
              engine::ReadSchema(*session_.engine, opened.dataset, {context_.stop(), {}}));
    if (container.id != 0) {
      ASSAY_RETURN_IF_ERROR(
          AddComputedFields(*session_.engine, container.id, context_, opened));
    }
    return opened.schema;
  }

  Status Store(store::Container& container, const Result<engine::DatasetSchema>& schema) {
    return context_.database().InTransaction([&](store::Access& transaction) -> Status {
      store::Containers containers(transaction);
      if (container.id == 0) {
        ASSAY_TRY(container.name, FreeName(containers, container));
        ASSAY_TRY(container, containers.Create(container));
      } else {
        ASSAY_RETURN_IF_ERROR(containers.RecordSync(container));
      }
      ids_.push_back(container.id);
      if (!schema) return {};
      ASSAY_RETURN_IF_ERROR(
          store::FieldRecords(transaction)
              .Synchronize(container.id, ToFieldRecords(schema->schema), context_.now()));
      return {};
    });
  }

  Status HandleVanished() {
    for (const store::Container& container : session_.known) {
      if (container.deleted_at || IsComputed(container.container_type)) continue;
      if (!IsIncluded(container.container_type) || IsLeftOut(container)) continue;
      if (session_.matching.Found(container)) continue;
      store::Containers containers(context_.database());
      if (request_.prune) {
        ASSAY_RETURN_IF_ERROR(containers.MarkDeleted(container.id, context_.now()));
        ++pruned_;
        continue;
      }
      ++missing_;
      report_.Warn(fmt::format("{}: not in the datastore any more", container.name));
      if (container.is_missing) continue;
      ASSAY_RETURN_IF_ERROR(containers.MarkMissing(container.id));
    }
    return {};
  }

  void Summarise() {
    const auto& left_out = session_.listing.left_out;
    for (const connectors::FilePlacement& file : left_out) {
      report_.Warn(fmt::format("{} was left out: {}", file.relative_path, file.reason));
    }
    if (session_.listing.containers.empty()) {
      report_.Note((session_.connector->tables() != nullptr
                        ? "no tables were found in "
                        : "no data files were found below ") +
                   session_.connector->root_uri());
    }
    if (!left_out.empty() && session_.connector->tables() != nullptr) {
      report_.Note(fmt::format("{} {} not be read", left_out.size(),
                               left_out.size() == 1 ? "table may" : "tables may"));
    } else if (!left_out.empty()) {
      report_.Note(fmt::format("{} {} not data", left_out.size(),
                               left_out.size() == 1 ? "file is" : "files are"));
    }
    if (missing_ > 0) report_.Note(fmt::format("{} known containers are missing", missing_));
    if (pruned_ > 0)
      report_.Warn(fmt::format("{} containers that vanished were pruned", pruned_));
  }

  JobSession& session_;
  const SyncRequest& request_;
  JobContext& context_;
  JobReport report_;
  std::vector<int64_t> ids_;
  int64_t succeeded_ = 0, missing_ = 0, pruned_ = 0;
};

}  // namespace

JobKind SyncJob(const DatastoreAccess& datastores, const OperationsOptions& options) {
  const auto run = [&datastores, options](JobContext& context) -> Result<JobOutcome> {
    ASSAY_TRY(const SyncRequest request, ParseSyncRequest(context.operation().settings));
    ASSAY_TRY(JobSession session, OpenJobSession(datastores, options, context));
    return Sync(session, request, context).Run();
  };
  return {.type = "sync", .after_restart = AfterRestart::kRunAgain, .run = run};
}

}  // namespace assay::operations
