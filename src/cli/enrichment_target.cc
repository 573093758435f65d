#include "cli/enrichment_target.h"

#include <fmt/format.h>

#include <filesystem>

#include "connectors/connector_type.h"

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
  constexpr std::string_view kFileScheme = "file://";
  const bool is_file_uri = uri.starts_with(kFileScheme);
  if (is_file_uri || uri.find("://") == std::string::npos) {
    const std::string path = is_file_uri ? uri.substr(kFileScheme.size()) : uri;
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

Status EnrichmentTarget::Write(const std::vector<operations::ContainerScan>& scans,
                               const operations::ScanSettings& settings,
                               const std::string& data_uri, Timestamp time,
                               std::stop_token stop) {
  connectors::ResultWriter& writer = *connector_->writer();
  const operations::EnrichmentRun run = {.operation_id = time.time_since_epoch().count(),
                                         .datastore_name = data_uri,
                                         .prefix = prefix_,
                                         .operation_time = time,
                                         .max_rows_analyzed = settings.max_rows_per_file,
                                         .source_record_limit = settings.source_record_limit};
  const auto context = [&] { return fmt::format("writing results to {}", tables_uri()); };
  Result<operations::EnrichmentCommit> commit =
      operations::StageEnrichment(writer, run, scans, stop);
  if (!commit) return FailWithin(context(), commit.error());
  // Not stoppable: half a run must not stay visible.
  const Status published = operations::PublishEnrichment(writer, *commit, std::stop_token());
  if (!published) return FailWithin(context(), published.error());
  return {};
}

}  // namespace assay::cli
