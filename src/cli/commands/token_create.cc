// `assay token create`: a bearer token for the REST API.

#include <cstdlib>
#include <memory>
#include <optional>

#include "api/installation.h"
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/options.h"

namespace assay::cli::commands {
namespace {

struct Options {
  std::string data = "assay-data";
  std::string user, label;
  std::optional<int> days;
};

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  const char* key = std::getenv("ASSAY_MASTER_KEY");
  SystemClock clock;
  ASSAY_TRY(const auto installation,
            api::Installation::Open({.data_directory = options.data,
                                     .master_key_text = Secret(key == nullptr ? "" : key)},
                                    clock));
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
            app.add_option("--data", options->data, "Directory of the server's state")
                ->required()
                ->check(Quiet(CLI::ExistingDirectory))
                ->type_name("DIR");
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
