#include "cli/references.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/profile.h"

namespace assay::cli {

Result<const Source*> SourceReferences::FindAt(const std::string& uri) {
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
  if (sources.containers.empty()) {
    const Error error = sources.unread.empty() ? Error{ErrorKind::kNotFound, "there is no data"}
                                               : sources.unread.front().error;
    return Fail(error.kind,
                fmt::format("neither the name of data that is scanned nor a place that can be "
                            "read: {}: {}",
                            uri, error.message));
  }
  if (sources.containers.size() > 1) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("there are {} containers, such as {}; name the files of one: {}",
                    sources.containers.size(), sources.containers.front().dataset.name, uri));
  }
  return &sources.containers.front();
}

Result<const Source*> SourceReferences::Find(const std::string& name) {
  const auto found = std::ranges::find(
      sources_.containers, name, [](const Source& source) { return source.dataset.name; });
  if (found != sources_.containers.end()) return &*found;
  return FindAt(name);
}

Result<operations::OpenedReference> SourceReferences::Open(
    const rules::ContainerReference& reference) {
  if (!reference.ref_container || reference.ref_datastore_id) {
    return Fail(ErrorKind::kInvalidInput,
                "ids mean something on a server only; give ref_container with the name of data "
                "that is scanned, or a URI");
  }
  ASSAY_TRY(const Source* source, Find(*reference.ref_container));
  ASSAY_TRY(engine::DatasetSchema schema,
            engine::ReadSchema(session_, source->dataset, {stop_, {}}));
  return operations::OpenedReference{
      .name = source->dataset.name, .dataset = source->dataset, .schema = std::move(schema)};
}

}  // namespace assay::cli
