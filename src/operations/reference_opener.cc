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

Result<OpenedReference> ReferenceOpener::Open(const rules::ContainerReference& reference) {
  ASSAY_TRY(const store::Container container,
            FindReferenced(context_.database(), reference, session_.datastore.id));
  Result<OpenedDataset> opened = containers_.Open(container);
  if (!opened) return FailWithin(container.name, opened.error());
  std::string name = container.name;
  store::Datastore datastore = session_.datastore;
  if (container.datastore_id != datastore.id) {
    ASSAY_TRY(datastore,
              store::Datastores(context_.database()).Get(container.datastore_id));
    name = fmt::format("{} ({})", name, datastore.name);
  }
  ASSAY_TRY(sensitive::Masks masks,
            FindMasks(containers_.cipher(), context_.database(), datastore, container.id,
                      *session_.engine, *opened, context_.stop()));
  return OpenedReference{.name = std::move(name),
                         .dataset = std::move(opened->dataset),
                         .schema = std::move(opened->schema),
                         .masks = std::move(masks)};
}

}  // namespace assay::operations
