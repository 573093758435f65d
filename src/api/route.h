// Endpoints, declared once: the list dispatches, checks rights, validates and documents.
// Main interface of this module: start here. Groups of routes are in api/rest/, one file each.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/caller.h"
#include "api/dependencies.h"
#include "api/problem.h"
#include "api/query.h"
#include "base/json.h"
#include "net/http_message.h"

namespace assay::api {

/// Who may call a route.
enum class Access {
  kEveryone,  // without a token
  kMember,
  kManager,
  kAdmin,
};

/// A named JSON Schema; printed once in the OpenAPI document and referred to by name.
struct Shape {
  std::string name;  // "Connection"
  Json schema;
};

/// A request that was found to fit its route.
struct Call {
  Dependencies& dependencies;
  const Caller& caller;                       // of routes for everyone: nobody
  const std::map<std::string, int64_t>& ids;  // of the path, by name
  const Query& query;
  const Json& body;  // null when none was sent
  std::stop_token stop;

  int64_t id(const std::string& name) const { return ids.at(name); }
  store::Database& database() const { return dependencies.database; }
};

/// A successful answer. 204 has no body.
struct Reply {
  int status = 200;
  std::optional<Json> body{};
};
inline Reply Ok(Json body) {
  return {.status = 200, .body = std::move(body)};
}
inline Reply Created(Json body) {
  return {.status = 201, .body = std::move(body)};
}
inline Reply NoContent() {
  return {.status = 204};
}

/// An answer as documented. 401, 403 and 422 follow from the route and are not listed.
struct AnswerDocumentation {
  int status = 200;
  std::string description;
  std::optional<Shape> shape{};
  enum class Form { kOne, kList, kPage } form = Form::kOne;
};

/// What may be sent. CheckSchema has passed over a body before a handler sees it.
struct BodyDocumentation {
  Shape shape;
  bool is_required = true;
  bool is_list = false;  // of the shape
};

struct Route {
  std::string method;  // "GET"
  std::string path;    // "/api/connections/{connection_id}"; parameters are ids
  std::string summary;
  Access access = Access::kMember;
  std::vector<QueryParameter> query{};
  std::optional<BodyDocumentation> body{};
  std::vector<AnswerDocumentation> answers{};
  /// Runs on a worker thread, several at a time.
  std::function<Answer<Reply>(const Call&)> handle;
};

/// Routes that belong together: api/rest/x.cc defines `RouteGroup x()`.
struct RouteGroup {
  std::string title;  // "Connections"
  std::vector<Route> routes;
};

/// All groups, by name of their files. Built once, thread-safe.
std::span<const RouteGroup> AllRouteGroups();

}  // namespace assay::api
