#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>

#include "base/fields.h"
#include "base/id.h"
#include "base/json.h"
#include "connectors/durable_file.h"
#include "connectors/local_files.h"
#include "connectors/relative_path.h"

namespace assay::connectors {
namespace {

// The leading dot keeps readers away, ours and Hive-style ones.
constexpr const char* kStagingFolder = ".assay-staging";

// A file that ListStaged found may be cut short by a crash: it can be discarded, not published.
constexpr int64_t kUnknownSize = -1;

/// What StagedFile::state holds. The file lies at <staging folder>/<id>/<relative path>, so
/// what is staged can be listed without the states.
struct StagedState {
  std::string id;
  int64_t size_bytes = kUnknownSize;

  static const Fields<StagedState>& JsonFields() {
    static const Fields<StagedState> fields = {
        Required("id", &StagedState::id, "Folder of the staged file."),
        Required("size_bytes", &StagedState::size_bytes, "Its size."),
    };
    return fields;
  }
};

Result<StagedState> ParseState(const StagedFile& file) {
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(file.relative_path));
  ASSAY_TRY(const Json json, ParseJson(file.state));
  ASSAY_TRY(StagedState state, StagedState::JsonFields().Parse(json));
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(state.id));
  return state;
}

std::string FolderOf(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

std::string StagedPath(const std::string& root, const std::string& id,
                       const std::string& relative_path) {
  return root + "/" + kStagingFolder + "/" + id + "/" + relative_path;
}

/// Makes the folders for a staged file. Another writer may remove the empty staging folder at
/// the same moment; then a second attempt makes it again.
Status MakeStagingFolders(const std::string& folder) {
  constexpr int kAttempts = 5;
  Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    status = MakeFolders(folder);
    if (status || status.error().kind != ErrorKind::kNotFound) return status;
  }
  return status;
}

/// Removes the folders of a staged file that are empty now, the staging folder itself included.
void RemoveEmptyFolders(const std::string& root, const std::string& staged_path) {
  for (std::string folder = FolderOf(staged_path); folder.size() > root.size();
       folder = FolderOf(folder)) {
    if (rmdir(folder.c_str()) != 0 && errno != ENOENT) return;
  }
}

}  // namespace

Result<StagedFile> LocalWriter::Stage(const std::string& relative_path,
                                      const std::string& local_path, std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(relative_path));
  StagedState state{.id = NewUuid()};
  const std::string path = StagedPath(root_, state.id, relative_path);
  ASSAY_RETURN_IF_ERROR(MakeStagingFolders(FolderOf(path)));
  Result<int64_t> size = CopyDurably(local_path, path, std::move(stop));
  if (!size) {
    RemoveEmptyFolders(root_, path);
    return std::unexpected(size.error());
  }
  state.size_bytes = *size;
  return StagedFile{.relative_path = relative_path,
                    .state = PrintJson(StagedState::JsonFields().Print(state))};
}

Status LocalWriter::Publish(const StagedFile& file, std::stop_token stop) {
  if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "publishing was stopped");
  ASSAY_TRY(const StagedState state, ParseState(file));
  if (state.size_bytes == kUnknownSize) {
    return Fail(ErrorKind::kInvalidInput,
                "only what Stage returned can be published: " + file.relative_path);
  }
  const std::string staged = StagedPath(root_, state.id, file.relative_path);
  const std::string target = root_ + "/" + file.relative_path;
  struct stat info{};
  if (stat(staged.c_str(), &info) != 0) {
    if (errno != ENOENT && errno != ENOTDIR)
      return std::unexpected(LocalError("cannot publish", target, errno));
    const bool was_published = stat(target.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
                               info.st_size == state.size_bytes;
    if (was_published) return {};
    return Fail(ErrorKind::kNotFound, fmt::format("the staged file is gone: {}", target));
  }
  if (info.st_size != state.size_bytes) {
    return Fail(ErrorKind::kCorruptData,
                fmt::format("the staged file has {} bytes instead of {}: {}", info.st_size,
                            state.size_bytes, target));
  }
  ASSAY_RETURN_IF_ERROR(MakeFolders(FolderOf(target)));
  ASSAY_RETURN_IF_ERROR(RenameDurably(staged, target));
  RemoveEmptyFolders(root_, staged);
  return {};
}

Status LocalWriter::Discard(const StagedFile& file, std::stop_token stop) {
  if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "discarding was stopped");
  ASSAY_TRY(const StagedState state, ParseState(file));
  const std::string staged = StagedPath(root_, state.id, file.relative_path);
  if (unlink(staged.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
    return std::unexpected(LocalError("cannot discard", staged, errno));
  }
  RemoveEmptyFolders(root_, staged);
  return {};
}

Result<std::vector<StagedFile>> LocalWriter::ListStaged(const std::string& relative_prefix,
                                                        std::stop_token stop) {
  const std::string folder = root_ + "/" + kStagingFolder;
  struct stat info{};
  std::vector<StagedFile> staged;
  if (stat(folder.c_str(), &info) != 0) {
    if (errno == ENOENT) return staged;
    return std::unexpected(LocalError("cannot list the folder", folder, errno));
  }
  LocalLister lister(folder);
  ASSAY_RETURN_IF_ERROR(lister.List(
      [&](const std::vector<ListedFile>& page) -> Status {
        for (const ListedFile& file : page) {
          const size_t slash = file.relative_path.find('/');
          if (slash == std::string::npos || !file.unreadable_because.empty()) continue;
          std::string relative_path = file.relative_path.substr(slash + 1);
          if (!relative_path.starts_with(relative_prefix)) continue;
          const StagedState state{.id = file.relative_path.substr(0, slash)};
          staged.push_back({.relative_path = std::move(relative_path),
                            .state = PrintJson(StagedState::JsonFields().Print(state))});
        }
        return {};
      },
      std::move(stop)));
  return staged;
}

Status LocalWriter::WriteNow(const std::string& relative_path, const std::string& bytes,
                             std::stop_token stop) {
  if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "writing was stopped");
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(relative_path));
  const std::string staged = StagedPath(root_, NewUuid(), relative_path);
  const std::string target = root_ + "/" + relative_path;
  ASSAY_RETURN_IF_ERROR(MakeStagingFolders(FolderOf(staged)));
  Status status = WriteDurably(staged, bytes);
  if (status) status = MakeFolders(FolderOf(target));
  if (status) status = RenameDurably(staged, target);
  if (!status) unlink(staged.c_str());
  RemoveEmptyFolders(root_, staged);
  return status;
}

Result<std::vector<std::string>> LocalWriter::ListVisible(const std::string& relative_prefix,
                                                          std::stop_token stop) {
  const size_t slash = relative_prefix.rfind('/');
  const std::string below =
      slash == std::string::npos ? "" : relative_prefix.substr(0, slash + 1);
  const std::string folder = FolderOf(root_ + "/" + below);
  struct stat info{};
  std::vector<std::string> paths;
  if (stat(folder.c_str(), &info) != 0) {
    if (errno == ENOENT) return paths;
    return std::unexpected(LocalError("cannot list the folder", folder, errno));
  }
  LocalLister lister(folder);
  ASSAY_RETURN_IF_ERROR(lister.List(
      [&](const std::vector<ListedFile>& page) -> Status {
        for (const ListedFile& file : page) {
          std::string path = below + file.relative_path;
          if (path.starts_with(kStagingFolder) || !path.starts_with(relative_prefix)) continue;
          paths.push_back(std::move(path));
        }
        return {};
      },
      std::move(stop)));
  return paths;
}

Result<std::string> LocalWriter::ReadNow(const std::string& relative_path,
                                         std::stop_token stop) {
  if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "reading was stopped");
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(relative_path));
  const std::string path = root_ + "/" + relative_path;
  struct stat info{};
  if (stat(path.c_str(), &info) != 0) {
    return std::unexpected(LocalError("cannot read the file", path, errno));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!file) return Fail(ErrorKind::kUnavailable, "cannot read the file: " + path);
  return bytes;
}

Status LocalWriter::Remove(const std::string& relative_path, std::stop_token stop) {
  if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "removing was stopped");
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(relative_path));
  const std::string path = root_ + "/" + relative_path;
  if (unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
    return std::unexpected(LocalError("cannot remove the file", path, errno));
  }
  return {};
}

}  // namespace assay::connectors
