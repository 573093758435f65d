#include "api/problem.h"

#include <fmt/format.h>

#include "api/http_status.h"

namespace assay::api {
namespace {

/// {"body", "teams", 0} -> "teams[0]".
std::string PathText(const std::vector<Json>& location) {
  std::string path;
  for (size_t i = 1; i < location.size(); ++i) {
    if (location[i].is_string()) {
      path += (path.empty() ? "" : ".") + location[i].get<std::string>();
    } else {
      path += fmt::format("[{}]", location[i].dump());
    }
  }
  return path.empty() ? location.front().get<std::string>() : path;
}

}  // namespace

Problem::Problem(Error error) : status(HttpStatusOf(error.kind, Refused::kDataStore)) {
  if (status == 500) {
    message = "the server failed to handle this request; its log says more";
    internal_message = std::move(error.message);
  } else {
    message = std::move(error.message);
  }
}

Problem Problem::Invalid(std::vector<Fault> faults) {
  std::string message;
  for (const Fault& fault : faults) {
    message += (message.empty() ? "" : "; ") + PathText(fault.location) + ": " + fault.message;
  }
  Problem problem(422, std::move(message));
  problem.faults = std::move(faults);
  return problem;
}

Problem Problem::InvalidKey(const std::string& key, std::string message) {
  return Invalid({{.location = {"body", key}, .message = std::move(message)}});
}

Problem OfItem(size_t index, Problem problem) {
  if (problem.faults.empty()) return problem;
  for (Fault& fault : problem.faults) fault.location.insert(fault.location.begin() + 1, index);
  return Problem::Invalid(std::move(problem.faults));
}

net::HttpResponse Problem::ToResponse() const {
  Json body = {{"message", message}, {"detail", message}};
  if (!faults.empty()) {
    Json detail = Json::array();
    for (const Fault& fault : faults) {
      detail.push_back(
          {{"loc", fault.location}, {"msg", fault.message}, {"type", "value_error"}});
    }
    body["detail"] = std::move(detail);
  }
  body.update(more);
  return {.status = status,
          .content_type = "application/json",
          .body = PrintJson(body),
          .headers = headers};
}

}  // namespace assay::api
