#include "engine/duckdb/object_store_interrupts.h"

#include <chrono>

namespace assay::engine {
namespace {

constexpr std::chrono::milliseconds kLookEvery(100);

}  // namespace

ObjectStoreInterrupts::~ObjectStoreInterrupts() = default;

ObjectStoreInterrupts::Watch::Watch(ObjectStoreInterrupts& interrupts,
                                    duckdb::weak_ptr<duckdb::ClientContext> query,
                                    std::stop_source stop)
    : interrupts_(interrupts) {
  const std::lock_guard lock(interrupts.mutex_);
  interrupts.entries_.push_front({std::move(query), std::move(stop)});
  entry_ = interrupts.entries_.begin();
  if (!interrupts.thread_.joinable()) {
    interrupts.thread_ =
        std::jthread([&interrupts](std::stop_token end) { interrupts.Run(std::move(end)); });
  }
  if (interrupts.entries_.size() == 1) interrupts.added_.notify_one();
}

ObjectStoreInterrupts::Watch::~Watch() {
  const std::lock_guard lock(interrupts_.mutex_);
  interrupts_.entries_.erase(entry_);
}

void ObjectStoreInterrupts::Run(std::stop_token end) {
  std::unique_lock lock(mutex_);
  while (!end.stop_requested()) {
    added_.wait(lock, end, [this] { return !entries_.empty(); });
    for (Entry& entry : entries_) {
      const auto query = entry.query.lock();
      if (query && query->IsInterrupted()) entry.stop.request_stop();
    }
    // New entries need no look at once.
    added_.wait_for(lock, end, kLookEvery, [] { return false; });
  }
}

}  // namespace assay::engine
