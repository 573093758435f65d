// Commits that are remembered beside the tables, for runs that have no store of their own:
// those of the command line. While its files are made visible a run has the file
//
//   <root>/<prefix>/_commits/op-<id>.pending.json
//
// with the EnrichmentCommit as JSON. Whoever finds it completes the run: the process that wrote
// it may be dead or alive, since publishing by several processes at once changes nothing.

#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "operations/enrichment.h"

namespace assay::operations {

/// Publishes a run of the place's prefix such that PublishPending completes it if this process
/// dies or fails. An error tells whether that is to be waited for, or nothing will be visible.
/// Not stoppable.
Status PublishWithPending(connectors::ResultWriter& writer, const std::string& prefix,
                          const EnrichmentCommit& commit);

struct PendingCommits {
  std::vector<EnrichmentCommit> left;  // could not be completed
  std::vector<std::string> warnings;   // one for each of these
};

/// Completes every pending run of the prefix. The stop token only keeps the next from being
/// begun. Fails when what is pending cannot be found out; then nothing staged may be discarded.
Result<PendingCommits> PublishPending(connectors::ResultWriter& writer,
                                      const std::string& prefix, std::stop_token stop);

}  // namespace assay::operations
