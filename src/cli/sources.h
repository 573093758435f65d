// From the URIs of a command line to containers that the engine can read.

#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/options.h"
#include "connectors/connector_type.h"
#include "engine/session.h"
#include "report/report.h"

namespace assay::cli {

/// A container ready to read.
struct Source {
  engine::Dataset dataset;  // named as in reports: with its URI in front if several URIs have
                            // one of that name
  std::vector<std::string> partition_fields;
};

/// What the URIs hold. Connectors must live as long as a session reads from them.
struct Sources {
  std::vector<std::unique_ptr<connectors::Connector>> connectors;
  std::vector<Source> containers;                     // by URI as given, then by name
  std::vector<connectors::FilePlacement> left_out;    // files that are no data
  std::vector<connectors::FilePlacement> placements;  // of all others; only on request
  std::vector<report::Unread> unread;  // URIs and folders that could not be listed
};

/// Lists every URI and groups its files. A URI that cannot be listed, or holds no data, is in
/// `unread` and does not stop the others. Only kCancelled fails.
Result<Sources> FindSources(const SourceOptions& options, connectors::Explain explain,
                            std::stop_token stop);

/// A session that can read all of `sources`.
Result<std::unique_ptr<engine::Session>> OpenSession(const engine::SessionOptions& options,
                                                     const Sources& sources);

}  // namespace assay::cli
