#include "engine/duckdb/reader_message.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

namespace assay::engine {
namespace {

constexpr size_t kLongest = 400;

struct Wording {
  std::string_view theirs, ours;
};

/// Said of a whole file.
constexpr Wording kOfFiles[] = {
    {"No magic bytes found at end of file",
     "not a Parquet file, or cut off: it does not end as one does"},
    {"too small to be a Parquet file", "not a Parquet file, or cut off: it is too small"},
    {"TProtocolException",
     "the Parquet file is damaged: its description of the data cannot be read"},
    {"Invalid string encoding found in Parquet file",
     "the Parquet file holds texts that are not UTF-8"},
    {"automatically detect the CSV parsing dialect",
     "its cells cannot be told apart: a quote may be opened and never closed, or the delimiter "
     "be an unusual one that has to be given"},
};

/// Said of a line of a delimited file.
constexpr Wording kOfLines[] = {
    {"unterminated quote", "a quote is opened and never closed"},
    {"Expected Number of Columns", "another number of columns than the file has"},
    {"Maximum line size", "the line is longer than 32 MB"},
    {"Invalid unicode", "not UTF-8"},
};

const Wording* Find(std::span<const Wording> wordings, std::string_view message) {
  const auto found = std::ranges::find_if(wordings, [&](const Wording& wording) {
    return message.find(wording.theirs) != std::string_view::npos;
  });
  return found == wordings.end() ? nullptr : &*found;
}

std::string OneLine(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  text.erase(text.find_last_not_of(' ') + 1);
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "…";
  return text;
}

/// "CSV Error on Line: 7", "Original Line: ...", the reason, and advice.
std::string OfDelimitedLine(const std::string& message, const std::string& line) {
  const std::string said = message.substr(0, message.rfind("\nPossible"));
  if (const Wording* const wording = Find(kOfLines, said))
    return fmt::format("line {}: {}", line, wording->ours);
  const size_t last = said.find_last_not_of('\n');
  const size_t from = said.rfind('\n', last);
  return OneLine(fmt::format("line {}: {}", line, said.substr(from + 1, last - from)));
}

}  // namespace

std::string ReaderMessage(const std::string& message) {
  static const RE2 csv("^CSV Error on Line: (\\d+)\n"),
      json(
          "^Malformed JSON in file .*, at byte (\\d+) in (line|record/value) (\\d+): ([^\n]*)");
  std::string line, byte, unit, reason;
  if (RE2::PartialMatch(message, csv, &line)) return OfDelimitedLine(message, line);
  int64_t number = 0;
  if (RE2::PartialMatch(message, json, &byte, &unit, &number, &reason)) {
    // DuckDB counts the faulty line twice.
    return OneLine(fmt::format("{} {}, byte {}: malformed JSON: {}",
                               unit == "line" ? "line" : "record",
                               std::max<int64_t>(1, number - 1), byte, reason));
  }
  // What a database server said stands behind the statement that it was asked.
  static const RE2 of_server("(?s)^(?:Failed|Unable) to .*(?:ERROR|FATAL):  ([^\n]*)");
  if (RE2::PartialMatch(message, of_server, &reason)) return OneLine(reason);
  if (const Wording* const wording = Find(kOfFiles, message)) return std::string(wording->ours);
  std::string text = message.substr(0, message.find("\n\n"));
  for (const char* advice : {"\nPossible", "\n* ", "\nLINE 1:"})
    text = text.substr(0, text.find(advice));
  return OneLine(std::move(text));
}

}  // namespace assay::engine
