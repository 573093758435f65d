#include "api/request_body.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/schema_check.h"

namespace assay::api {
namespace {

// Values are copied and printed by recursion; real bodies are under 10 levels deep.
constexpr int kMaxDepth = 64;

bool IsTooDeep(const std::string& text) {
  int depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

std::unexpected<Problem> NotAccepted(std::string message) {
  return Refuse(Problem::Invalid({{{"body"}, std::move(message)}}));
}

}  // namespace

Answer<Json> ReadBody(const std::string& text,
                      const std::optional<BodyDocumentation>& documentation) {
  if (!documentation) return Json();
  if (std::ranges::all_of(text, [](char c) { return c == ' ' || c == '\n' || c == '\r'; })) {
    if (documentation->is_required) return NotAccepted("is required");
    return Json();
  }
  if (IsTooDeep(text)) return NotAccepted(fmt::format("is nested deeper than {}", kMaxDepth));
  const Result<Json> json = ParseJson(text);
  if (!json) return NotAccepted("is " + json.error().message);
  if (json->is_null() && !documentation->is_required) return Json();
  Json schema = documentation->shape.schema;
  if (documentation->is_list) schema = {{"type", "array"}, {"items", std::move(schema)}};
  std::vector<Fault> faults = CheckSchema(schema, *json, {"body"});
  if (!faults.empty()) return Refuse(Problem::Invalid(std::move(faults)));
  return *json;
}

}  // namespace assay::api
