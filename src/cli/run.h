// The command line of the program. Main interface of this module: start here.

#pragma once

namespace assay::cli {

/// Parses the arguments, runs the command and returns the exit code of the process.
int Run(int argc, char** argv);

}  // namespace assay::cli
