// `assay checks import`: checks of other tools as a check file of ours.

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output_file.h"
#include "import/import.h"
#include "rules/check_file.h"

namespace assay::cli::commands {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  std::string language;  // empty: detected
  std::string container;
  std::string output_path;  // empty: stdout; a folder: a file for each container
  Verbosity verbosity = Verbosity::kNormal;
};

Result<std::string> ReadFile(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("is a folder, name its files: {}", path));
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    if (fs::exists(path, error) && fs::file_size(path, error) == 0) return std::string();
    return Fail(ErrorKind::kNotFound, fmt::format("cannot be read: {}", path));
  }
  return std::move(text).str();
}

/// Losses are told whatever the verbosity.
void Report(const std::string& path, const imports::ImportedItem& item, Console& console) {
  const std::string place = item.line > 0 ? fmt::format("{}:{}", path, item.line) : path;
  const std::string line = fmt::format("{}: {}", place, imports::ReportLine(item));
  if (item.losses.empty()) {
    console.Tell(line);
  } else {
    console.Warn(line);
  }
}

/// The name of a container as that of a file.
std::string FileNameOf(const std::string& container) {
  std::string name;
  for (const char c : container) {
    const bool is_safe =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (is_safe) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (name.ends_with('_')) name.pop_back();
  return (name.empty() ? "checks" : name) + ".yaml";
}

Status WriteFolder(const fs::path& folder, const std::vector<rules::FileCheck>& checks,
                   Console& console) {
  std::map<std::string, std::vector<rules::FileCheck>> files;
  for (const rules::FileCheck& check : checks) {
    files[FileNameOf(check.container)].push_back(check);
  }
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return Fail(ErrorKind::kDenied,
                fmt::format("cannot be made: {}: {}", error.message(), folder.string()));
  }
  for (const auto& [name, content] : files) {
    ASSAY_TRY(OutputFile output, OutputFile::Open((folder / name).string()));
    ASSAY_RETURN_IF_ERROR(output.Write(rules::WriteCheckFile(content), console));
  }
  return {};
}

bool IsFolder(const std::string& path) {
  std::error_code error;
  return path.ends_with('/') || fs::is_directory(path, error);
}

Status Write(const std::string& path, const std::vector<rules::FileCheck>& checks,
             Console& console) {
  if (IsFolder(path)) return WriteFolder(path, checks, console);
  ASSAY_TRY(OutputFile output, OutputFile::Open(path.empty() ? "-" : path));
  return output.Write(rules::WriteCheckFile(checks), console);
}

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  Console& console = context.console;
  console.SetVerbosity(options.verbosity);
  imports::ImportOptions import_options = {.container = options.container};
  if (!options.language.empty()) {
    ASSAY_TRY(import_options.language, imports::ParseLanguage(options.language));
  }
  // Nothing is written when a file cannot be read at all.
  std::vector<imports::ImportedFile> files;
  for (const std::string& path : options.paths) {
    ASSAY_TRY(const std::string text, ReadFile(path));
    Result<imports::ImportedFile> file = imports::ImportChecks(text, import_options);
    if (!file) return FailWithin(path, file.error());
    files.push_back(*std::move(file));
  }
  for (size_t i = 0; i < files.size(); ++i) {
    for (const imports::ImportedItem& item : files[i].items) {
      Report(options.paths[i], item, console);
    }
  }
  ASSAY_RETURN_IF_ERROR(Write(options.output_path, imports::ChecksOf(files), console));
  const imports::ImportCounts counts = imports::Count(files);
  console.Tell(fmt::format("{} checks; taken over: {}, with losses: {}, not taken over: {}",
                           counts.checks, counts.whole, counts.partial, counts.none));
  const bool is_whole = counts.partial == 0 && counts.none == 0;
  return is_whole ? ExitCode::kOk : ExitCode::kAnomalies;
}

}  // namespace

Command checks_import() {
  return {.name = "checks import",
          .summary = "Take over checks of Great Expectations, dbt, Soda or AWS DQDL.",
          .examples =
              "  assay checks import orders_suite.json --container orders.csv -o checks.yaml\n"
              "  assay checks import models/schema.yml --from dbt -o checks/\n"
              "  assay checks import ruleset.dqdl > checks.yaml\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            app.add_option("FILE", options->paths, "Files with checks of another tool")
                ->required()
                ->type_name("");
            app.add_option("--from", options->language,
                           "The tool: great-expectations, dbt, soda or dqdl (found from the "
                           "content)")
                ->type_name("TOOL");
            app.add_option("--container", options->container,
                           "The container of all checks, where the source names none or one")
                ->type_name("NAME");
            app.add_option("-o,--out", options->output_path,
                           "Write the checks to this file instead of stdout; in a folder, to a "
                           "file for each container")
                ->type_name("FILE|DIR");
            DeclareQuiet(app, options->verbosity);
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
