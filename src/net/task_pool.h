// A fixed number of threads that run tasks in the order they came, with a bounded queue.

#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace assay::net {

/// Thread-safe. Tasks must not throw.
class TaskPool {
 public:
  /// `threads` and `max_queued` are at least 1.
  TaskPool(size_t threads, size_t max_queued);
  ~TaskPool() { Stop(); }
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  /// False, without running it, when the queue is full or the pool was stopped.
  [[nodiscard]] bool TryRun(std::function<void()> task);

  /// Runs what is queued, then joins the threads. Not from a task. Stopping twice does nothing.
  void Stop();

 private:
  void Work();

  const size_t max_queued_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;  // guarded by mutex_
  bool is_stopping_ = false;                 // guarded by mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace assay::net
