// `assay suggest`: inferred checks, as a file to keep in version control.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/output_file.h"
#include "cli/profiling.h"
#include "infer/references.h"
#include "infer/suggestion.h"
#include "operations/reference_inference.h"
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

/// Which fields refer to keys of what was read before.
class ReferenceSearch {
 public:
  explicit ReferenceSearch(std::stop_token stop) : stop_(std::move(stop)) {}

  /// Adds the references of a container to `checks`, and remembers its keys.
  Status Search(engine::Session& session, const engine::Dataset& dataset,
                const engine::DatasetSchema& schema, const engine::ContainerProfile& profile,
                Timestamp now, std::vector<infer::InferredCheck>& checks) {
    const auto id = static_cast<int64_t>(known_.size());
    known_.push_back({.id = id, .name = dataset.name, .keys = infer::KeysOf(profile.fields)});
    datasets_[dataset.name] = dataset;
    ASSAY_TRY(auto references,
              operations::TestReferences(
                  session,
                  {.dataset = dataset,
                   .schema = schema,
                   .candidates = infer::FindReferences(profile.fields, id, known_),
                   .named_by = operations::NamedBy::kName},
                  [&](const rules::ContainerReference& reference) {
                    return Open(session, *reference.ref_container_name);
                  },
                  now, {.stop = stop_, .progress = {}}));
    std::ranges::move(references, std::back_inserter(checks));
    return {};
  }

 private:
  Result<operations::OpenedReference> Open(engine::Session& session, const std::string& name) {
    const engine::Dataset& dataset = datasets_.at(name);
    ASSAY_TRY(engine::DatasetSchema schema, engine::ReadSchema(session, dataset, {stop_, {}}));
    return operations::OpenedReference{
        .name = name, .dataset = dataset, .schema = std::move(schema)};
  }

  const std::stop_token stop_;
  std::vector<infer::KnownContainer> known_;
  std::map<std::string, engine::Dataset> datasets_;  // by name
};

Result<ExitCode> Run(Options options, const CommandContext& context) {
  Console& console = context.console;
  console.SetVerbosity(options.verbosity);
  ASSAY_TRY(OutputFile output,
            OutputFile::Open(options.output_path.empty() ? "-" : options.output_path));
  options.profile.holdout_share = options.inference.holdout_share;
  const Timestamp now = SystemClock().Now();

  report::SuggestionReport report;
  ReferenceSearch references(context.stop);
  ASSAY_TRY(
      NotRead not_read,
      ProfileAll(
          options.sources, options.session, options.profile, ContainerOrder::kSmallFirst,
          console, context.stop,
          [&](engine::Session& session, const engine::Dataset& dataset,
              const engine::DatasetSchema& schema, engine::ContainerProfile profile) -> Status {
            ASSAY_TRY(std::vector<infer::InferredCheck> checks,
                      infer::Infer(session, dataset, schema, profile, options.inference, now,
                                   {.stop = context.stop, .progress = {}}));
            if (options.inference.level >= infer::kRelationLevel) {
              ASSAY_RETURN_IF_ERROR(
                  references.Search(session, dataset, schema, profile, now, checks));
            }
            report.containers.push_back({.name = profile.name,
                                         .record_count = profile.record_count,
                                         .checks = std::move(checks)});
            return {};
          }));
  const ExitCode exit_code = not_read.exit_code();
  report.unread = std::move(not_read.sources);
  std::ranges::sort(report.containers, {}, &report::SuggestionReport::Container::name);
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
              "  assay suggest orders.csv --level 1\n"
              "  assay suggest customers.csv orders.csv --level 3\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            DeclareSourceOptions(app, options->sources);
            app.add_option("-o,--output", options->output_path,
                           "Write the checks to this file instead of stdout")
                ->type_name("FILE");
            app.add_option(
                   "--level", options->inference.level,
                   "How much to infer: 0 nothing, 1 completeness and categories, 2 "
                   "also ranges, patterns and uniqueness, 3 also relations between "
                   "fields and containers, 4 also predictions, 5 also distributions (2)")
                ->check(Quiet(CLI::Range(0, 5)))
                ->type_name("0..5");
            DeclareRowLimit(app, options->profile.max_rows_per_file);
            DeclareEngineOptions(app, options->session);
            DeclareQuiet(app, options->verbosity);
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
