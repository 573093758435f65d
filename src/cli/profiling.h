// The profile of all containers of a command line, shared by `profile` and `suggest`.

#pragma once

#include <functional>

#include "cli/progress_bar.h"
#include "cli/sources.h"
#include "engine/profile.h"

namespace assay::cli {

/// Called with each profile as it is ready; may use the session for more.
using ProfileVisitor = std::function<Status(
    engine::Session& session, const engine::Dataset& dataset,
    const engine::DatasetSchema& schema, engine::ContainerProfile profile)>;

/// Profiles one container after the other. What cannot be read is told on stderr and returned;
/// it does not stop the others. Fails with kCancelled, or when the engine cannot be opened, or
/// with the error of `unread` if there was only one thing to read, kNotFound if there were
/// several and nothing could be read.
Result<std::vector<report::Unread>> ProfileAll(const SourceOptions& sources,
                                               const engine::SessionOptions& session,
                                               const engine::ProfileOptions& profile,
                                               Console& console, std::stop_token stop,
                                               const ProfileVisitor& visit);

/// One line on stderr for each.
void WarnOfUnread(const std::vector<report::Unread>& unread, Console& console);
void WarnOfFiles(const std::string& container, const std::vector<engine::FileFailure>& failures,
                 Console& console);

/// The error to end with when nothing could be read: the one there is, or how many there are.
Error NothingRead(const std::vector<report::Unread>& unread);

}  // namespace assay::cli
