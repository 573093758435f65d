#include "api/named_fault.h"

#include <algorithm>

namespace assay::api {
namespace {

constexpr std::string_view kSeparator = ": ";

bool IsKey(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

Problem NamedFault(std::vector<Json> location, Error error) {
  if (error.kind != ErrorKind::kInvalidInput && error.kind != ErrorKind::kUnsupported)
    return Problem(std::move(error));
  std::string message = std::move(error.message);
  for (size_t end; (end = message.find(kSeparator)) != std::string::npos &&
                   IsKey(std::string_view(message).substr(0, end));) {
    location.push_back(message.substr(0, end));
    message.erase(0, end + kSeparator.size());
  }
  return Problem::Invalid({{std::move(location), std::move(message)}});
}

}  // namespace assay::api
