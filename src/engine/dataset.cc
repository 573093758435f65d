#include "engine/dataset.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace assay::engine {
namespace {

using Check = std::function<Status(const std::string&)>;

/// An optional text whose value must pass `check`, which names no key in its error.
FieldDeclaration<ReadOptions> CheckedText(std::string name,
                                          std::optional<std::string> ReadOptions::* member,
                                          std::string doc, Check check) {
  auto field = Optional(std::move(name), member, std::move(doc));
  field.check = [check = std::move(check)](const Json& json) -> Status {
    ASSAY_TRY(const std::string text, JsonCodec<std::string>::Parse(json));
    return check(text);
  };
  return field;
}

FieldDeclaration<ReadOptions> OneOf(std::string name,
                                    std::optional<std::string> ReadOptions::* member,
                                    std::string doc,
                                    std::initializer_list<const char*> allowed) {
  const std::vector<std::string> choices(allowed.begin(), allowed.end());
  auto field = CheckedText(
      std::move(name), member, std::move(doc), [choices](const std::string& text) -> Status {
        if (std::find(choices.begin(), choices.end(), text) != choices.end()) return {};
        std::string list;
        for (const std::string& choice : choices) list += (list.empty() ? "" : ", ") + choice;
        return Fail(ErrorKind::kInvalidInput, fmt::format("must be one of {}", list));
      });
  field.schema["enum"] = choices;
  return field;
}

Status CheckOneByte(const std::string& text) {
  if (text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80) return {};
  return Fail(ErrorKind::kInvalidInput, "must be one ASCII character");
}

// The reader's own limit.
constexpr size_t kMaxDelimiterBytes = 4;

Status CheckDelimiter(const std::string& text) {
  if (text.empty() || text.size() > kMaxDelimiterBytes) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("must have 1 to {} bytes", kMaxDelimiterBytes));
  }
  if (text.find_first_of("\r\n") != std::string::npos) {
    return Fail(ErrorKind::kInvalidInput, "must not hold a line break");
  }
  return {};
}

Status CheckFieldName(const std::string& text) {
  if (text.empty()) return Fail(ErrorKind::kInvalidInput, "must not be empty");
  return {};
}

}  // namespace

const char* FileFormatName(FileFormat format) {
  switch (format) {
    case FileFormat::kParquet: return "parquet";
    case FileFormat::kDelimited: return "delimited";
    case FileFormat::kJson: return "json";
    case FileFormat::kTable: return "table";
  }
  return "unknown";
}

const Fields<ReadOptions>& ReadOptions::JsonFields() {
  static const Fields<ReadOptions> fields = {
      Optional("has_header", &ReadOptions::has_header,
               "Whether the first row holds the field names. Default: detected."),
      CheckedText("delimiter", &ReadOptions::delimiter,
                  "What stands between cells. Default: detected.", CheckDelimiter),
      CheckedText(
          "escape_character", &ReadOptions::escape_character,
          "The character that makes the next one plain inside quotes. Default: detected.",
          CheckOneByte),
      Optional("infer_datatypes", &ReadOptions::infer_datatypes,
               "Whether types are read from the values of formats that carry none. Default: "
               "true for those."),
      Optional("treat_empty_as_null", &ReadOptions::treat_empty_as_null,
               "Whether an empty cell is null (true) or an empty text (false)."),
      CheckedText("line_identifier_field", &ReadOptions::line_identifier_field,
                  "Name of an additional field that holds the number of the line.",
                  CheckFieldName),
      OneOf("json_format", &ReadOptions::json_format,
            "How records lie in a JSON file. Default: auto.",
            {"auto", "array", "newline_delimited"}),
      OneOf("encoding", &ReadOptions::encoding, "The character encoding. Default: detected.",
            {"utf-8", "utf-16", "utf-16be", "latin-1", "windows-1252"}),
      Optional("exclude_fields", &ReadOptions::exclude_fields, "Fields that are not read."),
  };
  return fields;
}

}  // namespace assay::engine
