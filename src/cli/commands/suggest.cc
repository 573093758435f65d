// `assay suggest`: inferred checks, as a file to keep in version control.

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/output_file.h"
#include "cli/profiling.h"
#include "infer/suggestion.h"
#include "report/number_format.h"
#include "report/scan_text.h"
#include "rules/check_file.h"

namespace assay::cli::commands {
namespace {

struct Options {
  SourceOptions sources;
  engine::SessionOptions session;
  engine::ProfileOptions profile;
  infer::InferenceOptions inference;
  std::string output_path;  // empty: stdout
  Verbosity verbosity = Verbosity::kNormal;
};

/// With the first example, if it is short.
std::string Evidence(const infer::InferredCheck& check) {
  constexpr size_t kMostBytes = 160;
  std::string text = fmt::format("level {}, fitted on {}, {} of {} held-out rows differ",
                                 check.level, report::FormatCountOf(check.fitted_rows, "row"),
                                 report::FormatCount(check.holdout_exceptions),
                                 report::FormatCount(check.holdout_rows));
  if (check.examples.empty()) return text;
  const std::string example = PrintJson(check.examples.front());
  return example.size() > kMostBytes ? text : text + ", such as " + example;
}

std::string CheckFile(const report::SuggestionReport& report) {
  std::vector<rules::FileCheck> checks;
  for (const auto& container : report.containers) {
    for (const auto& check : container.checks) {
      checks.push_back({.definition = check.definition,
                        .container = container.name,
                        .comment = Evidence(check)});
    }
  }
  return rules::WriteCheckFile(checks);
}

Result<ExitCode> Run(Options options, const CommandContext& context) {
  Console& console = context.console;
  console.SetVerbosity(options.verbosity);
  ASSAY_TRY(OutputFile output,
            OutputFile::Open(options.output_path.empty() ? "-" : options.output_path));
  options.profile.holdout_share = options.inference.holdout_share;
  const Timestamp now = SystemClock().Now();

  report::SuggestionReport report;
  ASSAY_TRY(
      NotRead not_read,
      ProfileAll(
          options.sources, options.session, options.profile, console, context.stop,
          [&](engine::Session& session, const engine::Dataset& dataset,
              const engine::DatasetSchema& schema, engine::ContainerProfile profile) -> Status {
            ASSAY_TRY(std::vector<infer::InferredCheck> checks,
                      infer::Infer(session, dataset, schema, profile, options.inference, now,
                                   {.stop = context.stop, .progress = {}}));
            report.containers.push_back({.name = profile.name,
                                         .record_count = profile.record_count,
                                         .checks = std::move(checks)});
            return {};
          }));
  const ExitCode exit_code = not_read.exit_code();
  report.unread = std::move(not_read.sources);
  ASSAY_RETURN_IF_ERROR(output.Write(CheckFile(report), console));
  if (!options.output_path.empty() && options.output_path != "-") {
    ASSAY_RETURN_IF_ERROR(console.Print(report::PrintSuggestions(report, console.style())));
  }
  return exit_code;
}

}  // namespace

Command suggest() {
  return {.name = "suggest",
          .summary = "Infer checks from the data and write them as a check file.",
          .examples =
              "  assay suggest s3://lake/raw/orders/ -o checks.yaml\n"
              "  assay suggest orders.csv --level 1\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            DeclareSourceOptions(app, options->sources);
            app.add_option("-o,--output", options->output_path,
                           "Write the checks to this file instead of stdout")
                ->type_name("FILE");
            app.add_option("--level", options->inference.level,
                           "How much to infer: 0 nothing, 1 completeness and categories, 2 "
                           "also ranges, patterns and uniqueness, 3 also relations between "
                           "fields, 4 also predictions, 5 also distributions (2)")
                ->check(Quiet(CLI::Range(0, 5)))
                ->type_name("0..5");
            DeclareRowLimit(app, options->profile.max_rows_per_file);
            DeclareEngineOptions(app, options->session);
            DeclareQuiet(app, options->verbosity);
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
