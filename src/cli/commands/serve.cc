// `assay serve`: the platform.

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include "api/serve.h"
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/installation_options.h"
#include "cli/options.h"
#include "cli/serve_config.h"

namespace assay::cli::commands {
namespace {

struct Options {
  std::string config_path;
  std::optional<std::string> data, key_file, listen;  // win over the file
  Verbosity verbosity = Verbosity::kNormal;
};

std::optional<std::string> FromEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

Result<ServeConfig> ReadConfig(const std::string& path) {
  if (path.empty()) return ServeConfig{};
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file)
    return Fail(ErrorKind::kNotFound, fmt::format("cannot read the configuration: {}", path));
  Result<ServeConfig> config = ParseServeConfig(text.str(), FromEnvironment);
  if (!config) return FailWithin(path, config.error());
  return config;
}

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  Console& console = context.console;
  console.SetVerbosity(options.verbosity);
  ASSAY_TRY(ServeConfig config, ReadConfig(options.config_path));
  if (options.data) config.data = *options.data;
  if (options.listen) config.listen = *options.listen;
  if (options.key_file) config.key_file = *options.key_file;
  ASSAY_TRY(api::ServeOptions serve, ToServeOptions(config));
  serve.installation = WithMasterKey(std::move(serve.installation));

  SystemClock clock;
  // A server whose stdout is closed still serves.
  const api::ServeEvents events{
      .on_first_admin =
          [&](const api::FirstAdmin& admin) {
            (void)console.Print(
                fmt::format("Password of the user admin for its first login, shown this once:\n"
                            "{}\nToken of the user admin, shown this once:\n{}\n",
                            admin.password.Reveal(), admin.token.Reveal()));
          },
      .on_started =
          [&](const std::string& url) {
            (void)console.Print(
                fmt::format("Assay is at {}\nIts state is in {}\n", url, config.data));
          },
      .log = [&](const std::string& line) { console.Warn(line); }};
  ASSAY_RETURN_IF_ERROR(api::Serve(serve, clock, events, context.stop));
  // Being stopped is how a server ends well.
  return ExitCode::kOk;
}

/// The keys of the configuration file with their meaning, for --help.
std::string ConfigKeys() {
  std::string keys = "\nKeys of the configuration file:\n";
  const Json schema = ServeConfig::JsonFields().Schema();
  for (const auto& [key, value] : schema["properties"].items()) {
    keys += fmt::format("  {:<25} {}\n", key, value["description"].get<std::string>());
  }
  return keys;
}

}  // namespace

Command serve() {
  return {
      .name = "serve",
      .summary = "Run the server: REST API, workers and queue, until it is stopped.",
      .examples =
          "  assay serve\n"
          "  assay serve --data /var/lib/assay --listen 0.0.0.0:8080\n"
          "  assay serve --config assay.yaml\n" +
          ConfigKeys(),
      .declare = [](CLI::App& app) -> CommandRunner {
        const auto options = std::make_shared<Options>();
        app.add_option("--data", options->data,
                       "Directory of its state, made if missing (./assay-data)")
            ->type_name("DIR");
        app.add_option("--key-file", options->key_file, kKeyFileHelp)->type_name("FILE");
        app.add_option("--listen", options->listen, "Where it answers (127.0.0.1:8080)")
            ->type_name("ADDR:PORT");
        app.add_option(
               "--config", options->config_path,
               "YAML file; unknown keys stop the start, ${NAME} is taken from the environment")
            ->type_name("FILE");
        DeclareQuiet(app, options->verbosity);
        return [options](const CommandContext& context) { return Run(*options, context); };
      }};
}

}  // namespace assay::cli::commands
