#include "import/great_expectations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "import/great_expectations_filter.h"
#include "import/json_lines.h"

namespace assay::imports {
namespace {

/// Parameters about what a result looks like.
constexpr auto kIgnored = std::to_array<std::string_view>(
    {"result_format", "include_config", "catch_exceptions", "condition_parser",
     "allow_cross_type_comparisons", "output_strftime_format", "auto", "profiler_config",
     "batch_id", "domain", "library_metadata"});

/// Keys of an expectation that say nothing about the data.
constexpr auto kIgnoredKeys = std::to_array<std::string_view>(
    {"id", "ge_cloud_id", "expectation_context", "rendered_content", "success_on_last_run"});

std::string NotesOf(const Json& notes) {
  if (notes.is_string()) return notes.get<std::string>();
  if (notes.is_object()) return NotesOf(notes.value("content", Json()));
  std::string text;
  if (notes.is_array()) {
    for (const Json& note : notes) {
      if (note.is_string()) text += (text.empty() ? "" : "\n") + note.get<std::string>();
    }
  }
  return text;
}

/// Description, notes, meta and the keys beside kwargs.
void ReadAround(const Json& expectation, SourceItem& item) {
  for (const auto& [key, value] : expectation.items()) {
    if (key == "description" && value.is_string()) {
      item.description = value.get<std::string>();
    } else if (key == "notes") {
      if (item.description.empty()) item.description = NotesOf(value);
    } else if (key == "meta" && value.is_object()) {
      if (!value.empty()) item.metadata["meta"] = value;
      if (item.description.empty()) item.description = NotesOf(value.value("notes", Json()));
    } else if (key == "severity" && value.is_string()) {
      item.metadata["severity"] = value;
      item.notes.push_back("severity: kept in additional_metadata");
    } else if (key == "windows" && !value.is_null()) {
      item.losses.push_back("windows: not supported");
    } else if (key != "expectation_type" && key != "type" && key != "kwargs" &&
               !value.is_null() && std::ranges::find(kIgnoredKeys, key) == kIgnoredKeys.end()) {
      item.losses.push_back(fmt::format("{}: not supported", key));
    }
  }
}

Status ReadCoverage(SourceItem& item) {
  ASSAY_TRY(const std::optional<double> mostly, item.parameters.OptionalNumber("mostly"));
  if (!mostly) return {};
  if (!(*mostly >= 0 && *mostly <= 1)) {
    return Fail(ErrorKind::kInvalidInput, "mostly: must be from 0 to 1");
  }
  item.coverage = *mostly;
  item.share_of = ShareOf::kValues;
  return {};
}

Status ReadRowCondition(SourceItem& item) {
  const Json* condition = item.parameters.Find("row_condition");
  if (condition == nullptr || *condition == "") return {};
  ASSAY_TRY(item.filter, FilterOfRowCondition(*condition));
  return {};
}

Status ReadCommon(SourceItem& item) {
  ASSAY_TRY(const std::optional<std::string> column, item.parameters.OptionalText("column"));
  item.column = column.value_or("");
  ASSAY_RETURN_IF_ERROR(ReadCoverage(item));
  ASSAY_RETURN_IF_ERROR(ReadRowCondition(item));
  item.NoteIgnored(kIgnored);
  return {};
}

ImportedItem ReadExpectation(const Json& expectation, int line, const Verifier& verifier) {
  SourceItem item = {.line = line};
  if (!expectation.is_object()) return NotTaken(std::move(item), "not an object");
  const Json type = expectation.contains("expectation_type")
                        ? expectation["expectation_type"]
                        : expectation.value("type", Json());
  if (!type.is_string()) return NotTaken(std::move(item), "expectation_type: is missing");
  item.type = type.get<std::string>();
  item.parameters = Parameters(expectation.value("kwargs", Json()));
  ReadAround(expectation, item);
  if (const Status read = ReadCommon(item); !read) {
    return NotTaken(std::move(item), read.error().message);
  }
  return Convert(std::move(item), GreatExpectationsTable(), verifier);
}

}  // namespace

bool IsGreatExpectations(std::string_view text) {
  const size_t start = text.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && text[start] == '{' &&
         text.find("\"expectations\"") != std::string_view::npos;
}

Result<std::vector<ImportedItem>> ReadGreatExpectations(std::string_view text,
                                                        const Verifier& verifier) {
  ASSAY_RETURN_IF_ERROR(CheckJsonDepth(text));
  ASSAY_TRY(const Json suite, ParseJson(text));
  if (!suite.is_object() || !suite.contains("expectations") ||
      !suite["expectations"].is_array()) {
    return Fail(ErrorKind::kInvalidInput, "a suite is an object with a list of expectations");
  }
  const std::vector<int> lines = LinesOfItems(text, "expectations");
  std::vector<ImportedItem> items;
  for (const Json& expectation : suite["expectations"]) {
    const size_t index = items.size();
    ImportedItem item = ReadExpectation(
        expectation, lines.size() == suite["expectations"].size() ? lines[index] : 0, verifier);
    if (item.name.empty()) item.name = fmt::format("expectation {}", index + 1);
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace assay::imports
