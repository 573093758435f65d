#include "cli/stop_signal.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/output_file.h"

namespace assay::cli {
namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

StopSignal::StopSignal() {
  signal(SIGPIPE, SIG_IGN);
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::jthread([this, signals](const std::stop_token& ended) {
    while (true) {
      if (sigwaitinfo(&signals, nullptr) < 0) continue;
      if (ended.stop_requested()) return;
      if (source_.stop_requested()) {
        OutputFile::RemoveAllTemporary();
        _exit(static_cast<int>(ExitCode::kStopped));
      }
      source_.request_stop();
    }
  });
}

StopSignal::~StopSignal() {
  watcher_.request_stop();
  // Wakes the watcher only: the signal is sent to its thread, not to the process.
  pthread_kill(watcher_.native_handle(), SIGTERM);
  watcher_.join();
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

}  // namespace assay::cli
