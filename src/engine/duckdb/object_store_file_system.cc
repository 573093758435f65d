#include "engine/duckdb/object_store_file_system.h"

#include <fmt/format.h>
#include <duckdb/common/file_opener.hpp>

#include <algorithm>
#include <atomic>

#include "engine/object_store/read_ahead.h"

namespace assay::engine {
namespace {

using QueryReference = duckdb::weak_ptr<duckdb::ClientContext>;

QueryReference QueryOf(duckdb::optional_ptr<duckdb::FileOpener> opener) {
  auto query = duckdb::FileOpener::TryGetClientContext(opener);
  return query ? QueryReference(query->shared_from_this()) : QueryReference();
}

}  // namespace

struct ObjectStoreFileSystem::Handle final : duckdb::FileHandle {
  Handle(ObjectStoreFileSystem& file_system, const std::string& path,
         duckdb::FileOpenFlags flags, Location located, QueryReference opened_by)
      : FileHandle(file_system, path, flags),
        location(std::move(located)),
        query(std::move(opened_by)),
        sequential(*location.store,
                   {.key = location.object.key,
                    .etag = location.object.etag,
                    .size_bytes = location.object.size_bytes},
                   file_system.budget_) {}

  void Close() override {}

  const Location location;
  const QueryReference query;
  ReadAhead sequential;
  std::atomic<duckdb::idx_t> position = 0;
};

ObjectStoreFileSystem::ObjectStoreFileSystem(Resolver resolver, int64_t read_ahead_bytes)
    : resolver_(std::move(resolver)), budget_(read_ahead_bytes) {}

ObjectStoreFileSystem::~ObjectStoreFileSystem() = default;

void ObjectStoreFileSystem::Pin(const std::string& path, std::string etag, int64_t size_bytes) {
  ObjectInfo object;
  object.etag = std::move(etag);
  object.size_bytes = size_bytes;
  const std::lock_guard lock(mutex_);
  pinned_[path] = std::move(object);
}

void ObjectStoreFileSystem::Unpin(const std::string& path) {
  const std::lock_guard lock(mutex_);
  pinned_.erase(path);
}

void ObjectStoreFileSystem::SetStop(std::stop_token stop) {
  const std::lock_guard lock(mutex_);
  stop_ = std::move(stop);
}

std::stop_token ObjectStoreFileSystem::stop() {
  const std::lock_guard lock(mutex_);
  return stop_;
}

std::optional<Error> ObjectStoreFileSystem::TakeError(const std::string& path) {
  const std::lock_guard lock(mutex_);
  auto found = errors_.extract(path);
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

void ObjectStoreFileSystem::Throw(const std::string& path, const Error& error) {
  {
    const std::lock_guard lock(mutex_);
    // A failure ends the query, whose other reads are then cancelled: that is not the reason.
    const bool is_known = errors_.contains(path) && error.kind == ErrorKind::kCancelled;
    if (!is_known) errors_[path] = error;
  }
  if (error.kind == ErrorKind::kCancelled) throw duckdb::InterruptException();
  throw duckdb::IOException(error.message);
}

void ObjectStoreFileSystem::RunRead(const std::string& path, const QueryReference& query,
                                    const std::function<Status(std::stop_token)>& read) {
  std::stop_source source;
  const std::stop_callback on_stop(stop(), [&source] { source.request_stop(); });
  const ObjectStoreInterrupts::Watch watch(interrupts_, query, source);
  if (const auto running = query.lock(); running && running->IsInterrupted()) {
    source.request_stop();
  }
  if (const Status status = read(source.get_token()); !status) Throw(path, status.error());
}

Result<ObjectStoreFileSystem::Location> ObjectStoreFileSystem::Locate(
    const std::string& path, const QueryReference& query) {
  ASSAY_TRY(auto resolved, resolver_(path));
  Location location{.store = std::move(resolved.first), .object = {}};
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = pinned_.find(path); found != pinned_.end()) {
      location.object = found->second;
      location.object.key = std::move(resolved.second);
      return location;
    }
  }
  std::stop_source source;
  const std::stop_callback on_stop(stop(), [&source] { source.request_stop(); });
  const ObjectStoreInterrupts::Watch watch(interrupts_, query, source);
  ASSAY_TRY(location.object, location.store->Head(resolved.second, source.get_token()));
  return location;
}

duckdb::unique_ptr<duckdb::FileHandle> ObjectStoreFileSystem::OpenFile(
    const std::string& path, duckdb::FileOpenFlags flags,
    duckdb::optional_ptr<duckdb::FileOpener> opener) {
  if (flags.OpenForWriting()) {
    throw duckdb::NotImplementedException("the query engine only reads object stores: " + path);
  }
  QueryReference query = QueryOf(opener);
  Result<Location> location = Locate(path, query);
  if (!location) {
    if (flags.ReturnNullIfNotExists() && location.error().kind == ErrorKind::kNotFound) {
      return nullptr;
    }
    Throw(path, location.error());
  }
  return duckdb::make_uniq<Handle>(*this, path, flags, *std::move(location), std::move(query));
}

void ObjectStoreFileSystem::Read(duckdb::FileHandle& file, void* buffer, int64_t length,
                                 duckdb::idx_t offset) {
  auto& handle = file.Cast<Handle>();
  const ObjectInfo& object = handle.location.object;
  const auto start = static_cast<int64_t>(offset);
  if (length < 0 || start < 0 || start > object.size_bytes ||
      length > object.size_bytes - start) {
    Throw(handle.path,
          {ErrorKind::kCorruptData,
           fmt::format("the file ends before the place that it points to ({} bytes at {} "
                       "of {}): {}",
                       length, offset, object.size_bytes, handle.path)});
  }
  RunRead(handle.path, handle.query, [&](std::stop_token stop) {
    return handle.location.store->Read(
        object.key, object.etag, start,
        std::span(static_cast<std::byte*>(buffer), static_cast<size_t>(length)),
        std::move(stop));
  });
}

int64_t ObjectStoreFileSystem::Read(duckdb::FileHandle& file, void* buffer, int64_t length) {
  auto& handle = file.Cast<Handle>();
  const auto position = static_cast<int64_t>(handle.position.load());
  const int64_t available =
      std::clamp(handle.location.object.size_bytes - position, int64_t{0}, length);
  if (available == 0) return 0;
  RunRead(handle.path, handle.query, [&](std::stop_token stop) {
    return handle.sequential.Read(
        position, std::span(static_cast<std::byte*>(buffer), static_cast<size_t>(available)),
        std::move(stop));
  });
  handle.position = static_cast<duckdb::idx_t>(position + available);
  return available;
}

int64_t ObjectStoreFileSystem::GetFileSize(duckdb::FileHandle& handle) {
  return handle.Cast<Handle>().location.object.size_bytes;
}

duckdb::timestamp_t ObjectStoreFileSystem::GetLastModifiedTime(duckdb::FileHandle& handle) {
  return duckdb::timestamp_t(
      handle.Cast<Handle>().location.object.last_modified.time_since_epoch().count());
}

std::string ObjectStoreFileSystem::GetVersionTag(duckdb::FileHandle& handle) {
  return handle.Cast<Handle>().location.object.etag;
}

duckdb::FileType ObjectStoreFileSystem::GetFileType(duckdb::FileHandle&) {
  return duckdb::FileType::FILE_TYPE_REGULAR;
}

void ObjectStoreFileSystem::Seek(duckdb::FileHandle& handle, duckdb::idx_t offset) {
  handle.Cast<Handle>().position = offset;
}

void ObjectStoreFileSystem::Reset(duckdb::FileHandle& handle) {
  Seek(handle, 0);
}

duckdb::idx_t ObjectStoreFileSystem::SeekPosition(duckdb::FileHandle& handle) {
  return handle.Cast<Handle>().position;
}

bool ObjectStoreFileSystem::FileExists(const std::string& path,
                                       duckdb::optional_ptr<duckdb::FileOpener> opener) {
  const Result<Location> location = Locate(path, QueryOf(opener));
  if (!location && location.error().kind != ErrorKind::kNotFound) Throw(path, location.error());
  return location.has_value();
}

bool ObjectStoreFileSystem::DirectoryExists(const std::string&,
                                            duckdb::optional_ptr<duckdb::FileOpener>) {
  return false;
}

duckdb::vector<duckdb::OpenFileInfo> ObjectStoreFileSystem::Glob(const std::string& path,
                                                                 duckdb::FileOpener*) {
  // A file that is not there fails when it is opened, with a better message than an empty list
  // gets.
  return {duckdb::OpenFileInfo(path)};
}

}  // namespace assay::engine
