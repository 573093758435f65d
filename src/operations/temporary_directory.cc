#include "operations/temporary_directory.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace assay::operations {

Result<TemporaryDirectory> TemporaryDirectory::Make(const std::string& parent,
                                                    std::string_view name) {
  std::error_code error;
  const std::filesystem::path folder = parent.empty()
                                           ? std::filesystem::temp_directory_path(error)
                                           : std::filesystem::path(parent);
  std::string path = (folder / fmt::format("{}-XXXXXX", name)).string();
  if (!error && mkdtemp(path.data()) == nullptr) {
    error = std::error_code(errno, std::generic_category());
  }
  if (error) {
    const char* remedy = parent.empty() ? " (set TMPDIR to a folder that is writable)" : "";
    return Fail(ErrorKind::kUnavailable, fmt::format("cannot make a temporary folder{}: {}: {}",
                                                     remedy, folder.string(), error.message()));
  }
  return TemporaryDirectory(std::move(path));
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<std::string> TemporaryFolderOf(const std::string& data_directory) {
  if (data_directory.empty()) return std::string();
  const std::filesystem::path folder = std::filesystem::path(data_directory) / "tmp";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error) {
    return Fail(ErrorKind::kUnavailable,
                fmt::format("cannot make the folder {}: {}", folder.string(), error.message()));
  }
  return folder.string();
}

Status ClearTemporaryFolderOf(const std::string& data_directory) {
  ASSAY_TRY(const std::string folder, TemporaryFolderOf(data_directory));
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (error) break;
    std::filesystem::remove_all(entry.path(), error);
  }
  if (!error) return {};
  return Fail(ErrorKind::kUnavailable,
              fmt::format("leftovers of an earlier process could not be removed from {}: {}",
                          folder, error.message()));
}

}  // namespace assay::operations
