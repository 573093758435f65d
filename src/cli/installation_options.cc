#include "cli/installation_options.h"

#include <cstdlib>

#include "cli/options.h"

namespace assay::cli {

void DeclareInstallation(CLI::App& app, api::InstallationOptions& options) {
  app.add_option("--data", options.data_directory, "Directory of the server's state")
      ->required()
      ->check(Quiet(CLI::ExistingDirectory))
      ->type_name("DIR");
  app.add_option("--key-file", options.key_file, kKeyFileHelp)->type_name("FILE");
}

api::InstallationOptions WithMasterKey(api::InstallationOptions options) {
  const char* text = std::getenv("ASSAY_MASTER_KEY");
  if (options.key_file.empty() && options.master_key_text.empty() && text != nullptr) {
    options.master_key_text = Secret(text);
  }
  return options;
}

}  // namespace assay::cli
