// `assay profile`: statistics of every field.

#include <memory>
#include <optional>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/output_file.h"
#include "cli/profiling.h"
#include "report/html/profile_page.h"
#include "report/profile_text.h"
#include "report/report_json.h"

namespace assay::cli::commands {
namespace {

struct Options {
  SourceOptions sources;
  engine::SessionOptions session;
  engine::ProfileOptions profile;
  std::string json_path, html_path;
  Verbosity verbosity = Verbosity::kNormal;
};

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  Console& console = context.console;
  console.SetVerbosity(options.verbosity);
  std::optional<OutputFile> json, html;
  if (!options.json_path.empty()) {
    ASSAY_TRY(json, OutputFile::Open(options.json_path));
  }
  if (!options.html_path.empty()) {
    ASSAY_TRY(html, OutputFile::Open(options.html_path));
  }

  report::ProfileReport report{.time = SystemClock().Now(), .containers = {}, .unread = {}};
  ASSAY_TRY(
      NotRead not_read,
      ProfileAll(options.sources, options.session, options.profile, console, context.stop,
                 [&](engine::Session&, const engine::Dataset&, const engine::DatasetSchema&,
                     engine::ContainerProfile profile) -> Status {
                   report.containers.push_back(std::move(profile));
                   return {};
                 }));
  const ExitCode exit_code = not_read.exit_code();
  report.unread = std::move(not_read.sources);
  if (options.json_path != "-" && options.html_path != "-") {
    ASSAY_RETURN_IF_ERROR(console.Print(report::PrintProfiles(report, console.style())));
  }
  if (json)
    ASSAY_RETURN_IF_ERROR(
        json->Write(PrintJsonIndented(report::ProfileReportJson(report)) + "\n", console));
  if (html) ASSAY_RETURN_IF_ERROR(html->Write(report::ProfilePage(report), console));
  return exit_code;
}

}  // namespace

Command profile() {
  return {.name = "profile",
          .summary =
              "Show statistics of every field. Exit code 2 when not everything could be read.",
          .examples =
              "  assay profile s3://lake/raw/orders/\n"
              "  assay profile orders.csv --html orders.html\n"
              "  assay profile data/ --json - | jq '.containers[].fields[] | {name, "
              "completeness}'\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            DeclareSourceOptions(app, options->sources);
            app.add_option("--json", options->json_path,
                           "Write everything as JSON ('-': stdout)")
                ->type_name("FILE|-");
            app.add_option("--html", options->html_path, "Write a page to show to others")
                ->type_name("FILE");
            DeclareRowLimit(app, options->profile.max_rows_per_file);
            DeclareEngineOptions(app, options->session);
            DeclareQuiet(app, options->verbosity);
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
