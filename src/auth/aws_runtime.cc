#include "auth/aws_runtime.h"

#include <aws/auth/auth.h>
#include <aws/common/error.h>

#include <fmt/format.h>

#include <latch>
#include <mutex>
#include <vector>

namespace assay::auth {
namespace {

struct Arrival {
  aws_task task{};
  std::latch* all = nullptr;
};

void WaitForOneTaskPerLoop(aws_event_loop_group* loops) {
  const size_t count = aws_event_loop_group_get_loop_count(loops);
  std::latch all(static_cast<std::ptrdiff_t>(count));
  std::vector<Arrival> arrivals(count);
  for (size_t i = 0; i < count; ++i) {
    arrivals[i].all = &all;
    aws_task_init(
        &arrivals[i].task,
        [](aws_task*, void* arrival, aws_task_status) {
          static_cast<Arrival*>(arrival)->all->count_down();
        },
        &arrivals[i], "assay_drain");
    aws_event_loop_schedule_task_now_serialized(aws_event_loop_group_get_loop_at(loops, i),
                                                &arrivals[i].task);
  }
  all.wait();
}

}  // namespace

void InitialiseAwsLibraries() {
  static std::once_flag once;
  std::call_once(once, [] { aws_auth_library_init(aws_default_allocator()); });
}

Result<AwsRuntime*> AwsRuntime::Get() {
  static std::mutex mutex;
  static AwsRuntime* runtime = nullptr;
  const std::lock_guard lock(mutex);
  if (runtime != nullptr) return runtime;

  AwsRuntime started;
  started.allocator_ = aws_default_allocator();
  InitialiseAwsLibraries();
  started.event_loops_ = aws_event_loop_group_new_default(started.allocator_, 0, nullptr);
  if (started.event_loops_ != nullptr) {
    aws_host_resolver_default_options resolver_options{};
    resolver_options.el_group = started.event_loops_;
    resolver_options.max_entries = 64;
    started.resolver_ = aws_host_resolver_new_default(started.allocator_, &resolver_options);
  }
  if (started.resolver_ != nullptr) {
    aws_client_bootstrap_options bootstrap_options{};
    bootstrap_options.event_loop_group = started.event_loops_;
    bootstrap_options.host_resolver = started.resolver_;
    started.bootstrap_ = aws_client_bootstrap_new(started.allocator_, &bootstrap_options);
  }
  if (started.bootstrap_ == nullptr) {
    const std::string reason = aws_error_str(aws_last_error());
    aws_host_resolver_release(started.resolver_);
    aws_event_loop_group_release(started.event_loops_);
    return Fail(
        ErrorKind::kResourceLimit,
        fmt::format("cannot start the threads for object-store transfers; check the limits "
                    "on threads and open files: {}",
                    reason));
  }
  runtime = new AwsRuntime(started);
  return runtime;
}

void AwsRuntime::DrainEventLoops() const {
  // A task for a connection goes through its channel, which may put it on the loop a second
  // time.
  for (int hop = 0; hop < 3; ++hop) WaitForOneTaskPerLoop(event_loops_);
}

}  // namespace assay::auth
