// A limit on memory that several threads share.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace assay::engine {

/// Hands out parts of a number of bytes. Thread-safe.
class ByteBudget {
 public:
  explicit ByteBudget(int64_t limit_bytes) : limit_bytes_(limit_bytes) {}
  ByteBudget(const ByteBudget&) = delete;
  ByteBudget& operator=(const ByteBudget&) = delete;

  /// Gives its bytes back when it is destroyed. The budget must outlive it.
  class Share {
   public:
    Share(ByteBudget* budget, int64_t bytes) : budget_(budget, Return{bytes}) {}

   private:
    struct Return {
      int64_t bytes;
      void operator()(ByteBudget* budget) const { budget->Release(bytes); }
    };
    std::unique_ptr<ByteBudget, Return> budget_;
  };

  /// At once or not at all. More than the whole budget is given while nothing else is out.
  std::optional<Share> TryAcquire(int64_t bytes);

  /// Waits until the bytes are free; nothing if `stop` is requested first. Whoever waits must
  /// not hold a share, else two could wait for each other.
  std::optional<Share> Acquire(int64_t bytes, std::stop_token stop);

 private:
  bool Fits(int64_t bytes) const {
    return used_bytes_ == 0 || used_bytes_ + bytes <= limit_bytes_;
  }
  void Release(int64_t bytes);

  const int64_t limit_bytes_;
  std::mutex mutex_;
  std::condition_variable_any released_;
  int64_t used_bytes_ = 0;
};

}  // namespace assay::engine
