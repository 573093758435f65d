#include "engine/duckdb/file_pass.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include "engine/duckdb/file_version.h"

namespace assay::engine {
namespace {

/// A Parquet file of at least this size keeps all cores busy by its row groups alone.
constexpr int64_t kParallelFileBytes = int64_t{32} << 20;

size_t WorkersFor(Session& session, const Dataset& dataset, const DatasetSchema& schema) {
  int64_t bytes = 0;
  for (const size_t index : schema.readable) bytes += dataset.files[index].size_bytes;
  const auto files = static_cast<int64_t>(schema.readable.size());
  if (files < 2) return 1;
  if (dataset.format == FileFormat::kParquet && bytes / files >= kParallelFileBytes) return 1;
  const int threads = session.internals().options.threads;
  const auto cores = static_cast<size_t>(
      threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency()));
  return std::min(std::max<size_t>(1, cores), schema.readable.size());
}

/// Adds up how far the files of a pass are, and tells it about ten times a second. Thread-safe.
class PassProgress {
 public:
  PassProgress(const Dataset& dataset, const DatasetSchema& schema, const std::string& stage,
               const ProgressCallback& report)
      : dataset_(dataset), report_(report), bytes_done_(dataset.files.size(), 0) {
    progress_.stage = stage;
    progress_.files_total = static_cast<int64_t>(schema.readable.size());
    for (const size_t index : schema.readable)
      progress_.bytes_total += dataset.files[index].size_bytes;
    if (report_) report_(progress_);
  }

  void Reach(size_t file, double share) {
    const std::lock_guard lock(mutex_);
    const auto size = static_cast<double>(dataset_.files[file].size_bytes);
    SetBytesDone(file, static_cast<int64_t>(share * size));
    Report();
  }
  void Finish(size_t file, int64_t rows) {
    const std::lock_guard lock(mutex_);
    SetBytesDone(file, dataset_.files[file].size_bytes);
    progress_.rows_done += rows;
    if (++progress_.files_done == progress_.files_total) last_report_ = {};
    Report();
  }

 private:
  /// Never back: a file may be read a second time.
  void SetBytesDone(size_t file, int64_t bytes) {
    if (bytes <= bytes_done_[file]) return;
    progress_.bytes_done += bytes - bytes_done_[file];
    bytes_done_[file] = bytes;
  }
  void Report() {
    constexpr std::chrono::milliseconds kBetweenReports(100);
    const auto now = std::chrono::steady_clock::now();
    if (!report_ || now - last_report_ < kBetweenReports) return;
    last_report_ = now;
    report_(progress_);
  }

  const Dataset& dataset_;
  const ProgressCallback& report_;
  std::mutex mutex_;
  Progress progress_;
  std::vector<int64_t> bytes_done_;  // by file
  std::chrono::steady_clock::time_point last_report_;
};

}  // namespace

Result<PassReport> ForEachFile(Session& session, const Dataset& dataset,
                               const DatasetSchema& schema, const std::string& stage,
                               const RunContext& context, const FileWorker& work) {
  std::vector<std::optional<Result<int64_t>>> row_counts(dataset.files.size());
  PassProgress progress(dataset, schema, stage, context.progress);
  session.internals().file_system->SetStop(context.stop);
  std::mutex mutex;
  std::atomic<size_t> next = 0;
  Status added;

  const auto add = [&](const Result<FileWork>& done) -> Result<int64_t> {
    if (!done) return std::unexpected(done.error());
    if (added) added = done->add();
    return done->row_count;
  };
  const auto run = [&] {
    for (size_t i; (i = next.fetch_add(1)) < schema.readable.size();) {
      if (context.stop.stop_requested()) return;
      const size_t index = schema.readable[i];
      const Result<FileWork> done = ReadListedVersion(session, dataset, schema, index, [&] {
        return work(index, [&, index](double share) { progress.Reach(index, share); });
      });
      const std::lock_guard lock(mutex);
      row_counts[index] = add(done);
      if (!added) return;
      progress.Finish(index, row_counts[index]->value_or(0));
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (size_t i = 1; i < WorkersFor(session, dataset, schema); ++i) helpers.emplace_back(run);
    run();
  }
  if (context.stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
  ASSAY_RETURN_IF_ERROR(added);

  PassReport report;
  for (const size_t index : schema.readable) {
    const DataFile& file = dataset.files[index];
    if (row_counts[index]->has_value()) {
      report.read.push_back(index);
      report.files.push_back({.relative_path = file.relative_path,
                              .row_count = row_counts[index]->value(),
                              .size_bytes = file.size_bytes});
    } else {
      report.failures.push_back(
          {.relative_path = file.relative_path, .error = row_counts[index]->error()});
    }
  }
  return report;
}

}  // namespace assay::engine
