#include "cli/run.h"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>
#include <sstream>
#include <vector>

#include "cli/commands.h"
#include "cli/stop_signal.h"

namespace assay::cli {
namespace {

/// --help in our order: what it does, how it is called, options, examples.
class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter() {
    column_width(28);
    label("Positionals", "Arguments");
    label("Subcommands", "Commands");
    label("SUBCOMMAND", "COMMAND");
  }
};

struct Registered {
  CLI::App* app;
  CommandRunner run;
};

/// Declares `command` below `root`, making the parent of a name of two words.
Registered Register(CLI::App& root, const Command& command) {
  CLI::App* parent = &root;
  std::string name = command.name;
  if (const size_t space = name.find(' '); space != std::string::npos) {
    const std::string parent_name = name.substr(0, space);
    name = name.substr(space + 1);
    const auto same_name = root.get_subcommands(
        [&](const CLI::App* app) { return app->get_name() == parent_name; });
    parent = same_name.empty() ? nullptr : same_name.front();
    if (parent == nullptr) {
      parent =
          root.add_subcommand(parent_name, fmt::format("Commands: {} {}", parent_name, name));
      parent->require_subcommand(1);
    }
  }
  CLI::App* app = parent->add_subcommand(name, command.summary);
  app->footer("\nExamples:\n" + command.examples);
  CommandRunner run = command.declare(*app);
  return {.app = app, .run = std::move(run)};
}

/// The exit code for a command line that was not understood, or asked for help.
int EndOfParsing(const CLI::App& root, const CLI::ParseError& error, Console& console) {
  std::ostringstream out, discarded;
  root.exit(error, out, discarded);
  const bool is_help = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
  if (is_help) {
    const Status printed = console.Print(out.str());
    return static_cast<int>(printed ? ExitCode::kOk : ExitCode::kCouldNotRun);
  }
  console.Warn(error.what());
  const auto parsed = root.get_subcommands();
  console.Tell(fmt::format("See: assay {}{}--help",
                           parsed.empty() ? "" : parsed.front()->get_name(),
                           parsed.empty() ? "" : " "));
  return static_cast<int>(ExitCode::kCouldNotRun);
}

ExitCode RunCommand(const CommandRunner& run, Console& console) {
  const StopSignal signal;
  const Result<ExitCode> result = run({.console = console, .stop = signal.token()});
  if (result) return *result;
  if (result.error().kind == ErrorKind::kCancelled || signal.token().stop_requested()) {
    console.Warn("stopped");
    return ExitCode::kStopped;
  }
  console.Warn(result.error().message);
  return ExitCode::kCouldNotRun;
}

}  // namespace

int Run(int argc, char** argv) {
  Console console;
  CLI::App root("Finds, profiles and checks the data in object stores and folders.", "assay");
  root.formatter(std::make_shared<HelpFormatter>());
  root.require_subcommand(1);
  root.set_version_flag("--version", std::string("assay ") + ASSAY_VERSION);

  std::vector<Registered> registered;
  for (const Command& command : AllCommands()) registered.push_back(Register(root, command));
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return EndOfParsing(root, error, console);
  }
  for (const auto& [app, run] : registered) {
    if (app->parsed()) return static_cast<int>(RunCommand(run, console));
  }
  return static_cast<int>(ExitCode::kCouldNotRun);
}

}  // namespace assay::cli
