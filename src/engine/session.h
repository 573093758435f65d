// The embedded query engine: one DuckDB instance with a memory limit, a spill directory and the
// object stores it may read.

#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "base/progress.h"
#include "base/result.h"
#include "engine/object_store/object_store.h"
#include "engine/postgres/target.h"

namespace assay::engine {

struct SessionOptions {
  int64_t memory_limit_bytes = int64_t{4}
                               << 30;  // for data held by the engine; it spills beyond
  int threads = 0;                     // 0: one per core
  std::string temporary_directory;     // for spilling; empty: under $TMPDIR
};

/// What every long call receives.
struct RunContext {
  std::stop_token stop;       // a stop request ends the call with kCancelled within a second
  ProgressCallback progress;  // may be empty
};

/// Owns the engine's threads and memory. One per operation. Its methods may be called from
/// several threads; each running query uses a connection of its own.
class Session {
 public:
  static Result<std::unique_ptr<Session>> Open(const SessionOptions& options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Lets paths below `uri_prefix` ("s3://bucket/") be read through `store`. The longest
  /// matching prefix wins.
  Status Attach(std::string uri_prefix, std::shared_ptr<ObjectStore> store);

  /// Lets tables of a database be read under `name` (TableName::database). Connects. kInternal
  /// when the engine's extension for it is missing or not the one that came with this program;
  /// kUnavailable when the server refuses.
  Status AttachPostgres(const std::string& name, const PostgresTarget& target);

  /// The engine's inner side, for the .cc files of this module.
  struct Internals;
  Internals& internals() { return *internals_; }

 private:
  explicit Session(std::unique_ptr<Internals> internals);
  std::unique_ptr<Internals> internals_;
};

}  // namespace assay::engine
