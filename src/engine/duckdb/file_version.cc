#include "engine/duckdb/file_version.h"

#include <sys/stat.h>

#include <chrono>

namespace assay::engine {
namespace {

bool IsRemote(const DataFile& file) {
  return file.uri.starts_with("s3://");
}

}  // namespace

void PinListedVersion(Session& session, const DataFile& file) {
  if (!IsRemote(file)) return;
  ObjectStoreFileSystem& file_system = *session.internals().file_system;
  file_system.Pin(file.uri, file.etag, file.size_bytes);
  static_cast<void>(file_system.TakeError(file.uri));
}

Status CheckUnchanged(const DataFile& file) {
  if (IsRemote(file)) return {};
  struct stat facts{};
  if (stat(file.uri.c_str(), &facts) != 0) {
    return Fail(ErrorKind::kNotFound,
                "the file was deleted after it was listed; sync and run again");
  }
  const auto modified = Timestamp(std::chrono::seconds(facts.st_mtim.tv_sec) +
                                  std::chrono::microseconds(facts.st_mtim.tv_nsec / 1000));
  const bool same_time = file.last_modified == Timestamp{} || modified == file.last_modified;
  if (facts.st_size != file.size_bytes || !same_time) {
    return Fail(ErrorKind::kConflict,
                "the file was replaced after it was listed; sync and run again");
  }
  return {};
}

std::optional<Error> TakeStoreError(Session& session, const DataFile& file) {
  if (!IsRemote(file)) return std::nullopt;
  return session.internals().file_system->TakeError(file.uri);
}

}  // namespace assay::engine
