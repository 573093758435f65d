// JSONPath texts from users. The first line is the path; the rest is looked into if it is JSON.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "auth/json_path.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t line_end = std::min(text.find('\n'), text.size());
  const auto path = assay::auth::JsonPath::Parse(text.substr(0, line_end));
  if (!path) return 0;
  if (text.front() != '$') std::abort();
  const auto json = assay::ParseJson(text.substr(std::min(line_end + 1, text.size())));
  if (json) static_cast<void>(path->Find(*json));
  return 0;
}
