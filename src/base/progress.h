// How long work tells those who wait for it how far it is.

#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace assay {

/// A snapshot of a running piece of work. Totals are 0 while they are unknown.
struct Progress {
  std::string stage;  // "listing", "profiling orders_*.csv"
  int64_t bytes_done = 0;
  int64_t bytes_total = 0;
  int64_t rows_done = 0;
  int64_t files_done = 0;
  int64_t files_total = 0;
};

/// Called from any worker thread, at most about ten times a second; must return quickly.
using ProgressCallback = std::function<void(const Progress&)>;

}  // namespace assay
