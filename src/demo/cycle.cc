#include "demo/cycle.h"

#include <fmt/format.h>

#include "connectors/connector_type.h"
#include "connectors/containers.h"

namespace assay::demo {
namespace {

constexpr double kHoldoutShare = 0.4;
constexpr int kInferenceLevel = 2;
constexpr int64_t kAllRows = 1'000'000'000;

Result<std::vector<connectors::FoundContainer>> FindContainers(engine::Session& session,
                                                               const std::string& folder,
                                                               std::stop_token stop) {
  ASSAY_TRY(const connectors::OpenedUri place, connectors::OpenUri(folder, stop));
  ASSAY_RETURN_IF_ERROR(place.connector->AttachTo(session));
  std::vector<connectors::ListedFile> files;
  ASSAY_RETURN_IF_ERROR(place.connector->files()->List(
      [&](std::vector<connectors::ListedFile> page) -> Status {
        std::move(page.begin(), page.end(), std::back_inserter(files));
        return {};
      },
      stop));
  connectors::Grouped grouped =
      connectors::GroupFiles(std::move(files), {}, connectors::Explain::kNo);
  if (!grouped.left_out.empty()) {
    const connectors::FilePlacement& file = grouped.left_out.front();
    return Fail(ErrorKind::kInternal, fmt::format("sample file was left out: {}: {}",
                                                  file.relative_path, file.reason));
  }
  return std::move(grouped.containers);
}

Status ExpectNoFailures(const std::vector<engine::FileFailure>& failures) {
  if (failures.empty()) return {};
  return FailWithin("sample file " + failures.front().relative_path, failures.front().error);
}

Result<StudiedContainer> Study(engine::Session& session, connectors::FoundContainer found,
                               Timestamp now, const engine::RunContext& context) {
  StudiedContainer container{.table = found.folder,
                             .dataset = {.name = found.name,
                                         .format = found.format,
                                         .options = {},
                                         .files = found.files},
                             .schema = {},
                             .inferred = {}};
  ASSAY_TRY(container.schema, engine::ReadSchema(session, container.dataset, context));
  ASSAY_RETURN_IF_ERROR(ExpectNoFailures(container.schema.failures));
  ASSAY_TRY(const engine::ContainerProfile profile,
            engine::Profile(session, container.dataset, container.schema,
                            {.holdout_share = kHoldoutShare}, context));
  ASSAY_RETURN_IF_ERROR(ExpectNoFailures(profile.failures));
  ASSAY_TRY(
      container.inferred,
      infer::Infer(session, container.dataset, container.schema, profile,
                   {.level = kInferenceLevel, .holdout_share = kHoldoutShare}, now, context));
  return container;
}

}  // namespace

Result<std::vector<StudiedContainer>> StudyFolder(engine::Session& session,
                                                  const std::string& folder, Timestamp now,
                                                  const engine::RunContext& context) {
  ASSAY_TRY(std::vector<connectors::FoundContainer> found,
            FindContainers(session, folder, context.stop));
  std::vector<StudiedContainer> containers;
  for (connectors::FoundContainer& container : found) {
    ASSAY_TRY(StudiedContainer studied, Study(session, std::move(container), now, context));
    containers.push_back(std::move(studied));
  }
  return containers;
}

Result<operations::ContainerScan> ScanStudied(engine::Session& session,
                                              const StudiedContainer& container,
                                              const std::vector<rules::CheckDefinition>& checks,
                                              CheckOrigin origin, Timestamp now,
                                              const engine::RunContext& context) {
  std::vector<operations::ScanCheck> scan_checks;
  for (const rules::CheckDefinition& definition : checks) {
    operations::ScanCheck& check = scan_checks.emplace_back();
    check.id = static_cast<int64_t>(scan_checks.size());
    check.definition = definition;
    check.is_inferred = origin == CheckOrigin::kInferred;
  }
  const operations::ScanSettings settings{
      .high_count_rollup_threshold = 1000, .source_record_limit = kAllRows, .variables = {}};
  ASSAY_TRY(operations::ContainerScan scan,
            operations::ScanContainer(session, container.dataset, container.schema, scan_checks,
                                      settings, now, context));
  ASSAY_RETURN_IF_ERROR(ExpectNoFailures(scan.failures));
  for (const operations::CheckResult& check : scan.checks) {
    if (!check.error.empty())
      return Fail(ErrorKind::kInternal, "check of the demo cannot run: " + check.error);
  }
  return scan;
}

}  // namespace assay::demo
