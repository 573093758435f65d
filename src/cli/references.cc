#include "cli/references.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/mask_option.h"
#include "engine/profile.h"

namespace assay::cli {

namespace {

const Source* FindByName(const Sources& sources, const std::string& name) {
  const auto found = std::ranges::find(
      sources.containers, name, [](const Source& source) { return source.dataset.name; });
  return found == sources.containers.end() ? nullptr : &*found;
}

}  // namespace

Result<const Sources*> SourceReferences::List(const std::string& uri) {
  auto found = elsewhere_.find(uri);
  if (found == elsewhere_.end()) {
    SourceOptions options = options_;
    options.uris = {uri};
    ASSAY_TRY(Sources sources, FindSources(options, connectors::Explain::kNo, stop_));
    for (const auto& connector : sources.connectors)
      ASSAY_RETURN_IF_ERROR(connector->AttachTo(session_));
    found = elsewhere_.emplace(uri, std::move(sources)).first;
  }
  const Sources& sources = found->second;
  if (sources.containers.empty() && !sources.unread.empty())
    return FailWithin(uri, sources.unread.front().error);
  return &sources;
}

Result<const Source*> SourceReferences::OnlyOneAt(const std::string& uri) {
  const Result<const Sources*> sources = List(uri);
  if (!sources)
    return FailWithin("neither the name of data that is scanned nor a place that can be read",
                      sources.error());
  const std::vector<Source>& found = (*sources)->containers;
  if (found.size() == 1) return &found.front();
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("holds {} containers; give it as ref_datastore_name, and one of them "
                          "as ref_container_name: {}",
                          found.size(), uri));
}

Result<const Source*> SourceReferences::FindIn(const std::string& uri,
                                               const std::string& name) {
  ASSAY_TRY(const Sources* sources, List(uri));
  if (const Source* found = FindByName(*sources, name)) return found;
  return Fail(ErrorKind::kNotFound,
              fmt::format("there is no container of this name in {}: {}", uri, name));
}

Result<const Source*> SourceReferences::Find(const std::string& name) {
  if (const Source* found = FindByName(sources_, name)) return found;
  return OnlyOneAt(name);
}

Result<operations::OpenedReference> SourceReferences::Open(
    const rules::ContainerReference& reference) {
  if (!reference.ref_container_name || reference.ref_datastore_id) {
    return Fail(ErrorKind::kInvalidInput,
                "ids mean something on a server only; give ref_container_name with the name of "
                "data that is scanned, or a URI");
  }
  ASSAY_TRY(const Source* source,
            reference.ref_datastore_name
                ? FindIn(*reference.ref_datastore_name, *reference.ref_container_name)
                : Find(*reference.ref_container_name));
  ASSAY_TRY(engine::DatasetSchema schema,
            engine::ReadSchema(session_, source->dataset, {stop_, {}}));
  ASSAY_TRY(sensitive::Masks masks,
            FindMasks(session_, source->dataset, schema, policy_, {stop_, {}}));
  return operations::OpenedReference{.name = source->dataset.name,
                                     .dataset = source->dataset,
                                     .schema = std::move(schema),
                                     .masks = std::move(masks)};
}

}  // namespace assay::cli
