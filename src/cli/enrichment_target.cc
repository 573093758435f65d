#include "cli/enrichment_target.h"

#include <fmt/format.h>

#include <filesystem>

#include "connectors/connector_type.h"
#include "connectors/local_connector.h"
#include "operations/pending_commits.h"

namespace assay::cli {
namespace {

/// The last folder or file of a URI without its ending: "orders" of "s3://lake/raw/orders/".
std::string LastName(std::string uri) {
  while (uri.ends_with('/')) uri.pop_back();
  std::string name = uri.substr(uri.rfind('/') + 1);
  if (const size_t point = name.find('.'); point != std::string::npos && point > 0)
    name.erase(point);
  return name;
}

}  // namespace

Result<EnrichmentTarget> EnrichmentTarget::Open(const std::string& uri,
                                                const std::string& prefix,
                                                const std::string& data_uri,
                                                std::stop_token stop) {
  Result<std::string> normal =
      operations::NormalizePrefix(prefix.empty() ? LastName(data_uri) : prefix);
  if (!normal && prefix.empty()) normal = operations::NormalizePrefix("assay");
  if (!normal) return FailWithin("--enrich-prefix", normal.error());
  // A local folder that does not exist yet is made: the user just named it.
  if (connectors::IsLocalUri(uri)) {
    ASSAY_TRY(const std::string path, connectors::PathOfLocalUri(uri));
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) {
      return Fail(ErrorKind::kDenied,
                  fmt::format("cannot make the folder {}: {}", path, error.message()));
    }
  }
  Result<connectors::OpenedUri> opened = connectors::OpenUri(uri, std::move(stop));
  if (!opened) return FailWithin(uri, opened.error());
  if (!opened->only_file.empty()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("--enrich needs a folder, not a file: {}", uri));
  }
  if (opened->connector->writer() == nullptr) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("results cannot be written to this kind of place: {}", uri));
  }
  return EnrichmentTarget(std::move(opened->connector), *std::move(normal));
}

std::string EnrichmentTarget::tables_uri() const {
  const std::string root = connector_->writer()->root_uri();
  return fmt::format("{}{}{}/", root, root.ends_with('/') ? "" : "/",
                     operations::EnrichmentFolder(prefix_));
}

std::vector<std::string> EnrichmentTarget::Recover(Timestamp now, std::stop_token stop) {
  connectors::ResultWriter& writer = *connector_->writer();
  const auto context = [&](const std::string& message) {
    return fmt::format("leftovers in {}: {}", tables_uri(), message);
  };
  Result<operations::PendingCommits> pending =
      operations::PublishPending(writer, prefix_, stop);
  if (!pending) return {context(pending.error().message)};
  std::vector<std::string> warnings;
  for (const std::string& warning : pending->warnings) warnings.push_back(context(warning));
  const Status discarded =
      operations::DiscardOrphans(writer, prefix_, pending->left,
                                 operations::OrphansOf::kCommandLine, now, std::move(stop));
  if (!discarded) warnings.push_back(context(discarded.error().message));
  return warnings;
}

Status EnrichmentTarget::Write(const std::vector<operations::ContainerScan>& scans,
                               const operations::ScanSettings& settings,
                               const std::string& data_uri, Timestamp time,
                               std::stop_token stop) {
  connectors::ResultWriter& writer = *connector_->writer();
  const operations::EnrichmentRun run = {.operation_id = operations::RunAt(time),
                                         .datastore_name = data_uri,
                                         .prefix = prefix_,
                                         .operation_time = time,
                                         .max_rows_analyzed = settings.max_rows_per_file,
                                         .source_record_limit = settings.source_record_limit};
  const auto write = [&]() -> Status {
    ASSAY_RETURN_IF_ERROR(operations::CheckRunIsNew(writer, run, stop));
    ASSAY_TRY(const operations::EnrichmentCommit commit,
              operations::StageEnrichment(writer, run, scans, stop));
    return operations::PublishWithPending(writer, prefix_, commit);
  };
  const Status written = write();
  if (!written) {
    return FailWithin(fmt::format("writing results to {}", tables_uri()), written.error());
  }
  return {};
}

}  // namespace assay::cli
