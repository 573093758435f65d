#include "engine/duckdb/file_pass.h"

#include <algorithm>
#include <atomic>
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

}  // namespace

Result<PassReport> ForEachFile(Session& session, const Dataset& dataset,
                               const DatasetSchema& schema, const std::string& stage,
                               const RunContext& context,
                               const std::function<Result<FileWork>(size_t)>& work) {
  std::vector<std::optional<Result<int64_t>>> row_counts(dataset.files.size());
  Progress progress{.stage = stage,
                    .files_total = static_cast<int64_t>(schema.readable.size())};
  for (const size_t index : schema.readable)
    progress.bytes_total += dataset.files[index].size_bytes;
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
      const Result<FileWork> done =
          ReadListedVersion(session, dataset, schema, index, [&] { return work(index); });
      const std::lock_guard lock(mutex);
      row_counts[index] = add(done);
      if (!added) return;
      ++progress.files_done;
      progress.bytes_done += dataset.files[index].size_bytes;
      progress.rows_done += row_counts[index]->value_or(0);
      if (context.progress) context.progress(progress);
    }
  };
  if (context.progress) context.progress(progress);
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
