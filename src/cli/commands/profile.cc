// `assay profile`: statistics of every field.

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/mask_option.h"
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
  sensitive::MaskingPolicy mask;
  std::string json_path, html_path;
  Verbosity verbosity = Verbosity::kNormal;
};

/// Adds a profile with the tags of its fields. Tags that cannot be found cost no more than
/// themselves, unless values are to be masked by them.
Status AddProfile(const Options& options, const CommandContext& context,
                  engine::Session& session, const engine::Dataset& dataset,
                  const engine::DatasetSchema& schema, engine::ContainerProfile profile,
                  report::ProfileReport& report) {
  auto tags =
      sensitive::FindTags(session, dataset, schema, profile.fields, {.stop = context.stop});
  if (!tags && (!options.mask.empty() || tags.error().kind == ErrorKind::kCancelled))
    return std::unexpected(tags.error());
  if (!tags) {
    context.console.Warn(fmt::format("{}: sensitive fields were not looked for: {}",
                                     profile.name, tags.error().message));
  }
  sensitive::Masks masks;
  if (tags) masks.AddTagged(*tags, options.mask);
  masks.Mask(profile);
  report.containers.push_back(std::move(profile));
  report.tags.push_back(std::move(tags).value_or(sensitive::FieldTags()));
  return {};
}

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

  report::ProfileReport report{
      .time = SystemClock().Now(), .containers = {}, .unread = {}, .tags = {}};
  ASSAY_TRY(
      NotRead not_read,
      ProfileAll(options.sources, options.session, options.profile, ContainerOrder::kAsFound,
                 console, context.stop,
                 [&](engine::Session& session, const engine::Dataset& dataset,
                     const engine::DatasetSchema& schema, engine::ContainerProfile profile) {
                   return AddProfile(options, context, session, dataset, schema,
                                     std::move(profile), report);
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
              "  assay profile customers.csv --mask sensitive --html customers.html\n"
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
            DeclareMask(app, options->mask);
            DeclareRowLimit(app, options->profile.max_rows_per_file);
            DeclareEngineOptions(app, options->session);
            DeclareQuiet(app, options->verbosity);
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
