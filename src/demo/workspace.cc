#include "demo/workspace.h"

#include <fmt/format.h>

#include <filesystem>

#include "demo/text_file.h"

namespace assay::demo {
namespace {

constexpr const char* kMarker = ".assay-demo";

}  // namespace

Result<Workspace> PrepareWorkspace(const std::string& directory) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path root = fs::absolute(directory, error);
  if (!error) fs::create_directories(root, error);
  if (error) {
    return Fail(ErrorKind::kUnavailable, fmt::format("cannot make the demo's folder: {}: {}",
                                                     directory, error.message()));
  }
  const Workspace workspace = {.data = (root / "data").string(),
                               .checks = (root / "checks.yaml").string(),
                               .suggested = (root / "suggested.yaml").string(),
                               .injected = (root / "injected.csv").string(),
                               .enrichment = (root / "enrichment").string()};
  const bool is_empty = fs::is_empty(root, error);
  if (!error && !is_empty && !fs::exists(root / kMarker, error)) {
    return Fail(
        ErrorKind::kConflict,
        fmt::format("the folder holds other files, give --dir a new one: {}", directory));
  }
  for (const std::string& path : {workspace.data, workspace.checks, workspace.suggested,
                                  workspace.injected, workspace.enrichment}) {
    if (!error) fs::remove_all(path, error);
  }
  if (!error) fs::create_directories(workspace.enrichment, error);
  if (error) {
    return Fail(ErrorKind::kUnavailable, fmt::format("cannot clear the demo's folder: {}: {}",
                                                     directory, error.message()));
  }
  ASSAY_RETURN_IF_ERROR(WriteTextFile((root / kMarker).string(),
                                      "made by assay demo, which may replace what is here\n"));
  return workspace;
}

}  // namespace assay::demo
