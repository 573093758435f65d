// `assay token create`: a bearer token for the REST API.

#include <memory>
#include <optional>

#include "api/installation.h"
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/installation_options.h"
#include "cli/options.h"

namespace assay::cli::commands {
namespace {

struct Options {
  api::InstallationOptions installation;
  std::string user, label;
  std::optional<int> days;
};

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  SystemClock clock;
  ASSAY_TRY(const auto installation,
            api::Installation::Open(WithMasterKey(options.installation), clock));
  ASSAY_TRY(const Secret token,
            installation->IssueToken(options.user, options.label, options.days));
  ASSAY_RETURN_IF_ERROR(context.console.Print(token.Reveal() + "\n"));
  return ExitCode::kOk;
}

}  // namespace

Command token_create() {
  return {.name = "token create",
          .summary = "Print a new bearer token of a user; also while the server runs.",
          .examples =
              "  assay token create --data assay-data --user admin --name laptop --days 90\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            DeclareInstallation(app, options->installation);
            app.add_option("--user", options->user, "Whose rights it gives")
                ->required()
                ->type_name("NAME");
            app.add_option("--name", options->label, "What it is for, to find it again")
                ->required()
                ->type_name("LABEL");
            app.add_option("--days", options->days,
                           "How long it is valid; until it is revoked if not given")
                ->check(Quiet(CLI::Range(1, 3650)))
                ->type_name("N");
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
