// A command of the program: one .cc in cli/commands/ each, listed in cli/commands.h.

#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "cli/console.h"

namespace assay::cli {

/// What the process ends with.
enum class ExitCode {
  kOk = 0,  // done; all checks hold
  kAnomalies =
      1,  // scan: a check failed; probe: a right is missing; import: something was lost
  kCouldNotRun = 2,  // bad usage, or not all could be read
  kStopped = 130,    // by Ctrl-C or SIGTERM
};

/// What a running command works with.
struct CommandContext {
  Console& console;
  std::stop_token stop;  // requested by Ctrl-C and SIGTERM
};

/// An error becomes a message on stderr and kCouldNotRun (kStopped for kCancelled).
using CommandRunner = std::function<Result<ExitCode>(const CommandContext&)>;

/// Declares itself on a subcommand and gives back what runs once the options are parsed.
struct Command {
  std::string name;      // "profile"; "token create" is a command below "token"
  std::string summary;   // one line
  std::string examples;  // whole lines, shown at the end of --help
  std::function<CommandRunner(CLI::App& app)> declare;
};

}  // namespace assay::cli
