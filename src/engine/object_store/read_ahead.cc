#include "engine/object_store/read_ahead.h"

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

namespace assay::engine {
namespace {

// A look at a file's head should not fetch much more than it needs; a scan should not wait for
// a round trip per megabyte.
constexpr int64_t kFirstBlockBytes = int64_t{1} << 20;
constexpr int64_t kLargestBlockBytes = int64_t{8} << 20;

}  // namespace

struct ReadAhead::Block {
  Block(ByteBudget::Share share, int64_t start, int64_t length)
      : memory(std::move(share)),
        offset(start),
        size(length),
        bytes(std::make_unique_for_overwrite<std::byte[]>(static_cast<size_t>(length))) {}
  ~Block() {
    stop.request_stop();
    if (fetched.valid()) fetched.wait();
  }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  ByteBudget::Share memory;
  const int64_t offset;
  const int64_t size;
  const std::unique_ptr<std::byte[]> bytes;
  std::stop_source stop;
  std::future<Status> fetched;  // no more valid once it was seen to succeed
};

ReadAhead::ReadAhead(ObjectStore& store, ObjectVersion version, ByteBudget& budget)
    : store_(store),
      version_(std::move(version)),
      budget_(budget),
      block_bytes_(kFirstBlockBytes) {}

ReadAhead::~ReadAhead() = default;

bool ReadAhead::Holds(const std::unique_ptr<Block>& block, int64_t offset) const {
  return block != nullptr && offset >= block->offset && offset < block->offset + block->size;
}

std::unique_ptr<ReadAhead::Block> ReadAhead::Fetch(int64_t offset) {
  const int64_t length = std::min(block_bytes_, version_.size_bytes - offset);
  if (length <= 0) return nullptr;
  std::optional<ByteBudget::Share> memory = budget_.TryAcquire(length);
  if (!memory) return nullptr;
  auto block = std::make_unique<Block>(*std::move(memory), offset, length);
  try {
    block->fetched = std::async(std::launch::async, [this, target = block.get()] {
      return store_.Read(version_.key, version_.etag, target->offset,
                         std::span(target->bytes.get(), static_cast<size_t>(target->size)),
                         target->stop.get_token());
    });
  } catch (const std::system_error&) {
    return nullptr;  // no thread is to be had: the caller reads without a block
  }
  block_bytes_ = std::min(2 * block_bytes_, kLargestBlockBytes);
  return block;
}

Status ReadAhead::Await(Block& block, const std::stop_token& stop) {
  if (!block.fetched.valid()) return {};
  const std::stop_callback pass_on(stop, [&block] { block.stop.request_stop(); });
  return block.fetched.get();
}

Status ReadAhead::ReadDirectly(int64_t offset, std::span<std::byte> out,
                               const std::stop_token& stop) {
  return store_.Read(version_.key, version_.etag, offset, out, stop);
}

Status ReadAhead::Read(int64_t offset, std::span<std::byte> out, std::stop_token stop) {
  const std::lock_guard lock(mutex_);
  if (!Holds(current_, offset) && !Holds(next_, offset)) {
    current_.reset();
    next_.reset();
    if (offset != expected_offset_) block_bytes_ = kFirstBlockBytes;
  }
  while (!out.empty()) {
    if (!Holds(current_, offset)) {
      current_ = std::move(next_);
      if (!Holds(current_, offset)) {
        current_.reset();
        if (std::cmp_less(out.size(), block_bytes_)) current_ = Fetch(offset);
      }
    }
    if (current_ == nullptr) {
      ASSAY_RETURN_IF_ERROR(ReadDirectly(offset, out, stop));
      offset += static_cast<int64_t>(out.size());
      out = {};
    } else {
      if (Status fetched = Await(*current_, stop); !fetched) {
        current_.reset();
        return fetched;
      }
      const int64_t within = offset - current_->offset;
      const size_t length = std::min(out.size(), static_cast<size_t>(current_->size - within));
      std::memcpy(out.data(), current_->bytes.get() + within, length);
      out = out.subspan(length);
      offset += static_cast<int64_t>(length);
    }
    if (next_ == nullptr) {
      next_ = Fetch(current_ == nullptr ? offset : current_->offset + current_->size);
    }
  }
  expected_offset_ = offset;
  return {};
}

}  // namespace assay::engine
