// One kind of place where data lives. Main interface of this module: start here.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "connectors/blame.h"
#include "engine/dataset.h"
#include "engine/session.h"
#include "net/local_address.h"

namespace assay::connectors {

/// An object or file as listed, before anything is decided about it.
struct ListedFile {
  std::string uri;
  std::string relative_path;  // below the root, '/' separated, no leading '/'
  int64_t size_bytes = 0;
  Timestamp last_modified{};
  std::string etag;
  bool is_archived = false;  // in a storage class that needs a restore before it can be read
  /// Why it cannot be read, where the list tells that already: "archived (GLACIER)"; of a
  /// folder that cannot be listed (its path ends in '/'): "Permission denied". Empty: nothing
  /// known against it.
  std::string unreadable_because;
};

/// Lists everything below a root. Lists are handed over page by page, so memory is the
/// caller's.
class FileLister {
 public:
  virtual ~FileLister() = default;
  virtual Status List(const std::function<Status(std::vector<ListedFile>)>& on_page,
                      std::stop_token stop) = 0;
};

/// A table or view as listed.
struct ListedTable {
  engine::TableName name;
  bool is_view = false;
  int64_t size_bytes = 0;      // as the server last estimated it; 0 for views
  std::string columns_digest;  // changes when a column does
  /// Why it cannot be read, with the right to grant; empty: nothing known against it.
  std::string unreadable_because;
};

/// What is in a schema of a database, and what can be asked of it.
class TableLister {
 public:
  virtual ~TableLister() = default;
  /// Tables, views (materialised ones, too), partitioned and foreign tables, by name.
  /// Partitions are parts of their table and are not listed. kNotFound when there is no such
  /// schema, kDenied when it may not be looked into; and as the server answers.
  virtual Result<std::vector<ListedTable>> List(std::stop_token stop) = 0;

  /// The rows of a statement that a user wrote, as a table.
  virtual engine::TableName TableOf(const std::string& query) const = 0;
  /// The names of its columns; it is not run. kInvalidInput, with what the database says, when
  /// it is not one statement that only gives rows, kDenied and kNotFound for what is in it.
  virtual Result<std::vector<std::string>> ColumnsOf(const std::string& query,
                                                     std::stop_token stop) = 0;
};

/// A file that was written but cannot be seen by readers yet.
struct StagedFile {
  std::string relative_path;
  std::string
      state;  // opaque, serialisable: what Publish and Discard need, also in a later process
};

/// Writes result files so that nothing half-written is ever visible.
class ResultWriter {
 public:
  virtual ~ResultWriter() = default;

  /// Stores the bytes of `local_path` under `relative_path`, not yet visible.
  virtual Result<StagedFile> Stage(const std::string& relative_path,
                                   const std::string& local_path, std::stop_token stop) = 0;
  /// Makes it visible, replacing what is there. Publishing twice succeeds.
  virtual Status Publish(const StagedFile& file, std::stop_token stop) = 0;
  /// Drops it. Discarding what is gone succeeds.
  virtual Status Discard(const StagedFile& file, std::stop_token stop) = 0;
  /// What was staged below `relative_prefix` and neither published nor discarded. Its states
  /// serve Discard only: what a crash left may be half an upload.
  virtual Result<std::vector<StagedFile>> ListStaged(const std::string& relative_prefix,
                                                     std::stop_token stop) = 0;
  /// Writes small bytes visibly, atomically.
  virtual Status WriteNow(const std::string& relative_path, const std::string& bytes,
                          std::stop_token stop) = 0;
  /// Relative paths, beginning with `relative_prefix`, of what was published or written, in
  /// order.
  virtual Result<std::vector<std::string>> ListVisible(const std::string& relative_prefix,
                                                       std::stop_token stop) = 0;
  /// The bytes of a visible file, which must fit into memory. kNotFound when there is none.
  virtual Result<std::string> ReadNow(const std::string& relative_path,
                                      std::stop_token stop) = 0;
  /// Removes a visible file. Removing what is gone succeeds.
  virtual Status Remove(const std::string& relative_path, std::stop_token stop) = 0;
  /// The URI below which files appear, for messages: "s3://bucket/root/".
  virtual std::string root_uri() const = 0;
};

/// One action tried against the store, for `assay probe` and connection tests.
struct ProbeStep {
  enum class Outcome { kAllowed, kRefused, kSkipped };
  std::string action;  // what was tried: "list", "read", "put"
  std::string right;   // what that needs: "s3:ListBucket"; empty where rights have no names
  Outcome outcome = Outcome::kSkipped;
  std::string detail;          // what happened, or why nothing was tried
  std::optional<Blame> blame;  // of a refused step, where that is known
  std::string remedy;          // what to do next; empty if nothing needs to be done
  Json statement;              // of IAM, that would grant the right; null if none would
  int64_t latency_ms = 0;
};

enum class Access { kRead, kWrite };

/// One place: a bucket and a root path with credentials, a local folder, or a schema of a
/// database. Thread-safe.
/// Abilities that a kind does not have are null.
class Connector {
 public:
  virtual ~Connector() = default;

  virtual std::string root_uri() const = 0;
  /// Host and port that it is reached at; nullopt when that takes no network.
  virtual std::optional<net::HostAndPort> server() const { return std::nullopt; }
  virtual FileLister* files() = 0;
  virtual TableLister* tables() = 0;
  virtual ResultWriter* writer() = 0;
  /// Makes this place's files or tables readable in an engine session.
  virtual Status AttachTo(engine::Session& session) = 0;
  /// Tries each right one at a time; a refused step is a result, not an error.
  virtual std::vector<ProbeStep> Probe(Access access, std::stop_token stop) = 0;
};

}  // namespace assay::connectors
