// The profile of all containers of a command line, shared by `profile` and `suggest`.

#pragma once

#include <functional>

#include "cli/command.h"
#include "cli/progress_bar.h"
#include "cli/sources.h"
#include "engine/profile.h"

namespace assay::cli {

/// What a command could not read of what it was given.
struct NotRead {
  std::vector<report::Unread> sources;  // URIs, folders, containers
  size_t file_count = 0;                // of containers that could otherwise be read

  /// kCouldNotRun if there is anything: a command must not look as if it had seen all.
  ExitCode exit_code() const {
    return sources.empty() && file_count == 0 ? ExitCode::kOk : ExitCode::kCouldNotRun;
  }
};

/// Called with each profile as it is ready; may use the session for more.
using ProfileVisitor = std::function<Status(
    engine::Session& session, const engine::Dataset& dataset,
    const engine::DatasetSchema& schema, engine::ContainerProfile profile)>;

/// In which order containers are profiled.
enum class ContainerOrder { kAsFound, kSmallFirst };

/// Profiles one container after the other. What cannot be read is told on stderr, returned, and
/// does not stop the others. Fails with kCancelled, or when the engine cannot be opened, or
/// with the error of `unread` if there was only one thing to read, kNotFound if there were
/// several and nothing could be read.
Result<NotRead> ProfileAll(const SourceOptions& sources, const engine::SessionOptions& session,
                           const engine::ProfileOptions& profile, ContainerOrder order,
                           Console& console, std::stop_token stop, const ProfileVisitor& visit);

/// One line on stderr for each.
void WarnOfUnread(const std::vector<report::Unread>& unread, Console& console);
void WarnOfFiles(const std::string& container, const std::vector<engine::FileFailure>& failures,
                 Console& console);
void WarnOfRemarks(const std::string& container, const std::vector<engine::FileRemark>& remarks,
                   Console& console);

/// The error to end with when nothing could be read: the one there is, or how many there are.
Error NothingRead(const std::vector<report::Unread>& unread);

}  // namespace assay::cli
