// Finding values that occur more than once, from their hashes, in bounded memory.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"

namespace assay::engine::scan {

/// Collects 64-bit hashes in partitions by their upper bits and finds those that occur
/// repeatedly, one partition at a time. Beyond a memory limit the hashes go to a file in a
/// spill directory.
///
/// Not thread-safe: one object a worker, combined at the end.
class RepeatedHashes {
 public:
  /// `memory_limit_bytes` for this object; the spill file is unlinked at once, so nothing stays
  /// behind.
  RepeatedHashes(std::string spill_directory, int64_t memory_limit_bytes);
  ~RepeatedHashes();
  RepeatedHashes(RepeatedHashes&& other) noexcept;
  RepeatedHashes(const RepeatedHashes&) = delete;

  void Add(uint64_t hash) {
    auto& partition = partitions_[hash >> (64 - kPartitionBits)].hashes;
    if (partition.size() == partition.capacity()) Grow(partition);
    partition.push_back(hash);
    ++count_;
  }
  /// The first failure of spilling, if any (a full disk: kResourceLimit).
  const Status& status() const { return status_; }
  Status Combine(RepeatedHashes&& other);

  /// Hashes added.
  int64_t count() const { return count_; }

  /// Hands the hashes that were added more than once, each once, to `found`, in several
  /// spans; the first failure that it returns ends the search. Returns how many distinct hashes
  /// there are. kCancelled after a stop request. Memory: 1/64 of all hashes, three times.
  Result<int64_t> Find(const std::function<Status(std::span<const uint64_t>)>& found,
                       const std::stop_token& stop) const;

 private:
  static constexpr int kPartitionBits = 6;
  struct Extent {
    int64_t offset = 0, hashes = 0;
  };
  struct Partition {
    std::vector<uint64_t> hashes;
    std::vector<Extent> spilled;
  };
  void Grow(std::vector<uint64_t>& partition);
  Status Spill();
  Result<std::vector<uint64_t>> Load(size_t partition) const;

  std::string spill_directory_;
  int64_t memory_limit_bytes_;
  int64_t memory_bytes_ = 0;
  int64_t count_ = 0;
  int file_ = -1;
  int64_t file_bytes_ = 0;
  Status status_;
  std::array<Partition, size_t{1} << kPartitionBits> partitions_;
};

}  // namespace assay::engine::scan
