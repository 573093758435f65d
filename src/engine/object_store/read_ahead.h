// Reading an object from front to back while its next block is already on the way.

#pragma once

#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "engine/object_store/byte_budget.h"
#include "engine/object_store/object_store.h"

namespace assay::engine {

/// Which bytes: a version of an object, of known size.
struct ObjectVersion {
  std::string key;
  std::string etag;  // empty: whatever is there
  int64_t size_bytes = 0;
};

/// A reader of one object that guesses that the next read continues the last one.
///
/// Small reads are served from blocks, which grow from 1 MiB to 8 MiB as the reading goes on;
/// while a block is consumed the next is fetched in the background. Reads as large as a block
/// go straight to the caller's buffer. At most two blocks are held, and none is fetched ahead
/// that does not fit into the budget. A jump drops the blocks and starts with small ones again.
///
/// Thread-safe; calls run one after the other. Store and budget must outlive it.
class ReadAhead {
 public:
  ReadAhead(ObjectStore& store, ObjectVersion version, ByteBudget& budget);
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;
  /// Cancels what is on the way.
  ~ReadAhead();

  /// Fills `out` from `offset`, which must end within the object. Fails as ObjectStore::Read
  /// does.
  Status Read(int64_t offset, std::span<std::byte> out, std::stop_token stop);

 private:
  struct Block;

  bool Holds(const std::unique_ptr<Block>& block, int64_t offset) const;
  Status Await(Block& block, const std::stop_token& stop);
  Status ReadDirectly(int64_t offset, std::span<std::byte> out, const std::stop_token& stop);
  /// Starts the fetch of the block at `offset` if there is one, and room for it.
  std::unique_ptr<Block> Fetch(int64_t offset);

  ObjectStore& store_;
  const ObjectVersion version_;
  ByteBudget& budget_;
  std::mutex mutex_;
  std::unique_ptr<Block> current_;
  std::unique_ptr<Block> next_;
  int64_t expected_offset_ = 0;
  int64_t block_bytes_;
};

}  // namespace assay::engine
