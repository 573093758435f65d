#include "operations/reference_opener.h"

#include <fmt/format.h>

#include "operations/container_masks.h"

namespace assay::operations {
namespace {

/// That the reference names; nullopt when it names none.
Result<std::optional<int64_t>> NamedDatastore(store::Access& access,
                                              const rules::ContainerReference& reference) {
  if (!reference.ref_datastore_name) return reference.ref_datastore_id;
  ASSAY_TRY(const store::Datastore datastore,
            store::Datastores(access).FindByName(*reference.ref_datastore_name));
  return std::optional(datastore.id);
}

}  // namespace

Result<store::Container> FindReferenced(store::Access& access,
                                        const rules::ContainerReference& reference,
                                        int64_t own_datastore_id) {
  ASSAY_TRY(const std::optional<int64_t> datastore_id, NamedDatastore(access, reference));
  const auto find = [&]() -> Result<store::Container> {
    store::Containers containers(access);
    if (reference.ref_container_id) return containers.Get(*reference.ref_container_id);
    return containers.FindByName(datastore_id.value_or(own_datastore_id),
                                 reference.ref_container_name.value_or(""));
  };
  ASSAY_TRY(store::Container container, find());
  if (datastore_id && container.datastore_id != *datastore_id) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("container {} is not in datastore {}",
                                                      container.id, *datastore_id));
  }
  if (container.deleted_at) {
    return Fail(
        ErrorKind::kNotFound,
        fmt::format("the container was deleted; name another one or delete the check: {}",
                    container.name));
  }
  return container;
}

Result<ListedDatastore> ReferenceOpener::Attach(int64_t datastore_id) {
  ASSAY_TRY(ListedDatastore listed,
            OpenAndList(datastores_, context_.database(), datastore_id, context_.stop()));
  ASSAY_RETURN_IF_ERROR(listed.connector->AttachTo(*session_.engine));
  return listed;
}

Result<const ListedDatastore*> ReferenceOpener::Reach(int64_t datastore_id) {
  if (datastore_id == session_.datastore.id) return &session_;
  auto found = others_.find(datastore_id);
  if (found == others_.end()) found = others_.emplace(datastore_id, Attach(datastore_id)).first;
  if (!found->second) return std::unexpected(found->second.error());
  return &*found->second;
}

Result<OpenedReference> ReferenceOpener::Open(const rules::ContainerReference& reference) {
  ASSAY_TRY(const store::Container container,
            FindReferenced(context_.database(), reference, session_.datastore.id));
  ASSAY_TRY(const ListedDatastore* datastore, Reach(container.datastore_id));
  Result<OpenedDataset> opened =
      OpenDataset(*session_.engine, *datastore, container, std::nullopt, context_);
  if (!opened) return FailWithin(container.name, opened.error());
  ASSAY_TRY(sensitive::Masks masks,
            FindMasks(datastores_.cipher(), context_.database(), datastore->datastore,
                      container.id, *session_.engine, *opened, context_.stop()));
  return OpenedReference{
      .name = datastore == &session_
                  ? container.name
                  : fmt::format("{} ({})", container.name, datastore->datastore.name),
      .dataset = std::move(opened->dataset),
      .schema = std::move(opened->schema),
      .masks = std::move(masks)};
}

}  // namespace assay::operations
