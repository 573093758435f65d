#include "operations/job_session.h"

#include <fmt/format.h>

#include <algorithm>

#include "operations/temporary_directory.h"

namespace assay::operations {
namespace {

bool Contains(const std::vector<std::string>& list, const std::string& value) {
  return std::ranges::find(list, value) != list.end();
}

}  // namespace

Result<ListedDatastore> OpenAndList(const DatastoreAccess& datastores, store::Access& access,
                                    int64_t datastore_id, std::stop_token stop) {
  ListedDatastore listed;
  ASSAY_TRY(listed.datastore, store::Datastores(access).Get(datastore_id));
  ASSAY_TRY(listed.known, store::Containers(access).AllOf(datastore_id));
  ASSAY_TRY(listed.connector, datastores.Open(datastore_id, stop));
  auto listing = ListDatastore(*listed.connector, listed.datastore, listed.known, stop);
  if (!listing) return FailWithin("listing " + listed.connector->root_uri(), listing.error());
  listed.listing = *std::move(listing);
  listed.matching = ContainerMatching(listed.known, listed.listing);
  return listed;
}

Result<JobSession> OpenJobSession(const DatastoreAccess& datastores,
                                  const OperationsOptions& options, JobContext& context) {
  JobSession session;
  store::Database& database = context.database();
  const int64_t datastore_id = context.operation().datastore_id;
  Result<ListedDatastore> listed =
      OpenAndList(datastores, database, datastore_id, context.stop());
  if (!listed) {
    if (listed.error().kind != ErrorKind::kCancelled) {
      ASSAY_RETURN_IF_ERROR(store::Datastores(database).SetConnected(datastore_id, false));
    }
    return std::unexpected(listed.error());
  }
  static_cast<ListedDatastore&>(session) = *std::move(listed);
  ASSAY_RETURN_IF_ERROR(store::Datastores(database).SetConnected(datastore_id, true));

  engine::SessionOptions engine_options;
  engine_options.memory_limit_bytes = options.memory_limit_bytes;
  engine_options.threads = options.threads;
  ASSAY_TRY(session.temporary_directory, TemporaryFolderOf(options.data_directory));
  engine_options.temporary_directory = session.temporary_directory;
  ASSAY_TRY(session.engine, engine::Session::Open(engine_options));
  ASSAY_RETURN_IF_ERROR(session.connector->AttachTo(*session.engine));
  return session;
}

Result<std::vector<store::Container>> SelectContainers(
    const std::vector<store::Container>& known, const std::vector<std::string>& names,
    const std::vector<std::string>& tags) {
  for (const std::string& name : names) {
    const bool is_known = std::ranges::any_of(known, [&](const store::Container& container) {
      return container.name == name && !container.deleted_at;
    });
    if (!is_known) {
      return Fail(
          ErrorKind::kNotFound,
          fmt::format("the datastore has no container of this name; sync it first: {}", name));
    }
  }
  std::vector<store::Container> selected;
  for (const store::Container& container : known) {
    if (container.deleted_at) continue;
    if (!names.empty() && !Contains(names, container.name)) continue;
    if (names.empty() && container.is_missing) continue;
    const bool is_tagged = std::ranges::any_of(
        container.tags, [&](const std::string& tag) { return Contains(tags, tag); });
    if (!tags.empty() && !is_tagged) continue;
    selected.push_back(container);
  }
  return selected;
}

Result<OpenedDataset> OpenDataset(engine::Session& engine, const ListedDatastore& datastore,
                                  const store::Container& container,
                                  const std::optional<Timestamp>& later_than,
                                  JobContext& context) {
  const std::optional<size_t> found = datastore.matching.Found(container);
  if (!found) {
    return Fail(ErrorKind::kNotFound,
                "it is not in the datastore any more; sync to see what is there now");
  }
  ASSAY_TRY(const auto fields,
            store::FieldRecords(context.database()).OfContainer(container.id));
  OpenedDataset opened;
  ASSAY_TRY(opened.dataset, ToDataset(datastore.listing.containers[*found], container, fields));
  if (later_than) {
    opened.extent = engine::ScanOptions::Extent::kPart;
    std::erase_if(opened.dataset.files, [&](const engine::DataFile& file) {
      return file.last_modified <= *later_than;
    });
  }
  if (opened.dataset.files.empty()) return opened;
  ASSAY_TRY(opened.schema, engine::ReadSchema(engine, opened.dataset, {context.stop(), {}}));
  return opened;
}

engine::RunContext CountingRows(JobContext& context) {
  const int64_t before = context.counters().records_processed;
  return {context.stop(), [&context, before](const Progress& progress) {
            context.Count([&](store::OperationCounters& counters) {
              counters.records_processed = before + progress.rows_done;
            });
          }};
}

std::vector<store::Field> ToFieldRecords(const plan::Schema& schema) {
  std::vector<store::Field> fields;
  for (const plan::Field& field : schema.fields) {
    store::Field& record = fields.emplace_back();
    record.name = field.name;
    record.position = static_cast<int64_t>(fields.size()) - 1;
    record.type = plan::FieldTypeName(field.type);
    record.native_type = field.native_type;
    record.type_declared = field.origin == plan::TypeOrigin::kDeclared;
    record.is_partition = field.is_partition;
  }
  return fields;
}

}  // namespace assay::operations
