// Passing DuckDB's interrupts on to reads that are under way.

#pragma once

#include <condition_variable>
#include <list>
#include <mutex>
#include <stop_token>
#include <thread>

#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// DuckDB marks an interrupted query, but wakes nobody. While reads wait, one thread looks at
/// the marks of their queries ten times a second. Thread-safe.
class ObjectStoreInterrupts {
 public:
  ObjectStoreInterrupts() = default;
  ObjectStoreInterrupts(const ObjectStoreInterrupts&) = delete;
  ObjectStoreInterrupts& operator=(const ObjectStoreInterrupts&) = delete;
  /// No Watch may be left.
  ~ObjectStoreInterrupts();

 private:
  struct Entry {
    duckdb::weak_ptr<duckdb::ClientContext> query;
    std::stop_source stop;
  };

 public:
  /// Requests `stop` once the query is interrupted, as long as this object lives.
  class Watch {
   public:
    Watch(ObjectStoreInterrupts& interrupts, duckdb::weak_ptr<duckdb::ClientContext> query,
          std::stop_source stop);
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();

   private:
    ObjectStoreInterrupts& interrupts_;
    std::list<Entry>::iterator entry_;
  };

 private:
  void Run(std::stop_token end);

  std::mutex mutex_;
  std::condition_variable_any added_;
  std::list<Entry> entries_;
  std::jthread thread_;  // started by the first watch
};

}  // namespace assay::engine
