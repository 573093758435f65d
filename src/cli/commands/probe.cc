// `assay probe`: which right is missing.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <sstream>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output_file.h"
#include "connectors/connector_type.h"
#include "connectors/probe_json.h"

namespace assay::cli::commands {
namespace {

using connectors::ProbeStep;

struct Options {
  std::string uri;
  connectors::Access access = connectors::Access::kRead;
  std::string json_path;
  Verbosity verbosity = Verbosity::kNormal;
};

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

/// Some lines of text, each with `indent` spaces in front.
std::string Indented(const std::string& text, size_t indent) {
  std::string lines;
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(text.find('\n', start), text.size());
    lines += std::string(indent, ' ') + text.substr(start, end - start) + "\n";
    start = end + 1;
  }
  return lines;
}

/// What stands below the line of a step that did not go well. Reasons are what one came for:
/// they are never cut, the terminal wraps them.
std::string Reason(const ProbeStep& step) {
  std::string text;
  const auto add = [&](const char* title, const std::string& what) {
    if (!what.empty()) text += fmt::format("    {:<9}  {}\n", title, report::Printable(what));
  };
  add("reason", step.detail);
  if (step.blame) {
    add("to blame", fmt::format("{} ({})", BlameText(*step.blame), BlameName(*step.blame)));
  }
  add("remedy", step.remedy);
  if (!step.statement.is_null())
    text += "    statement\n" + Indented(PrintJsonIndented(step.statement), 6);
  return text;
}

std::string StepsText(const std::vector<ProbeStep>& steps, const report::TerminalStyle& style) {
  report::TerminalTable table({
      {.title = "action", .min_width = 12},
      {.title = "right", .min_width = 20},
      {.title = "outcome", .min_width = 9},
      {.title = "ms", .alignment = report::Alignment::kRight, .min_width = 4},
  });
  for (const auto& step : steps) {
    table.AddRow({{.text = step.action, .tone = report::Tone::kStrong},
                  {.text = step.right},
                  OutcomeCell(step.outcome),
                  {.text = step.outcome == ProbeStep::Outcome::kSkipped
                               ? ""
                               : fmt::format("{}", step.latency_ms),
                   .tone = report::Tone::kFaint}});
  }
  std::istringstream lines(table.Print({.width = 0, .colour = style.colour}));
  std::string text;
  std::string line;
  std::getline(lines, line);  // the titles
  text += line + "\n";
  for (const auto& step : steps) {
    std::getline(lines, line);
    text += line + "\n" + Reason(step);
  }
  return text;
}

Json StepsJson(const Options& options, const std::vector<ProbeStep>& steps) {
  Json list = Json::array();
  for (const auto& view : connectors::ViewSteps(steps)) {
    list.push_back(connectors::ProbeStepView::JsonFields().Print(view));
  }
  return {{"uri", options.uri}, {"steps", std::move(list)}};
}

/// Where a grant would have helped, a whole policy may help more.
void HintAtPolicy(const Options& options, const std::vector<ProbeStep>& steps,
                  Console& console) {
  const bool is_grantable = std::ranges::any_of(
      steps, [](const ProbeStep& step) { return !step.statement.is_null(); });
  if (!is_grantable) return;
  console.Tell(fmt::format("The whole policy that this needs: assay iam-policy {}{}",
                           options.uri,
                           options.access == connectors::Access::kWrite ? " --write" : ""));
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
    ASSAY_RETURN_IF_ERROR(context.console.Print(StepsText(steps, context.console.style())));
  }
  if (json)
    ASSAY_RETURN_IF_ERROR(
        json->Write(PrintJsonIndented(StepsJson(options, steps)) + "\n", context.console));
  HintAtPolicy(options, steps, context.console);
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
          "  assay iam-policy s3://lake/quality/ --write    # the policy that makes it pass\n"
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
