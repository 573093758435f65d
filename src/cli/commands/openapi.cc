// `assay openapi`: the description of the REST API.

#include "api/openapi.h"

#include "cli/commands.h"

namespace assay::cli::commands {

Command openapi() {
  return {.name = "openapi",
          .summary = "Print the OpenAPI description of the REST API.",
          .examples = "  assay openapi > openapi.json\n",
          .declare = [](CLI::App&) -> CommandRunner {
            return [](const CommandContext& context) -> Result<ExitCode> {
              ASSAY_RETURN_IF_ERROR(context.console.Print(api::OpenApiDocument()));
              return ExitCode::kOk;
            };
          }};
}

}  // namespace assay::cli::commands
