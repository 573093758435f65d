#include "engine/duckdb/file_pass.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <atomic>
#include <optional>
#include <thread>

#include "engine/duckdb/encoding_detection.h"
#include "engine/duckdb/session_internals.h"

namespace assay::engine {
namespace {

/// A Parquet file of at least this size keeps all cores busy by its row groups alone.
constexpr int64_t kParallelFileBytes = int64_t{32} << 20;

bool IsRemote(const DataFile& file) {
  return file.uri.starts_with("s3://");
}

/// For local files: whether the file is still the one that was listed. Remote ones are pinned
/// by ETag.
Status CheckUnchanged(const DataFile& file) {
  if (IsRemote(file)) return {};
  struct stat facts{};
  if (stat(file.uri.c_str(), &facts) != 0) {
    return Fail(ErrorKind::kNotFound,
                "the file was deleted after it was listed; sync and run again");
  }
  const auto modified = Timestamp(std::chrono::seconds(facts.st_mtim.tv_sec) +
                                  std::chrono::microseconds(facts.st_mtim.tv_nsec / 1000));
  const bool same_time = file.last_modified == Timestamp{} || modified == file.last_modified;
  if (facts.st_size != file.size_bytes || !same_time) {
    return Fail(ErrorKind::kConflict,
                "the file was replaced after it was listed; sync and run again");
  }
  return {};
}

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
                               const std::function<Result<int64_t>(size_t)>& work) {
  std::vector<std::optional<Result<int64_t>>> outcomes(dataset.files.size());
  Progress progress{.stage = stage,
                    .files_total = static_cast<int64_t>(schema.readable.size())};
  for (const size_t index : schema.readable)
    progress.bytes_total += dataset.files[index].size_bytes;
  std::mutex mutex;
  std::atomic<size_t> next = 0;

  const auto process = [&](size_t index) -> Result<int64_t> {
    const DataFile& file = dataset.files[index];
    ObjectStoreFileSystem& file_system = *session.internals().file_system;
    if (IsRemote(file)) file_system.Pin(file.uri, file.etag, file.size_bytes);
    ASSAY_RETURN_IF_ERROR(CheckUnchanged(file));
    Result<int64_t> rows = ReadEscapingFaults(session, dataset, *schema.encodings, index,
                                              [&] { return work(index); });
    const std::optional<Error> cause =
        IsRemote(file) ? file_system.TakeError(file.uri) : std::nullopt;
    if (!rows && rows.error().kind != ErrorKind::kCancelled && cause)
      return std::unexpected(*cause);
    // A file that changed under the reader may look corrupt: the change is what to report.
    if (Status unchanged = CheckUnchanged(file); !unchanged)
      return std::unexpected(unchanged.error());
    return rows;
  };
  const auto run = [&] {
    for (size_t i; (i = next.fetch_add(1)) < schema.readable.size();) {
      if (context.stop.stop_requested()) return;
      const size_t index = schema.readable[i];
      outcomes[index] = process(index);
      const std::lock_guard lock(mutex);
      ++progress.files_done;
      progress.bytes_done += dataset.files[index].size_bytes;
      progress.rows_done += outcomes[index]->value_or(0);
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

  PassReport report;
  for (const size_t index : schema.readable) {
    const DataFile& file = dataset.files[index];
    if (outcomes[index]->has_value()) {
      report.read.push_back(index);
      report.files.push_back({.relative_path = file.relative_path,
                              .row_count = outcomes[index]->value(),
                              .size_bytes = file.size_bytes});
    } else {
      report.failures.push_back(
          {.relative_path = file.relative_path, .error = outcomes[index]->error()});
    }
  }
  return report;
}

}  // namespace assay::engine
