// `assay key rotate`: another master key for the secrets of a server.

#include <fmt/format.h>

#include <memory>

#include "api/installation.h"
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/installation_options.h"
#include "cli/options.h"

namespace assay::cli::commands {
namespace {

struct Options {
  api::InstallationOptions installation;
  std::string new_key_file;
};

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  SystemClock clock;
  const api::InstallationOptions installation = WithMasterKey(options.installation);
  ASSAY_TRY(const int64_t secrets, api::RotateKey(installation, options.new_key_file, clock));
  std::string text = fmt::format("{} secrets are now encrypted under the new key.\n", secrets);
  if (!installation.master_key_text.empty()) {
    text += "Set ASSAY_MASTER_KEY to it before the server starts again.\n";
  }
  ASSAY_RETURN_IF_ERROR(context.console.Print(text));
  return ExitCode::kOk;
}

}  // namespace

Command key_rotate() {
  return {.name = "key rotate",
          .summary = "Encrypt a server's secrets under another master key; tokens stay valid.",
          .examples =
              "  assay key rotate --data assay-data\n"
              "  assay key rotate --data assay-data --key-file /etc/assay/key --new-key-file "
              "new.key\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            DeclareInstallation(app, options->installation);
            app.add_option(
                   "--new-key-file", options->new_key_file,
                   "Where the new key is, as 64 hexadecimal digits; a random one if not "
                   "given")
                ->type_name("FILE");
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
