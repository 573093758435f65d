// `assay version`: what this program is.

#include "cli/commands.h"

namespace assay::cli::commands {

Command version() {
  return {.name = "version",
          .summary = "Print the version.",
          .examples = "  assay version\n",
          .declare = [](CLI::App&) -> CommandRunner {
            return [](const CommandContext& context) -> Result<ExitCode> {
              ASSAY_RETURN_IF_ERROR(context.console.Print("assay " ASSAY_VERSION "\n"));
              return ExitCode::kOk;
            };
          }};
}

}  // namespace assay::cli::commands
