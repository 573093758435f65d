#include "connectors/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "connectors/local_files.h"

namespace assay::connectors {
namespace {

class FileDescriptor {
 public:
  explicit FileDescriptor(int value) : value_(value) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (value_ >= 0) close(value_);
  }
  int get() const { return value_; }

 private:
  int value_;
};

std::unexpected<Error> Failed(const char* what, const std::string& path) {
  return std::unexpected(LocalError(what, path, errno));
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

Status SyncFolder(const std::string& path) {
  const FileDescriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return Failed("cannot open the folder", path);
  // Some file systems cannot sync a folder, and say so; they then have nothing to sync.
  if (fsync(folder.get()) != 0 && errno != EINVAL)
    return Failed("cannot write the folder to disk", path);
  return {};
}

Status WriteAll(int descriptor, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("cannot write the file", path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

/// Creates `target` and lets `fill` write to it; removes it again if that fails.
template <class Fill>
Status CreateDurably(const std::string& target, const Fill& fill) {
  const FileDescriptor file(
      open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (file.get() < 0) return Failed("cannot create the file", target);
  Status status = fill(file.get());
  if (status && fsync(file.get()) != 0)
    status = Failed("cannot write the file to disk", target);
  if (status) status = SyncFolder(FolderOf(target));
  if (!status) unlink(target.c_str());
  return status;
}

}  // namespace

Status MakeFolders(const std::string& path) {
  struct stat info{};
  if (stat(path.c_str(), &info) == 0) {
    if (S_ISDIR(info.st_mode)) return {};
    errno = ENOTDIR;
    return Failed("cannot make the folder", path);
  }
  const std::string above = FolderOf(path);
  ASSAY_RETURN_IF_ERROR(MakeFolders(above));
  if (mkdir(path.c_str(), 0755) != 0 && errno != EEXIST)
    return Failed("cannot make the folder", path);
  return SyncFolder(above);
}

Result<int64_t> CopyDurably(const std::string& source, const std::string& target,
                            std::stop_token stop) {
  const FileDescriptor from(open(source.c_str(), O_RDONLY | O_CLOEXEC));
  if (from.get() < 0) return Failed("cannot open the file", source);
  int64_t size = 0;
  ASSAY_RETURN_IF_ERROR(CreateDurably(target, [&](int to) -> Status {
    std::vector<char> buffer(size_t{1} << 20);
    while (true) {
      if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "writing was stopped");
      const ssize_t got = read(from.get(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Failed("cannot read the file", source);
      if (got == 0) return {};
      ASSAY_RETURN_IF_ERROR(WriteAll(to, {buffer.data(), static_cast<size_t>(got)}, target));
      size += got;
    }
  }));
  return size;
}

Status WriteDurably(const std::string& target, std::string_view bytes) {
  return CreateDurably(target, [&](int to) { return WriteAll(to, bytes, target); });
}

Status RenameDurably(const std::string& source, const std::string& target) {
  if (rename(source.c_str(), target.c_str()) != 0)
    return Failed("cannot rename the file", source);
  ASSAY_RETURN_IF_ERROR(SyncFolder(FolderOf(target)));
  return SyncFolder(FolderOf(source));
}

}  // namespace assay::connectors
