// DuckDB's view of the object stores: "s3://bucket/key" as a file that can be read.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>

#include "base/result.h"
#include "engine/duckdb/duckdb_library.h"
#include "engine/duckdb/object_store_interrupts.h"
#include "engine/object_store/byte_budget.h"
#include "engine/object_store/object_store.h"

namespace assay::engine {

/// One per DuckDB instance, which owns it:
/// RegisterSubSystem(make_uniq<ObjectStoreFileSystem>(...)).
///
/// Reads only. Paths are exact: "*" and "?" are characters of keys. A file is opened without a
/// request if it was pinned, else by a HEAD; from then on every read asks for that version.
/// Reads by position, as Parquet and JSON do, go straight to DuckDB's buffers; reads in
/// sequence, as CSV and compressed files do, fetch the next block while the current one is
/// parsed.
///
/// Failures become duckdb::IOException with our message, and stay available to TakeError(). An
/// interrupted query gets duckdb::InterruptException within a second. Thread-safe.
class ObjectStoreFileSystem final : public duckdb::FileSystem {
 public:
  /// The store that holds a path, and the object's key in it.
  using Resolver = std::function<Result<std::pair<std::shared_ptr<ObjectStore>, std::string>>(
      const std::string& path)>;

  static constexpr int64_t kReadAheadBytes = int64_t{128} << 20;

  /// `read_ahead_bytes`: of blocks fetched ahead, all files together.
  explicit ObjectStoreFileSystem(Resolver resolver, int64_t read_ahead_bytes = kReadAheadBytes);
  ~ObjectStoreFileSystem() override;

  /// Makes `path` known, so that it opens without a request, has this size, and is read in this
  /// version only (any version if `etag` is empty). Replaces what was pinned before.
  void Pin(const std::string& path, std::string etag, int64_t size_bytes);
  void Unpin(const std::string& path);

  /// Ends all reads, also those under way, with kCancelled once `stop` is requested.
  void SetStop(std::stop_token stop);

  /// The last failure at `path`, which is forgotten by that. Nothing if there was none.
  std::optional<Error> TakeError(const std::string& path);

  // What DuckDB calls.
  std::string GetName() const override { return "ObjectStoreFileSystem"; }
  bool CanHandleFile(const std::string& path) override { return path.starts_with("s3://"); }
  bool CanSeek() override { return true; }
  bool OnDiskFile(duckdb::FileHandle&) override { return false; }
  bool IsPipe(const std::string&, duckdb::optional_ptr<duckdb::FileOpener>) override {
    return false;
  }
  duckdb::unique_ptr<duckdb::FileHandle> OpenFile(
      const std::string& path, duckdb::FileOpenFlags flags,
      duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  void Read(duckdb::FileHandle& handle, void* buffer, int64_t length,
            duckdb::idx_t offset) override;
  int64_t Read(duckdb::FileHandle& handle, void* buffer, int64_t length) override;
  int64_t GetFileSize(duckdb::FileHandle& handle) override;
  duckdb::timestamp_t GetLastModifiedTime(duckdb::FileHandle& handle) override;
  std::string GetVersionTag(duckdb::FileHandle& handle) override;
  duckdb::FileType GetFileType(duckdb::FileHandle& handle) override;
  void Seek(duckdb::FileHandle& handle, duckdb::idx_t offset) override;
  void Reset(duckdb::FileHandle& handle) override;
  duckdb::idx_t SeekPosition(duckdb::FileHandle& handle) override;
  bool FileExists(const std::string& path,
                  duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  bool DirectoryExists(const std::string& path,
                       duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  duckdb::vector<duckdb::OpenFileInfo> Glob(const std::string& path,
                                            duckdb::FileOpener* opener) override;

 private:
  struct Handle;
  struct Location {
    std::shared_ptr<ObjectStore> store;
    ObjectInfo object;
  };

  Result<Location> Locate(const std::string& path,
                          const duckdb::weak_ptr<duckdb::ClientContext>& query);
  /// Calls `read` with a token that a stop or an interrupted query requests; throws its
  /// failure.
  void RunRead(const std::string& path, const duckdb::weak_ptr<duckdb::ClientContext>& query,
               const std::function<Status(std::stop_token)>& read);
  [[noreturn]] void Throw(const std::string& path, const Error& error);
  std::stop_token stop();

  const Resolver resolver_;
  ByteBudget budget_;
  ObjectStoreInterrupts interrupts_;
  std::mutex mutex_;
  std::map<std::string, ObjectInfo> pinned_;  // by path; the key is filled in when it is opened
  std::map<std::string, Error> errors_;       // by path
  std::stop_token stop_;
};

}  // namespace assay::engine
