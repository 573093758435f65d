// The JSON value used everywhere: nlohmann's, keeping keys in the order they were written.

#pragma once

#include <string_view>

#include "base/result.h"

// The library defines its literal ""_json as a plain function, for which every file would
// compile a whole parser (0.7 s). Of a template, which is what this makes of it, nothing is
// compiled unless it is used.
#define JSON_USE_GLOBAL_UDLS 0
#define _json(text, size) \
  _json(text, size);      \
  template <class>        \
  nlohmann::json LiteralOf(text, size)
#include <nlohmann/json.hpp>
#undef _json

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
