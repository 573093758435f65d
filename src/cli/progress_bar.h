// The line on stderr that shows how far a run is.

#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "base/progress.h"
#include "cli/console.h"

namespace assay::cli {

/// One line for a snapshot, at most `width` cells: what is done, a bar when the total is known,
/// rows and bytes. Without the control codes that draw it.
std::string ProgressLine(const Progress& progress, size_t width);

/// Draws on stderr when it is a terminal, else does nothing. The line is gone after
/// destruction. Thread-safe.
class ProgressBar {
 public:
  explicit ProgressBar(const Console& console);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// For what reports progress; must not outlive the bar. Empty when nothing is drawn.
  ProgressCallback callback();
  /// Draws at once, for steps without a callback of their own.
  void Show(const std::string& stage);

 private:
  void Draw(const Progress& progress);

  const bool is_shown_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point last_drawn_{};  // guarded by mutex_
};

}  // namespace assay::cli
