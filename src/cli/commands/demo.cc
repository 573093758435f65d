// `assay demo`: the whole cycle on sample data with known errors.

#include <iostream>
#include <memory>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress_bar.h"
#include "demo/demo.h"

namespace assay::cli::commands {
namespace {

struct Options {
  demo::DemoOptions demo;
  Verbosity verbosity = Verbosity::kNormal;
};

Result<ExitCode> Run(Options options, const CommandContext& context) {
  context.console.SetVerbosity(options.verbosity);
  options.demo.now = SystemClock().Now();
  ProgressBar bar(context.console);
  ASSAY_TRY(const demo::DemoOutcome outcome,
            demo::RunDemo(options.demo, std::cout,
                          {.stop = context.stop, .progress = bar.callback()}));
  if (!std::cout.flush()) return Fail(ErrorKind::kUnavailable, "cannot write to stdout");
  return outcome.has_met_targets() ? ExitCode::kOk : ExitCode::kAnomalies;
}

}  // namespace

Command demo() {
  return {.name = "demo",
          .summary = "Make sample data with known errors and run the whole cycle on it.",
          .examples =
              "  assay demo\n"
              "  assay demo --dir /tmp/assay-demo --seed 7\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            app.add_option("--dir", options->demo.directory,
                           "Where data, checks and results are put; an earlier demo there is "
                           "replaced (assay-demo)")
                ->type_name("DIR");
            app.add_option("--seed", options->demo.seed, "Another seed gives other data (2025)")
                ->type_name("N");
            app.add_option("--scale", options->demo.scale,
                           "How many times the usual number of rows (1)")
                ->check(Quiet(CLI::Range(0.01, 1000.0)))
                ->type_name("FACTOR");
            // Nothing to set: it is a promise to scripts, which a demo that goes on would keep.
            app.add_flag_callback(
                "--once", [] {},
                "Run one cycle and end, as a demo does without it too: for scripts that rely "
                "on the end");
            DeclareQuiet(app, options->verbosity);
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
