// `assay scan`: do the checks hold?

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>

#include "base/clock.h"
#include "cli/check_selection.h"
#include "cli/commands.h"
#include "cli/enrichment_target.h"
#include "cli/mask_option.h"
#include "cli/output_file.h"
#include "cli/profiling.h"
#include "cli/references.h"
#include "report/html/scan_page.h"
#include "report/junit.h"
#include "report/number_format.h"
#include "report/report_json.h"
#include "report/scan_text.h"

namespace assay::cli::commands {
namespace {

struct Options {
  SourceOptions sources;
  engine::SessionOptions session;
  operations::ScanSettings settings;
  sensitive::MaskingPolicy mask;
  std::string checks_path, enrichment_uri, enrichment_prefix;
  std::string json_path, html_path, junit_path;
  Verbosity verbosity = Verbosity::kNormal;
};

Result<std::vector<rules::FileCheck>> ReadChecks(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("a folder is no check file; name the file in it: {}", path));
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file && file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
  if (!file && !file.eof())
    return Fail(ErrorKind::kNotFound, fmt::format("cannot read the check file: {}", path));
  Result<std::vector<rules::FileCheck>> checks = rules::ReadCheckFile(text.str());
  if (!checks) return FailWithin(path, checks.error());
  if (checks->empty()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the file holds no checks; 'assay suggest' writes some: {}", path));
  }
  return checks;
}

/// Scans the containers that have checks, one after the other.
Status ScanAll(const Options& options, const Sources& sources, const CheckSelection& selection,
               report::ScanReport& report, const CommandContext& context, ProgressBar& bar) {
  ASSAY_TRY(const std::unique_ptr<engine::Session> session,
            OpenSession(options.session, sources));
  SourceReferences references(options.sources, sources, options.mask, *session, context.stop);
  operations::ScanSettings settings = options.settings;
  settings.open_reference = [&](const rules::ContainerReference& reference) {
    return references.Open(reference);
  };
  for (const auto& source : sources.containers) {
    const auto checks = selection.by_container.find(source.dataset.name);
    if (checks == selection.by_container.end()) continue;
    const engine::RunContext run{.stop = context.stop, .progress = bar.callback()};
    bar.Show(source.dataset.name);
    const auto scan = [&]() -> Result<operations::ContainerScan> {
      ASSAY_TRY(const engine::DatasetSchema schema,
                engine::ReadSchema(*session, source.dataset, run));
      WarnOfRemarks(source.dataset.name, schema.remarks, context.console);
      ASSAY_TRY(settings.masks, FindMasks(*session, source.dataset, schema, options.mask, run));
      return operations::ScanContainer(*session, source.dataset, schema, checks->second,
                                       settings, report.time, run);
    };
    Result<operations::ContainerScan> result = scan();
    if (context.stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
    if (!result) {
      report.unread.push_back({.name = source.dataset.name, .error = result.error()});
      continue;
    }
    result->container_id = static_cast<int64_t>(&source - sources.containers.data()) + 1;
    WarnOfFiles(result->container, result->failures, context.console);
    report.containers.push_back(*std::move(result));
  }
  return {};
}

/// Anomalies win over what could not be run, so that a build shows them.
ExitCode ExitOf(const report::ScanReport& report) {
  const report::Verdict verdict = report::VerdictOf(report);
  if (verdict.failed > 0) return ExitCode::kAnomalies;
  return verdict.is_complete() ? ExitCode::kOk : ExitCode::kCouldNotRun;
}

Result<std::optional<OutputFile>> OpenIfNamed(const std::string& path) {
  if (path.empty()) return std::nullopt;
  ASSAY_TRY(OutputFile file, OutputFile::Open(path));
  return std::optional<OutputFile>(std::move(file));
}

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  Console& console = context.console;
  console.SetVerbosity(options.verbosity);
  ASSAY_TRY(const std::vector<rules::FileCheck> checks, ReadChecks(options.checks_path));
  ASSAY_TRY(std::optional<OutputFile> json, OpenIfNamed(options.json_path));
  ASSAY_TRY(std::optional<OutputFile> html, OpenIfNamed(options.html_path));
  ASSAY_TRY(std::optional<OutputFile> junit, OpenIfNamed(options.junit_path));
  std::optional<EnrichmentTarget> enrichment;
  if (!options.enrichment_uri.empty()) {
    ASSAY_TRY(enrichment,
              EnrichmentTarget::Open(options.enrichment_uri, options.enrichment_prefix,
                                     options.sources.uris.front(), context.stop));
  }

  report::ScanReport report{
      .time = SystemClock().Now(), .containers = {}, .unread = {}, .enrichment_uri = {}};
  if (enrichment) {
    for (const std::string& warning : enrichment->Recover(report.time, context.stop)) {
      console.Warn(warning);
    }
  }
  {
    ProgressBar bar(console);
    bar.Show("listing");
    ASSAY_TRY(Sources sources,
              FindSources(options.sources, connectors::Explain::kNo, context.stop));
    report.unread = sources.unread;
    std::vector<std::string> names;
    for (const auto& source : sources.containers) names.push_back(source.dataset.name);
    if (names.empty() && report.unread.size() == 1)
      return std::unexpected(NothingRead(report.unread));
    Result<CheckSelection> selection = SelectChecks(checks, names);
    if (!selection) return FailWithin(options.checks_path, selection.error());
    if (!names.empty()) {
      std::ranges::move(selection->unread, std::back_inserter(report.unread));
      ASSAY_RETURN_IF_ERROR(ScanAll(options, sources, *selection, report, context, bar));
    }
    if (selection->inactive > 0) {
      console.Tell(fmt::format("{} not Active in {}, not run",
                               report::FormatCountOf(selection->inactive, "check"),
                               options.checks_path));
    }
    if (enrichment && !report.containers.empty()) {
      bar.Show("writing results");
      ASSAY_RETURN_IF_ERROR(enrichment->Write(report.containers, options.settings,
                                              options.sources.uris.front(), report.time,
                                              context.stop));
      report.enrichment_uri = enrichment->tables_uri();
    }
  }
  WarnOfUnread(report.unread, console);
  if (options.json_path != "-" && options.html_path != "-" && options.junit_path != "-") {
    ASSAY_RETURN_IF_ERROR(console.Print(report::PrintScans(report, console.style())));
  }
  if (json)
    ASSAY_RETURN_IF_ERROR(
        json->Write(PrintJsonIndented(report::ScanReportJson(report)) + "\n", console));
  if (html) ASSAY_RETURN_IF_ERROR(html->Write(report::ScanPage(report), console));
  if (junit) ASSAY_RETURN_IF_ERROR(junit->Write(report::JunitXml(report), console));
  return ExitOf(report);
}

/// "day=DATE '2026-01-31'" for {{ day }}.
void AddVariable(Options& options, const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw CLI::ValidationError("--variable",
                               "must be NAME=LITERAL, such as day=\"DATE '2026-01-31'\"");
  }
  options.settings.variables[text.substr(0, equals)] = text.substr(equals + 1);
}

void DeclareOutputs(CLI::App& app, Options& options) {
  constexpr const char* kGroup = "Results";
  app.add_option("--json", options.json_path, "Write everything as JSON ('-': stdout)")
      ->type_name("FILE|-")
      ->group(kGroup);
  app.add_option("--html", options.html_path, "Write a page to show to others")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--junit", options.junit_path, "Write JUnit XML for a build server")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--enrich", options.enrichment_uri,
                 "Write failing records and measures as Parquet tables below this place")
      ->type_name("URI")
      ->group(kGroup);
  app.add_option("--enrich-prefix", options.enrichment_prefix,
                 "Folder of these tables; named after the data if not given")
      ->type_name("NAME")
      ->group(kGroup);
}

}  // namespace

Command scan() {
  return {
      .name = "scan",
      .summary =
          "Run checks. Exit code 0: all hold, 1: anomalies, 2: something could not be read or "
          "run.",
      .examples =
          "  assay scan s3://lake/raw/orders/ --checks checks.yaml\n"
          "  assay scan orders.csv --checks checks.yaml --html found.html --junit results.xml\n"
          "  assay scan s3://lake/raw/ --checks checks.yaml --enrich s3://lake/quality/\n",
      .declare = [](CLI::App& app) -> CommandRunner {
        const auto options = std::make_shared<Options>();
        DeclareSourceOptions(app, options->sources);
        app.add_option("--checks", options->checks_path, "The check file (see assay suggest)")
            ->required()
            ->type_name("FILE");
        DeclareOutputs(app, *options);
        app.add_option("--rollup", options->settings.high_count_rollup_threshold,
                       "A check with more failing rows than this is one anomaly (10)")
            ->check(Quiet(CLI::Range(1, 1000)))
            ->type_name("N");
        app.add_option("--examples", options->settings.source_record_limit,
                       "Failing rows to keep for each anomaly (10)")
            ->check(Quiet(CLI::Range(int64_t{1}, int64_t{1'000'000'000})))
            ->type_name("N");
        app.add_option_function<std::vector<std::string>>(
               "--variable",
               [options](const std::vector<std::string>& texts) {
                 for (const auto& text : texts) AddVariable(*options, text);
               },
               "A value for {{ NAME }} in filters and expressions; may be repeated")
            ->allow_extra_args(false)
            ->type_name("NAME=LITERAL");
        DeclareMask(app, options->mask);
        DeclareRowLimit(app, options->settings.max_rows_per_file);
        DeclareEngineOptions(app, options->session);
        DeclareQuiet(app, options->verbosity);
        return [options](const CommandContext& context) { return Run(*options, context); };
      }};
}

}  // namespace assay::cli::commands
