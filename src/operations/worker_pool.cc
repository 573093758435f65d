#include "operations/worker_pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "base/id.h"

namespace assay::operations {

/// One operation that a worker of this process runs.
struct WorkerPool::Run {
  Run(store::Operation operation, store::Database& database, Timestamp now)
      : id(operation.id), context(std::move(operation), database, now, stop.get_token()) {}

  const int64_t id;
  std::stop_source stop;
  JobContext context;
  std::atomic<bool> abort_requested = false;  // why `stop` was asked for, if it was
};

WorkerPool::WorkerPool(store::Database& database, Clock& clock, std::vector<JobKind> kinds,
                       WorkerPoolOptions options)
    : database_(database),
      clock_(clock),
      kinds_(std::move(kinds)),
      options_(options),
      worker_(NewUuid()) {
  for (const JobKind& kind : kinds_) types_.push_back(kind.type);
}

WorkerPool::~WorkerPool() {
  Stop();
}

Status WorkerPool::Start() {
  std::vector<std::string> resumable;
  for (const JobKind& kind : kinds_) {
    if (kind.after_restart == AfterRestart::kRunAgain) resumable.push_back(kind.type);
  }
  const Timestamp now = clock_.Now();
  // No other process shares the store's directory, so whatever another worker left running is
  // dead however young its last beat.
  ASSAY_RETURN_IF_ERROR(store::Queue(database_).Recover(worker_, Timestamp::max(), resumable,
                                                        options_.max_restarts, now));
  for (int i = 0; i < std::max(1, options_.workers); ++i) {
    threads_.emplace_back([this](std::stop_token stop) { Work(std::move(stop)); });
  }
  beating_ = std::jthread([this](std::stop_token stop) { Beat(std::move(stop)); });
  return {};
}

void WorkerPool::Wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_all();
}

void WorkerPool::Stop() {
  for (std::jthread& thread : threads_) thread.request_stop();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const auto& [id, run] : runs_) run->stop.request_stop();
  }
  changed_.notify_all();
  // Beats go on until the last job has ended: its progress still counts.
  threads_.clear();
  beating_ = std::jthread();
  WriteEndsLeft();
}

void WorkerPool::Work(std::stop_token stop) {
  uint64_t seen = 0;
  while (!stop.stop_requested()) {
    {
      const std::lock_guard lock(mutex_);
      seen = wakes_;
    }
    auto claimed = store::Queue(database_).Claim(worker_, types_, clock_.Now());
    if (claimed && *claimed) {
      Perform(**std::move(claimed));
      // The next of the same datastore may run now, on any worker.
      Wake();
      continue;
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, options_.poll, [&] { return wakes_ != seen; });
  }
}

void WorkerPool::Perform(store::Operation operation) {
  const auto kind = std::ranges::find(kinds_, operation.type, &JobKind::type);
  const auto run = std::make_shared<Run>(std::move(operation), database_, clock_.Now());
  {
    const std::lock_guard lock(mutex_);
    runs_.emplace(run->id, run);
    if (stopping_) run->stop.request_stop();
  }
  const Result<JobOutcome> outcome = Call(*kind, run->context);
  {
    const std::lock_guard lock(mutex_);
    runs_.erase(run->id);
  }
  Settle(*run, outcome);
}

Result<JobOutcome> WorkerPool::Call(const JobKind& kind, JobContext& context) const {
  try {
    return kind.run(context);
  } catch (const std::exception& error) {
    return Fail(ErrorKind::kInternal, fmt::format("the operation broke off: {}", error.what()));
  } catch (...) {
    return Fail(ErrorKind::kInternal, "the operation broke off");
  }
}

void WorkerPool::Settle(Run& run, const Result<JobOutcome>& outcome) {
  store::Queue queue(database_);
  store::Queue::Ending ending;
  ending.counters = run.context.counters();
  if (outcome) {
    ending.state = store::OperationState::kSuccess;
    if (!outcome->message.empty()) ending.message = outcome->message;
    ending.warnings = outcome->warnings;
  } else if (run.abort_requested) {
    ending.state = store::OperationState::kAborted;
  } else if (run.stop.stop_requested()) {
    // The pool is stopping, which may show as any error. If even this cannot be written, the
    // next start finds the operation running for a dead worker.
    (void)queue.Release(run.id, worker_);
    return;
  } else {
    ending.state = store::OperationState::kFailure;
    ending.message = outcome.error().message;
  }
  UnwrittenEnd end{.id = run.id, .ending = std::move(ending), .time = clock_.Now()};
  const Status status = queue.Finish(end.id, worker_, end.ending, end.time);
  if (status || status.error().kind == ErrorKind::kConflict) return;
  options_.log(
      fmt::format("the end of operation {} cannot be written, and no other of its datastore "
                  "runs until it is: {}",
                  end.id, status.error().message));
  const std::lock_guard lock(mutex_);
  unwritten_.push_back(std::move(end));
}

void WorkerPool::WriteEndsLeft() {
  std::vector<UnwrittenEnd> ends;
  {
    const std::lock_guard lock(mutex_);
    ends.swap(unwritten_);
  }
  for (UnwrittenEnd& end : ends) {
    const Status status = store::Queue(database_).Finish(end.id, worker_, end.ending, end.time);
    if (status) {
      options_.log(fmt::format("the end of operation {} is written now", end.id));
      Wake();
    } else if (status.error().kind != ErrorKind::kConflict) {
      const std::lock_guard lock(mutex_);
      unwritten_.push_back(std::move(end));
    }
  }
}

void WorkerPool::Beat(std::stop_token stop) {
  while (!stop.stop_requested()) {
    std::vector<std::shared_ptr<Run>> runs;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, stop, options_.beat, [] { return false; });
      for (const auto& [id, run] : runs_) runs.push_back(run);
    }
    WriteEndsLeft();
    for (const auto& run : runs) {
      const auto abort =
          store::Queue(database_).Beat(run->id, worker_, run->context.counters(), clock_.Now());
      if (abort && *abort) {
        run->abort_requested = true;
        run->stop.request_stop();
      } else if (!abort && abort.error().kind == ErrorKind::kConflict) {
        // It ended meanwhile, or was deleted or taken away: then its work is in vain.
        run->stop.request_stop();
      }
    }
  }
}

}  // namespace assay::operations
