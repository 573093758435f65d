#include "cli/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <limits>

namespace assay::cli {
namespace {

struct FormatName {
  const char* name;
  engine::FileFormat format;
  const char* delimiter;    // nullptr: detected
  const char* json_format;  // nullptr: detected
};

constexpr std::array kFormats = {
    FormatName{"parquet", engine::FileFormat::kParquet, nullptr, nullptr},
    FormatName{"csv", engine::FileFormat::kDelimited, nullptr, nullptr},
    FormatName{"tsv", engine::FileFormat::kDelimited, "\t", nullptr},
    FormatName{"psv", engine::FileFormat::kDelimited, "|", nullptr},
    FormatName{"json", engine::FileFormat::kJson, nullptr, nullptr},
    FormatName{"ndjson", engine::FileFormat::kJson, nullptr, "newline_delimited"},
};

std::vector<std::string> FormatNames() {
  std::vector<std::string> names;
  for (const auto& format : kFormats) names.emplace_back(format.name);
  return names;
}

void UseFormat(SourceOptions& options, const std::string& name) {
  for (const auto& format : kFormats) {
    if (name != format.name) continue;
    options.format = format.format;
    if (format.delimiter != nullptr && !options.read.delimiter)
      options.read.delimiter = format.delimiter;
    if (format.json_format != nullptr) options.read.json_format = format.json_format;
  }
}

constexpr const char* kFilesGroup = "How files are read";

}  // namespace

void DeclareSourceOptions(CLI::App& app, SourceOptions& options) {
  app.add_option("uri", options.uris,
                 "s3://bucket/prefix/, a file in it, file:///folder/ or a path")
      ->required()
      ->type_name("URI");
  app.add_option_function<std::string>(
         "--format", [&options](const std::string& name) { UseFormat(options, name); },
         "Read all files as this, whatever their names: parquet, csv, tsv, psv, json or ndjson")
      ->check(Quiet(CLI::IsMember(FormatNames())))
      ->type_name("FORMAT")
      ->group(kFilesGroup);
  app.add_option_function<std::string>(
         "--delimiter",
         [&options](const std::string& text) {
           options.read.delimiter = text == "\\t" ? "\t" : text;
         },
         "What separates the columns of delimited files; detected if not given")
      ->type_name("TEXT")
      ->group(kFilesGroup);
  app.add_option_function<bool>(
         "--header", [&options](bool has_header) { options.read.has_header = has_header; },
         "Whether the first row of delimited files names the columns (yes or no); detected if "
         "not given")
      ->type_name("YES|NO")
      ->group(kFilesGroup);
  app.add_option_function<std::string>(
         "--encoding", [&options](const std::string& text) { options.read.encoding = text; },
         "Of delimited files; detected if not given")
      ->check(Quiet(CLI::IsMember({"utf-8", "utf-16", "utf-16be", "latin-1", "windows-1252"})))
      ->type_name("NAME")
      ->group(kFilesGroup);
  app.add_flag_callback(
         "--keep-empty", [&options] { options.read.treat_empty_as_null = false; },
         "An empty cell of a delimited file is empty text, not null")
      ->group(kFilesGroup);
  app.add_option_function<std::string>(
         "--line-field",
         [&options](const std::string& text) { options.read.line_identifier_field = text; },
         "Add a field of this name with the number of each row in its file, from 1, to "
         "delimited and JSON files")
      ->type_name("NAME")
      ->group(kFilesGroup);
  app.add_option("--exclude", options.read.exclude_fields,
                 "A field to leave out; may be repeated")
      ->type_name("FIELD")
      ->allow_extra_args(false)
      ->group(kFilesGroup);
  app.add_option(
         "--pattern", options.grouping.pattern_overrides,
         "Files whose path matches are one container ('sales/*_v?.csv'); may be repeated")
      ->type_name("GLOB")
      ->allow_extra_args(false)
      ->group(kFilesGroup);
  app.add_flag_callback(
         "--by-folder",
         [&options] { options.grouping.grouping = connectors::Grouping::kByFolder; },
         "All files of a folder and format are one container")
      ->group(kFilesGroup);
}

void DeclareEngineOptions(CLI::App& app, engine::SessionOptions& options) {
  app.add_option_function<std::string>(
         "--memory-limit",
         [&options](const std::string& text) {
           const Result<int64_t> bytes = ParseByteSize(text);
           if (!bytes) throw CLI::ValidationError("--memory-limit", bytes.error().message);
           options.memory_limit_bytes = *bytes;
         },
         "Memory for data; what does not fit goes to disk (4GB)")
      ->type_name("SIZE");
  app.add_option("--threads", options.threads, "How many to use; one per core if not given")
      ->check(Quiet(CLI::Range(1, 1024)))
      ->type_name("N");
}

void DeclareQuiet(CLI::App& app, Verbosity& verbosity) {
  app.add_flag_callback(
      "-q,--quiet", [&verbosity] { verbosity = Verbosity::kQuiet; },
      "No progress and no remarks on stderr, only errors");
}

void DeclareRowLimit(CLI::App& app, int64_t& max_rows_per_file) {
  app.add_option("--limit", max_rows_per_file, "Read at most this many rows of each file")
      ->check(Quiet(CLI::Range(int64_t{1}, int64_t{1'000'000'000})))
      ->type_name("ROWS");
}

Result<int64_t> ParseByteSize(const std::string& text) {
  double amount = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, amount, std::chars_format::fixed);
  std::string unit(parsed.ptr, end);
  std::erase(unit, ' ');
  std::ranges::transform(unit, unit.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  static constexpr std::array<std::pair<std::string_view, double>, 14> kUnits = {{
      {"", 1},
      {"b", 1},
      {"k", 1e3},
      {"kb", 1e3},
      {"kib", 1024.0},
      {"m", 1e6},
      {"mb", 1e6},
      {"g", 1e9},
      {"mib", 1048576.0},
      {"gb", 1e9},
      {"gib", 1073741824.0},
      {"t", 1e12},
      {"tb", 1e12},
      {"tib", 1099511627776.0},
  }};
  const auto found = std::ranges::find(kUnits, std::string_view(unit),
                                       &std::pair<std::string_view, double>::first);
  if (parsed.ec != std::errc() || found == kUnits.end()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("must be a size such as 512MB or 4GB, not '{}'", text));
  }
  const double bytes = amount * found->second;
  if (!(bytes >= 1) || bytes >= static_cast<double>(std::numeric_limits<int64_t>::max())) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("is out of range: {}", text));
  }
  return static_cast<int64_t>(bytes);
}

}  // namespace assay::cli
