#include "demo/text_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace assay::demo {

Status WriteTextFile(const std::string& path, const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return Fail(ErrorKind::kUnavailable, fmt::format("cannot write file: {}", path));
  return {};
}

Result<std::string> ReadTextFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return Fail(ErrorKind::kNotFound, fmt::format("cannot read file: {}", path));
  return text;
}

std::string CsvLine(const std::vector<std::string>& values) {
  std::string line;
  for (size_t i = 0; i < values.size(); ++i) {
    const std::string& value = values[i];
    if (i > 0) line += ',';
    const bool needs_quotes = value.find_first_of(",\"\r\n") != std::string::npos ||
                              value.starts_with(' ') || value.ends_with(' ');
    if (!needs_quotes) {
      line += value;
      continue;
    }
    line += '"';
    for (const char c : value) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + "\n";
}

Result<std::vector<std::string>> ParseCsvLine(const std::string& line) {
  std::vector<std::string> values(1);
  bool is_quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (is_quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      values.back() += '"';
      ++i;
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      values.emplace_back();
    } else {
      values.back() += c;
    }
  }
  if (is_quoted) return Fail(ErrorKind::kCorruptData, "a quote does not end");
  return values;
}

}  // namespace assay::demo
