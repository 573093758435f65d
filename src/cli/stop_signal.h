// Ctrl-C and SIGTERM as a stop request.

#pragma once

#include <stop_token>
#include <thread>

namespace assay::cli {

/// While it lives, the first SIGINT or SIGTERM requests stop; a second one ends the process at
/// once with exit code 130. Must be made before other threads are started, which inherit that
/// they do not take these signals themselves. SIGPIPE is ignored from then on.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread watcher_;
};

}  // namespace assay::cli
