// Temporary keys that are fetched again before they expire.

#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "auth/aws_credentials.h"
#include "base/clock.h"
#include "base/result.h"

namespace assay::auth {

/// Hands out keys for as long as anybody asks. Thread-safe.
///
/// Invariants:
/// 1. One fetch at a time, on a thread of its own, however many ask.
/// 2. Keys are fetched again when a third of their life is left, five minutes at most; until
/// the
///    new ones are there, and if the fetch fails, the old ones are handed out.
/// 3. Keys in the last tenth of their life, ten seconds at most, are handed out no more: a
///    request signed with them might arrive too late. Who asks then waits for the fetch.
/// 4. After a failed fetch the next one starts no earlier than a second later; with keys still
///    good, a tenth of what is left of them. Who asks in between without good keys gets the
///    failure.
class RenewedKeys : public std::enable_shared_from_this<RenewedKeys> {
 public:
  using Fetch = std::function<Result<AwsKeys>(std::stop_token)>;
  using Receive = std::function<void(const Result<AwsKeys>&)>;

  /// `clock` must outlive it. Held by a shared_ptr only.
  RenewedKeys(Fetch fetch, Clock& clock) : fetch_(std::move(fetch)), clock_(clock) {}

  /// Calls `receive` once, at once or from the fetching thread. Does not block.
  void Get(Receive receive);

  /// The last fetch's failure; nothing after a success and before the first.
  std::optional<Error> failure() const;

  /// Cancels a fetch under way and returns when it is over; those who wait for it and who ask
  /// later get kCancelled. Not from `receive`.
  void Stop();

 private:
  Status StartFetch();  // with mutex_ held
  void RunFetch();
  void Keep(const Result<AwsKeys>& fetched, Timestamp started);  // with mutex_ held

  const Fetch fetch_;
  Clock& clock_;
  std::stop_source stop_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_:
  bool is_fetching_ = false;
  int threads_ = 0;  // that fetch, or tell what was fetched
  std::optional<AwsKeys> keys_;
  Timestamp renew_at_{};         // invariant 2
  Timestamp good_until_{};       // invariant 3
  Timestamp no_fetch_before_{};  // invariant 4
  std::optional<Error> failure_;
  std::vector<Receive> waiting_;
};

}  // namespace assay::auth
