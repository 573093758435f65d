#include "engine/scan/repeated_hashes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace assay::engine::scan {
namespace {

constexpr size_t kSmallestPartition = 1024;

Status SpillFailure(const char* action, int error) {
  return Fail(
      error == ENOSPC ? ErrorKind::kResourceLimit : ErrorKind::kUnavailable,
      fmt::format(
          "cannot {} the spill file: {}; free space or choose another temporary directory",
          action, strerror(error)));
}

Status WriteAll(int file, const void* data, size_t bytes, int64_t offset) {
  const char* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const ssize_t written = pwrite(file, at, bytes, offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SpillFailure("write", errno);
    at += written;
    offset += written;
    bytes -= static_cast<size_t>(written);
  }
  return {};
}

Status ReadAll(int file, void* data, size_t bytes, int64_t offset) {
  char* at = static_cast<char*>(data);
  while (bytes > 0) {
    const ssize_t got = pread(file, at, bytes, offset);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return SpillFailure("read", got < 0 ? errno : EIO);
    at += got;
    offset += got;
    bytes -= static_cast<size_t>(got);
  }
  return {};
}

}  // namespace

RepeatedHashes::RepeatedHashes(std::string spill_directory, int64_t memory_limit_bytes)
    : spill_directory_(std::move(spill_directory)), memory_limit_bytes_(memory_limit_bytes) {}

RepeatedHashes::RepeatedHashes(RepeatedHashes&& other) noexcept
    : spill_directory_(std::move(other.spill_directory_)),
      memory_limit_bytes_(other.memory_limit_bytes_),
      memory_bytes_(std::exchange(other.memory_bytes_, 0)),
      count_(std::exchange(other.count_, 0)),
      file_(std::exchange(other.file_, -1)),
      file_bytes_(std::exchange(other.file_bytes_, 0)),
      status_(std::move(other.status_)),
      partitions_(std::move(other.partitions_)) {}

RepeatedHashes::~RepeatedHashes() {
  if (file_ >= 0) close(file_);
}

void RepeatedHashes::Grow(std::vector<uint64_t>& partition) {
  if (!status_) {  // the result is lost; only memory is to be kept in bounds
    partition.clear();
    if (partition.capacity() > 0) return;
  }
  const size_t before = partition.capacity();
  const size_t wanted = std::max(kSmallestPartition, before * 2);
  if (memory_bytes_ + static_cast<int64_t>((wanted - before) * sizeof(uint64_t)) >
          memory_limit_bytes_ &&
      status_) {
    status_ = Spill();
    if (partition.capacity() > 0) return;
  }
  const size_t held = partition.capacity();
  partition.reserve(std::max(kSmallestPartition, held * 2));
  memory_bytes_ += static_cast<int64_t>((partition.capacity() - held) * sizeof(uint64_t));
}

Status RepeatedHashes::Spill() {
  if (file_ < 0) {
    std::string name = spill_directory_ + "/hashes-XXXXXX";
    file_ = mkostemp(name.data(), O_CLOEXEC);
    if (file_ < 0) return SpillFailure("create", errno);
    unlink(name.c_str());
  }
  for (Partition& partition : partitions_) {
    if (partition.hashes.empty()) continue;
    const size_t bytes = partition.hashes.size() * sizeof(uint64_t);
    ASSAY_RETURN_IF_ERROR(WriteAll(file_, partition.hashes.data(), bytes, file_bytes_));
    partition.spilled.push_back(
        {.offset = file_bytes_, .hashes = static_cast<int64_t>(partition.hashes.size())});
    file_bytes_ += static_cast<int64_t>(bytes);
    partition.hashes.clear();
  }
  return {};
}

Status RepeatedHashes::Combine(RepeatedHashes&& other) {
  ASSAY_RETURN_IF_ERROR(other.status_);
  for (size_t i = 0; i < partitions_.size(); ++i) {
    ASSAY_TRY(const std::vector<uint64_t> hashes, other.Load(i));
    for (const uint64_t hash : hashes) Add(hash);
    std::vector<uint64_t>().swap(other.partitions_[i].hashes);
  }
  other.count_ = 0;
  return status_;
}

Result<std::vector<uint64_t>> RepeatedHashes::Load(size_t index) const {
  const Partition& partition = partitions_[index];
  std::vector<uint64_t> hashes = partition.hashes;
  for (const Extent& extent : partition.spilled) {
    const size_t before = hashes.size();
    hashes.resize(before + static_cast<size_t>(extent.hashes));
    ASSAY_RETURN_IF_ERROR(ReadAll(file_, hashes.data() + before,
                                  static_cast<size_t>(extent.hashes) * sizeof(uint64_t),
                                  extent.offset));
  }
  return hashes;
}

Result<int64_t> RepeatedHashes::Find(
    const std::function<Status(std::span<const uint64_t>)>& found,
    const std::stop_token& stop) const {
  ASSAY_RETURN_IF_ERROR(status_);
  int64_t distinct = 0;
  std::vector<uint64_t>
      table;  // open addressing; 0 is an empty slot, the hash 0 is counted apart
  for (size_t i = 0; i < partitions_.size(); ++i) {
    if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
    ASSAY_TRY(const std::vector<uint64_t> hashes, Load(i));
    table.assign(std::bit_ceil(hashes.size() * 2 + 1), 0);
    const size_t mask = table.size() - 1;
    int64_t zeros = 0;
    std::vector<uint64_t> repeated;
    for (const uint64_t hash : hashes) {
      if (hash == 0) {
        if (++zeros == 2) repeated.push_back(0);
        continue;
      }
      size_t slot = hash & mask;
      while (table[slot] != 0 && table[slot] != hash) slot = (slot + 1) & mask;
      if (table[slot] == hash) {
        repeated.push_back(hash);
      } else {
        table[slot] = hash;
        ++distinct;
      }
    }
    distinct += zeros > 0;
    std::sort(repeated.begin(), repeated.end());
    repeated.erase(std::unique(repeated.begin(), repeated.end()), repeated.end());
    if (!repeated.empty()) ASSAY_RETURN_IF_ERROR(found(repeated));
  }
  return distinct;
}

}  // namespace assay::engine::scan
