// The JSON value used everywhere: nlohmann's, keeping keys in the order they were written.

#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/result.h"

// Instantiated in json.cc only: else every file would compile its members anew.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace assay {

using Json = nlohmann::ordered_json;

/// Parses one JSON text. kInvalidInput with line and column of the first fault.
Result<Json> ParseJson(std::string_view text);

/// Prints compact JSON; bytes that are not UTF-8 become U+FFFD, so printing never fails.
std::string PrintJson(const Json& value);

/// As PrintJson, indented by two spaces for people.
std::string PrintJsonIndented(const Json& value);

}  // namespace assay
