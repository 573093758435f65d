#include "operations/container_opener.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/computed.h"
#include "operations/computed_definition.h"
#include "plan/bind_now.h"

namespace assay::operations {
namespace {

Result<engine::ComputedName> NameOf(store::Access& access, const store::Container& container) {
  engine::ComputedName name{.name = container.name};
  ASSAY_TRY(const auto fields, store::FieldRecords(access).OfContainer(container.id));
  for (const store::Field& field : fields) {
    if (field.status == "Excluded") name.exclude_fields.push_back(field.name);
  }
  return name;
}

OpenedDataset Opened(engine::ComputedDataset computed) {
  return {.dataset = std::move(computed.dataset), .schema = std::move(computed.schema)};
}

/// Fields that can be computed of those that are there now; they leave `pending`, and the error
/// of every other is kept.
std::vector<plan::NamedExpression> TakeComputable(const plan::Schema& schema, Timestamp now,
                                                  std::vector<store::ComputedField>& pending,
                                                  std::map<std::string, Error>& refused) {
  std::vector<plan::NamedExpression> computable;
  std::erase_if(pending, [&](const store::ComputedField& field) {
    auto compiled = rules::CompileComputedField(ToDefinition(field), schema);
    if (!compiled) {
      refused.insert_or_assign(field.name, compiled.error());
      return false;
    }
    refused.erase(field.name);
    compiled->value = plan::BindNow(compiled->value, now);
    computable.push_back(*std::move(compiled));
    return true;
  });
  return computable;
}

}  // namespace

Status AddComputedFields(engine::Session& engine, int64_t container_id, JobContext& context,
                         OpenedDataset& opened) {
  ASSAY_TRY(auto pending, store::ComputedFields(context.database()).OfContainer(container_id));
  if (pending.empty()) return {};
  ASSAY_TRY(const auto known,
            store::FieldRecords(context.database()).OfContainer(container_id));
  std::erase_if(pending, [&](const store::ComputedField& field) {
    return std::ranges::any_of(known, [&](const store::Field& record) {
      return record.name == field.name && record.status == "Excluded";
    });
  });
  std::map<std::string, Error> refused;
  // Fields may be computed of computed ones, in any order: as long as some can be, others may
  // be next.
  for (bool is_further = true; is_further;) {
    is_further = false;
    for (const plan::NamedExpression& field :
         TakeComputable(opened.schema.schema, context.now(), pending, refused)) {
      auto schema = engine::AddFields(engine, opened.dataset, opened.schema, {field});
      if (!schema) {
        refused.insert_or_assign(field.name, schema.error());
        continue;
      }
      opened.schema = *std::move(schema);
      is_further = true;
    }
  }
  for (const auto& [name, error] : refused) {
    opened.schema.remarks.push_back({name, "the computed field is left out: " + error.message});
  }
  return {};
}

Result<ListedDatastore> ContainerOpener::Attach(int64_t datastore_id) {
  ASSAY_TRY(ListedDatastore listed,
            OpenAndList(datastores_, context_.database(), datastore_id, context_.stop()));
  ASSAY_RETURN_IF_ERROR(listed.connector->AttachTo(*session_.engine));
  return listed;
}

Result<const ListedDatastore*> ContainerOpener::Reach(int64_t datastore_id) {
  if (datastore_id == session_.datastore.id) return &session_;
  auto found = others_.find(datastore_id);
  if (found == others_.end()) found = others_.emplace(datastore_id, Attach(datastore_id)).first;
  if (!found->second) return std::unexpected(found->second.error());
  return &*found->second;
}

Result<OpenedDataset> ContainerOpener::Open(const store::Container& container,
                                            const std::optional<Timestamp>& later_than) {
  return OpenWithin({}, container, later_than);
}

Result<OpenedDataset> ContainerOpener::OpenWithin(Chain chain,
                                                  const store::Container& container,
                                                  const std::optional<Timestamp>& later_than) {
  const bool is_cycle =
      std::ranges::find(chain, container.id, &store::Container::id) != chain.end();
  if (is_cycle) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("a container cannot be computed of itself; change one of those it "
                            "is made of: {}",
                            container.name));
  }
  chain.push_back(container);
  ASSAY_TRY(OpenedDataset opened, OpenRows(chain, container, later_than));
  if (opened.dataset.files.empty()) return opened;
  ASSAY_RETURN_IF_ERROR(AddComputedFields(*session_.engine, container.id, context_, opened));
  return opened;
}

Result<OpenedDataset> ContainerOpener::OpenRows(const Chain& chain,
                                                const store::Container& container,
                                                const std::optional<Timestamp>& later_than) {
  if (container.container_type == kComputedTable) return OpenTable(container);
  if (container.container_type == kComputedFile) return OpenFile(chain, container, later_than);
  if (container.container_type == kComputedJoin) return OpenJoin(chain, container);
  ASSAY_TRY(const ListedDatastore* datastore, Reach(container.datastore_id));
  return OpenDataset(*session_.engine, *datastore, container, later_than, context_);
}

Result<OpenedDataset> ContainerOpener::OpenSource(const Chain& chain, int64_t id,
                                                  const std::optional<Timestamp>& later_than) {
  const auto source = store::Containers(context_.database()).Get(id);
  if (!source && source.error().kind != ErrorKind::kNotFound)
    return std::unexpected(source.error());
  if (!source || source->deleted_at) {
    return Fail(ErrorKind::kNotFound,
                fmt::format("the container that it is made of was deleted; make it of another "
                            "one or delete it: {}",
                            source ? source->name : std::to_string(id)));
  }
  auto opened = OpenWithin(chain, *source, later_than);
  if (!opened) return FailWithin(source->name, opened.error());
  return opened;
}

Result<OpenedDataset> ContainerOpener::OpenTable(const store::Container& container) {
  ASSAY_TRY(const auto definition, ComputedTableDefinition::JsonFields().Parse(
                                       container.definition, UnknownKeys::kIgnore));
  ASSAY_TRY(const ListedDatastore* datastore, Reach(container.datastore_id));
  connectors::TableLister* tables = datastore->connector->tables();
  if (tables == nullptr) {
    return Fail(ErrorKind::kUnsupported,
                "its datastore runs no query; make a computed_file in its place");
  }
  ASSAY_TRY(const engine::ComputedName name, NameOf(context_.database(), container));
  OpenedDataset opened;
  opened.dataset = {.name = container.name,
                    .format = engine::FileFormat::kTable,
                    .options = {.exclude_fields = name.exclude_fields},
                    .files = {{.uri = {}, .relative_path = container.name}},
                    .table = tables->TableOf(definition.query)};
  ASSAY_TRY(opened.schema,
            engine::ReadSchema(*session_.engine, opened.dataset, {context_.stop(), {}}));
  return opened;
}

Result<OpenedDataset> ContainerOpener::OpenFile(const Chain& chain,
                                                const store::Container& container,
                                                const std::optional<Timestamp>& later_than) {
  ASSAY_TRY(const auto definition, ComputedFileDefinition::JsonFields().Parse(
                                       container.definition, UnknownKeys::kIgnore));
  ASSAY_TRY(OpenedDataset source,
            OpenSource(chain, definition.source_container_id, later_than));
  if (source.dataset.files.empty()) return source;
  ASSAY_TRY(const plan::Projection projection,
            plan::ParseProjection(definition.Text(), source.schema.schema));
  if (projection.IsGrouped() && source.extent == engine::ScanOptions::Extent::kPart) {
    ASSAY_TRY(source, OpenSource(chain, definition.source_container_id, std::nullopt));
  }
  ASSAY_TRY(const engine::ComputedName name, NameOf(context_.database(), container));
  ASSAY_TRY(
      engine::ComputedDataset computed,
      engine::Project(*session_.engine, source.dataset, source.schema,
                      plan::BindNow(projection, context_.now()), name, {context_.stop(), {}}));
  OpenedDataset opened = Opened(std::move(computed));
  opened.extent = source.extent;
  return opened;
}

Result<OpenedDataset> ContainerOpener::OpenJoin(const Chain& chain,
                                                const store::Container& container) {
  ASSAY_TRY(const auto definition, ComputedJoinDefinition::JsonFields().Parse(
                                       container.definition, UnknownKeys::kIgnore));
  ASSAY_TRY(const OpenedDataset left,
            OpenSource(chain, definition.left_container_id, std::nullopt));
  ASSAY_TRY(const OpenedDataset right,
            OpenSource(chain, definition.right_container_id, std::nullopt));
  ASSAY_TRY(plan::Join join,
            plan::ParseJoin(definition.Text(), left.schema.schema, right.schema.schema));
  join.projection = plan::BindNow(join.projection, context_.now());
  ASSAY_TRY(const engine::ComputedName name, NameOf(context_.database(), container));
  ASSAY_TRY(
      engine::ComputedDataset computed,
      engine::JoinDatasets(*session_.engine, {left.dataset, left.schema},
                           {right.dataset, right.schema}, join, name, {context_.stop(), {}}));
  return Opened(std::move(computed));
}

}  // namespace assay::operations
