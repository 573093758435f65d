#include "cli/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <set>
#include <utility>

namespace assay::cli {
namespace {

std::mutex temporary_mutex;
std::set<std::string> temporary_paths;  // guarded by temporary_mutex

ErrorKind KindOf(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return ErrorKind::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS: return ErrorKind::kDenied;
    case EISDIR:
    case ENAMETOOLONG: return ErrorKind::kInvalidInput;
    case ENOSPC:
    case EDQUOT: return ErrorKind::kResourceLimit;
    default: return ErrorKind::kUnavailable;
  }
}

std::unexpected<Error> FailToWrite(const std::string& path, int error) {
  return Fail(KindOf(error), fmt::format("cannot write {}: {}", path, std::strerror(error)));
}

}  // namespace

OutputFile::OutputFile(std::string path, std::string temporary_path, int descriptor)
    : path_(std::move(path)),
      temporary_path_(std::move(temporary_path)),
      descriptor_(descriptor) {
  if (temporary_path_.empty()) return;
  const std::lock_guard lock(temporary_mutex);
  temporary_paths.insert(temporary_path_);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_path_(std::exchange(other.temporary_path_, "")),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this != &other) {
    Drop();
    path_ = std::move(other.path_);
    temporary_path_ = std::exchange(other.temporary_path_, "");
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

OutputFile::~OutputFile() {
  Drop();
}

void OutputFile::Drop() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
  if (temporary_path_.empty()) return;
  unlink(temporary_path_.c_str());
  const std::lock_guard lock(temporary_mutex);
  temporary_paths.erase(temporary_path_);
  temporary_path_.clear();
}

void OutputFile::RemoveAllTemporary() {
  // The process ends: whoever holds the lock may have been stopped with it.
  const std::unique_lock lock(temporary_mutex, std::try_to_lock);
  if (!lock) return;
  for (const auto& path : temporary_paths) unlink(path.c_str());
}

Result<OutputFile> OutputFile::Open(const std::string& path) {
  if (path.empty())
    return Fail(ErrorKind::kInvalidInput, "the name of an output file is empty");
  if (path == "-") return OutputFile(path, "", -1);
  struct stat existing{};
  const bool exists = stat(path.c_str(), &existing) == 0;
  if (exists && S_ISDIR(existing.st_mode)) return FailToWrite(path, EISDIR);
  if (exists && !S_ISREG(existing.st_mode)) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return FailToWrite(path, errno);
    return OutputFile(path, "", descriptor);
  }
  if (exists && access(path.c_str(), W_OK) != 0) return FailToWrite(path, errno);
  const size_t slash = path.rfind('/');
  const size_t name_start = slash == std::string::npos ? 0 : slash + 1;
  std::string temporary =
      fmt::format("{}.{}.XXXXXX", path.substr(0, name_start), path.substr(name_start));
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) return FailToWrite(path, errno);
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor, exists ? existing.st_mode & 0777 : 0666 & ~mask);
  return OutputFile(path, std::move(temporary), descriptor);
}

Status OutputFile::Write(std::string_view text, Console& console) {
  if (path_ == "-") return console.Print(text);
  while (!text.empty()) {
    const ssize_t written = write(descriptor_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FailToWrite(path_, errno);
    text.remove_prefix(static_cast<size_t>(written));
  }
  if (temporary_path_.empty()) return {};
  if (fsync(descriptor_) != 0) return FailToWrite(path_, errno);
  if (rename(temporary_path_.c_str(), path_.c_str()) != 0) return FailToWrite(path_, errno);
  const std::lock_guard lock(temporary_mutex);
  temporary_paths.erase(temporary_path_);
  temporary_path_.clear();
  return {};
}

}  // namespace assay::cli
