// The folder that the demo works in.

#pragma once

#include <string>

#include "base/result.h"

namespace assay::demo {

/// Paths below the demo's directory.
struct Workspace {
  std::string data;        // sample data
  std::string checks;      // authored checks
  std::string suggested;   // inferred checks
  std::string injected;    // list of injected cells
  std::string enrichment;  // root of the results
};

/// Makes the directory, or clears what an earlier demo left in it. A marker file tells that it
/// is the demo's: kConflict for a directory with other content, which is left alone;
/// kUnavailable when it cannot be made.
Result<Workspace> PrepareWorkspace(const std::string& directory);

}  // namespace assay::demo
