#include "cli/profiling.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::cli {
namespace {

/// Failures of reading the schema come before those of reading the rows, each file once.
void AddSchemaFailures(engine::ContainerProfile& profile, const engine::DatasetSchema& schema) {
  std::vector<engine::FileFailure> failures;
  for (const auto& failure : schema.failures) {
    const bool is_known =
        std::ranges::any_of(profile.failures, [&](const engine::FileFailure& other) {
          return other.relative_path == failure.relative_path;
        });
    if (!is_known) failures.push_back(failure);
  }
  profile.failures.insert(profile.failures.begin(), failures.begin(), failures.end());
}

int64_t SizeOf(const Source& source) {
  int64_t bytes = 0;
  for (const engine::DataFile& file : source.dataset.files) bytes += file.size_bytes;
  return bytes;
}

}  // namespace

void WarnOfUnread(const std::vector<report::Unread>& unread, Console& console) {
  for (const auto& source : unread)
    console.Warn(fmt::format("{}: {}", source.name, source.error.message));
}

void WarnOfFiles(const std::string& container, const std::vector<engine::FileFailure>& failures,
                 Console& console) {
  constexpr size_t kMostLines = 20;
  for (size_t i = 0; i < failures.size() && i < kMostLines; ++i) {
    console.Warn(fmt::format("{}: {} was left out: {}", container, failures[i].relative_path,
                             failures[i].error.message));
  }
  if (failures.size() > kMostLines) {
    console.Warn(fmt::format("{}: {} more files were left out", container,
                             failures.size() - kMostLines));
  }
}

void WarnOfRemarks(const std::string& container, const std::vector<engine::FileRemark>& remarks,
                   Console& console) {
  for (const engine::FileRemark& remark : remarks)
    console.Warn(fmt::format("{}: {}: {}", container, remark.relative_path, remark.text));
}

Error NothingRead(const std::vector<report::Unread>& unread) {
  if (unread.size() == 1) {
    return {unread.front().error.kind,
            fmt::format("{}: {}", unread.front().name, unread.front().error.message)};
  }
  return {ErrorKind::kNotFound, "nothing could be read"};
}

Result<NotRead> ProfileAll(const SourceOptions& source_options,
                           const engine::SessionOptions& session_options,
                           const engine::ProfileOptions& profile_options, ContainerOrder order,
                           Console& console, std::stop_token stop,
                           const ProfileVisitor& visit) {
  ProgressBar bar(console);
  bar.Show("listing");
  ASSAY_TRY(Sources sources, FindSources(source_options, connectors::Explain::kNo, stop));
  if (order == ContainerOrder::kSmallFirst)
    std::ranges::stable_sort(sources.containers, {}, SizeOf);
  NotRead not_read{.sources = std::move(sources.unread)};
  std::vector<report::Unread>& unread = not_read.sources;
  size_t visited = 0;
  if (!sources.containers.empty()) {
    ASSAY_TRY(const std::unique_ptr<engine::Session> session,
              OpenSession(session_options, sources));
    for (const auto& source : sources.containers) {
      const engine::RunContext context{.stop = stop, .progress = bar.callback()};
      bar.Show(source.dataset.name);
      const auto run = [&]() -> Status {
        ASSAY_TRY(const engine::DatasetSchema schema,
                  engine::ReadSchema(*session, source.dataset, context));
        ASSAY_TRY(engine::ContainerProfile profile,
                  engine::Profile(*session, source.dataset, schema, profile_options, context));
        AddSchemaFailures(profile, schema);
        WarnOfFiles(profile.name, profile.failures, console);
        WarnOfRemarks(profile.name, schema.remarks, console);
        not_read.file_count += profile.failures.size();
        return visit(*session, source.dataset, schema, std::move(profile));
      };
      const Status status = run();
      if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
      if (status) {
        ++visited;
      } else {
        unread.push_back({.name = source.dataset.name, .error = status.error()});
      }
    }
  }
  if (visited == 0 && unread.size() == 1) return std::unexpected(NothingRead(unread));
  WarnOfUnread(unread, console);
  if (visited == 0) return std::unexpected(NothingRead(unread));
  return not_read;
}

}  // namespace assay::cli
