#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace assay {

Result<Json> ParseJson(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    const size_t offset = std::min(text.size(), error.byte > 0 ? error.byte - 1 : 0);
    const std::string_view before = text.substr(0, offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const size_t line_start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return Fail(ErrorKind::kInvalidInput, fmt::format("not valid JSON at line {}, column {}",
                                                      line, offset - line_start + 1));
  } catch (const nlohmann::json::out_of_range&) {
    return Fail(ErrorKind::kInvalidInput, "not valid JSON: it holds a number beyond 1.8e308");
  }
}

std::string PrintJson(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string PrintJsonIndented(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace assay
