// The inner side of a Session.

#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/duckdb/duckdb_library.h"
#include "engine/duckdb/object_store_file_system.h"
#include "engine/session.h"

namespace assay::engine {

struct Session::Internals {
  explicit Internals(const SessionOptions& session_options) : options(session_options) {}

  SessionOptions options;
  std::string temporary_directory;  // made by us, removed with the session
  std::mutex stores_mutex;
  std::vector<std::pair<std::string, std::shared_ptr<ObjectStore>>> stores;  // prefix, store
  std::map<std::string, PostgresTarget> postgres;  // by name; guarded by stores_mutex
  ObjectStoreFileSystem* file_system = nullptr;    // owned by `database`
  std::unique_ptr<duckdb::DuckDB> database;

  ~Internals();
};

}  // namespace assay::engine
