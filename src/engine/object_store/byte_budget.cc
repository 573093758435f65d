#include "engine/object_store/byte_budget.h"

namespace assay::engine {

std::optional<ByteBudget::Share> ByteBudget::TryAcquire(int64_t bytes) {
  const std::lock_guard lock(mutex_);
  if (!Fits(bytes)) return std::nullopt;
  used_bytes_ += bytes;
  return Share(this, bytes);
}

std::optional<ByteBudget::Share> ByteBudget::Acquire(int64_t bytes, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  if (!released_.wait(lock, stop, [this, bytes] { return Fits(bytes); })) return std::nullopt;
  used_bytes_ += bytes;
  return Share(this, bytes);
}

void ByteBudget::Release(int64_t bytes) {
  const std::lock_guard lock(mutex_);
  used_bytes_ -= bytes;
  released_.notify_all();
}

}  // namespace assay::engine
