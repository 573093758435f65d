// `assay probe`: which right is missing.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output_file.h"
#include "connectors/connector_type.h"

namespace assay::cli::commands {
namespace {

using connectors::ProbeStep;

struct Options {
  std::string uri;
  connectors::Access access = connectors::Access::kRead;
  std::string json_path;
  Verbosity verbosity = Verbosity::kNormal;
};

const char* OutcomeName(ProbeStep::Outcome outcome) {
  switch (outcome) {
    case ProbeStep::Outcome::kAllowed: return "allowed";
    case ProbeStep::Outcome::kRefused: return "refused";
    case ProbeStep::Outcome::kSkipped: return "skipped";
  }
  return "";
}

report::TableCell OutcomeCell(ProbeStep::Outcome outcome) {
  switch (outcome) {
    case ProbeStep::Outcome::kAllowed:
      return {.text = "✓ allowed", .tone = report::Tone::kGood};
    case ProbeStep::Outcome::kRefused: return {.text = "✗ refused", .tone = report::Tone::kBad};
    case ProbeStep::Outcome::kSkipped:
      return {.text = "– skipped", .tone = report::Tone::kFaint};
  }
  return {};
}

std::string StepTable(const std::vector<ProbeStep>& steps, const report::TerminalStyle& style) {
  report::TerminalTable table({
      {.title = "action", .min_width = 20},
      {.title = "outcome", .min_width = 9},
      {.title = "ms", .alignment = report::Alignment::kRight, .min_width = 4, .drop_order = 1},
      {.title = "why, and what to do", .min_width = 24, .max_width = 400},
  });
  for (const auto& step : steps) {
    table.AddRow({{.text = step.action, .tone = report::Tone::kStrong},
                  OutcomeCell(step.outcome),
                  {.text = step.outcome == ProbeStep::Outcome::kSkipped
                               ? ""
                               : fmt::format("{}", step.latency_ms),
                   .tone = report::Tone::kFaint},
                  {.text = step.detail, .tone = report::Tone::kPlain}});
  }
  // The reason is what one came for: it is never cut, the terminal wraps it.
  return table.Print({.width = 0, .colour = style.colour});
}

Json StepsJson(const Options& options, const std::vector<ProbeStep>& steps) {
  Json list = Json::array();
  for (const auto& step : steps) {
    list.push_back({{"action", step.action},
                    {"outcome", OutcomeName(step.outcome)},
                    {"detail", step.detail},
                    {"latency_ms", step.latency_ms}});
  }
  return {{"uri", options.uri}, {"steps", std::move(list)}};
}

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  context.console.SetVerbosity(options.verbosity);
  std::optional<OutputFile> json;
  if (!options.json_path.empty()) {
    ASSAY_TRY(json, OutputFile::Open(options.json_path));
  }
  ASSAY_TRY(const connectors::OpenedUri opened, connectors::OpenUri(options.uri, context.stop));
  const std::vector<ProbeStep> steps = opened.connector->Probe(options.access, context.stop);
  if (context.stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
  if (options.json_path != "-") {
    ASSAY_RETURN_IF_ERROR(context.console.Print(StepTable(steps, context.console.style())));
  }
  if (json)
    ASSAY_RETURN_IF_ERROR(
        json->Write(PrintJsonIndented(StepsJson(options, steps)) + "\n", context.console));
  const bool is_refused = std::ranges::any_of(steps, [](const ProbeStep& step) {
    return step.outcome == ProbeStep::Outcome::kRefused;
  });
  return is_refused ? ExitCode::kAnomalies : ExitCode::kOk;
}

}  // namespace

Command probe() {
  return {
      .name = "probe",
      .summary =
          "Try each right that is needed on a place and say which is missing (exit code 1).",
      .examples =
          "  assay probe s3://lake/raw/\n"
          "  assay probe s3://lake/quality/ --write\n"
          "  assay probe s3://lake/raw/ --json - | jq '.steps[] | select(.outcome == "
          "\"refused\")'\n",
      .declare = [](CLI::App& app) -> CommandRunner {
        const auto options = std::make_shared<Options>();
        app.add_option("uri", options->uri, "s3://bucket/prefix/, file:///folder/ or a path")
            ->required()
            ->type_name("URI");
        app.add_flag_callback(
            "--write", [options] { options->access = connectors::Access::kWrite; },
            "Also try what writing results needs; leaves nothing behind");
        app.add_option("--json", options->json_path, "Write the outcome as JSON ('-': stdout)")
            ->type_name("FILE|-");
        DeclareQuiet(app, options->verbosity);
        return [options](const CommandContext& context) { return Run(*options, context); };
      }};
}

}  // namespace assay::cli::commands
