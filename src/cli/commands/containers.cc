// `assay containers`: which files make one table, and why.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/output_file.h"
#include "cli/profiling.h"
#include "cli/sources.h"
#include "report/number_format.h"

namespace assay::cli::commands {
namespace {

using report::Alignment;
using report::Tone;

struct Options {
  SourceOptions sources;
  connectors::Explain explain = connectors::Explain::kNo;
  std::string json_path;
  Verbosity verbosity = Verbosity::kNormal;
};

int64_t SizeOf(const engine::Dataset& dataset) {
  int64_t size_bytes = 0;
  for (const auto& file : dataset.files) size_bytes += file.size_bytes;
  return size_bytes;
}

std::string ContainerTable(const Sources& sources, const report::TerminalStyle& style) {
  report::TerminalTable table({
      {.title = "container", .min_width = 16, .max_width = 72},
      {.title = "format", .min_width = 9},
      {.title = "files", .alignment = Alignment::kRight, .min_width = 5},
      {.title = "size", .alignment = Alignment::kRight, .min_width = 7},
      {.title = "partitioned by", .min_width = 12, .max_width = 48, .drop_order = 1},
  });
  for (const auto& source : sources.containers) {
    table.AddRow(
        {{.text = source.dataset.name, .tone = Tone::kStrong},
         {.text = engine::FileFormatName(source.dataset.format), .tone = Tone::kFaint},
         {.text = report::FormatCount(static_cast<int64_t>(source.dataset.files.size()))},
         {.text = report::FormatBytes(SizeOf(source.dataset))},
         {.text = fmt::format("{}", fmt::join(source.partition_fields, ", "))}});
  }
  return table.Print(style);
}

std::string PlacementTable(const Sources& sources, const report::TerminalStyle& style) {
  report::TerminalTable table({
      {.title = "file", .min_width = 20, .max_width = 80},
      {.title = "container", .min_width = 12, .max_width = 60},
      {.title = "why", .min_width = 24, .max_width = 200},
  });
  for (const auto& placement : sources.placements) {
    table.AddRow({{.text = placement.relative_path},
                  {.text = placement.container, .tone = Tone::kStrong},
                  {.text = placement.reason, .tone = Tone::kFaint}});
  }
  for (const auto& placement : sources.left_out) {
    table.AddRow({{.text = placement.relative_path},
                  {.text = "(left out)", .tone = Tone::kWarning},
                  {.text = placement.reason, .tone = Tone::kFaint}});
  }
  return table.Print(style);
}

Json PlacementsJson(const std::vector<connectors::FilePlacement>& placements) {
  Json list = Json::array();
  for (const auto& placement : placements) {
    Json item = {{"file", placement.relative_path}, {"reason", placement.reason}};
    if (!placement.container.empty()) item["container"] = placement.container;
    list.push_back(std::move(item));
  }
  return list;
}

Json ContainersJson(const Options& options, const Sources& sources) {
  Json containers = Json::array();
  for (const auto& source : sources.containers) {
    Json files = Json::array();
    for (const auto& file : source.dataset.files) files.push_back(file.relative_path);
    containers.push_back({{"name", source.dataset.name},
                          {"format", engine::FileFormatName(source.dataset.format)},
                          {"size_bytes", SizeOf(source.dataset)},
                          {"partition_fields", source.partition_fields},
                          {"files", std::move(files)}});
  }
  Json json = {{"containers", std::move(containers)},
               {"left_out", PlacementsJson(sources.left_out)}};
  if (options.explain == connectors::Explain::kYes)
    json["placements"] = PlacementsJson(sources.placements);
  return json;
}

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  Console& console = context.console;
  console.SetVerbosity(options.verbosity);
  std::optional<OutputFile> json;
  if (!options.json_path.empty()) {
    ASSAY_TRY(json, OutputFile::Open(options.json_path));
  }
  ASSAY_TRY(const Sources sources, FindSources(options.sources, options.explain, context.stop));
  if (sources.containers.empty() && sources.unread.size() == 1)
    return std::unexpected(NothingRead(sources.unread));
  WarnOfUnread(sources.unread, console);
  if (sources.containers.empty()) return std::unexpected(NothingRead(sources.unread));

  if (options.json_path != "-") {
    ASSAY_RETURN_IF_ERROR(console.Print(ContainerTable(sources, console.style())));
    if (options.explain == connectors::Explain::kYes) {
      ASSAY_RETURN_IF_ERROR(console.Print("\n" + PlacementTable(sources, console.style())));
    } else if (!sources.left_out.empty()) {
      console.Tell(fmt::format(
          "{} left out; --explain says why",
          report::FormatCountOf(static_cast<int64_t>(sources.left_out.size()), "file")));
    }
  }
  if (json) {
    ASSAY_RETURN_IF_ERROR(
        json->Write(PrintJsonIndented(ContainersJson(options, sources)) + "\n", console));
  }
  return ExitCode::kOk;
}

}  // namespace

Command containers() {
  return {.name = "containers",
          .summary = "Show which files make one table.",
          .examples =
              "  assay containers s3://lake/raw/\n"
              "  assay containers s3://lake/raw/ --explain\n"
              "  assay containers data/ --pattern 'sales/*_v?.csv'\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            DeclareSourceOptions(app, options->sources);
            app.add_flag_callback(
                "--explain", [options] { options->explain = connectors::Explain::kYes; },
                "Say of every file why it is where it is");
            app.add_option("--json", options->json_path, "Write the list as JSON ('-': stdout)")
                ->type_name("FILE|-");
            DeclareQuiet(app, options->verbosity);
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
