// Endpoints, declared once: the list dispatches, checks rights, validates and documents.
// Main interface of this module: start here. Groups of routes are in api/rest/, one file each.

#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/caller.h"
#include "api/dependencies.h"
#include "api/problem.h"
#include "api/query.h"
#include "base/json.h"
#include "net/http_message.h"
#include "store/datastore_scope.h"

namespace assay::api {

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
  /// Lists show only what is within it: handlers hand it to the filters of the store.
  std::optional<store::DatastoreScope> scope{};
  std::map<std::string, std::string> names{};  // the parameters of the path, as sent

  int64_t id(const std::string& name) const { return ids.at(name); }
  const std::string& name(const std::string& parameter) const { return names.at(parameter); }
  store::Database& database() const { return dependencies.database; }
};

/// A successful answer. 204 has no body.
struct Reply {
  int status = 200;
  std::optional<Json> body{};
  std::string content_type{};  // of `text`, which then takes the place of the body
  std::string text{};
  std::vector<net::HttpHeader> headers{};
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
  std::string content_type{};  // of one that is text
};

/// What may be sent. CheckSchema has passed over a body before a handler sees it.
struct BodyDocumentation {
  Shape shape;
  bool is_required = true;
  bool is_list = false;                    // of the shape
  std::optional<store::Thing> item_ids{};  // of a list: what the `id` of each item names
};

/// Who may call a route, whatever it is called for.
enum class Access {
  kEveryone,  // without a token
  kMember,
  kManager,
  kAdmin,
};

/// A request that needs a stronger permission than the others of its route.
struct StrongerPermission {
  store::Permission permission;
  std::string when;  // "the check is or becomes active"
  /// Asked only about things that exist.
  std::function<Answer<bool>(const Call&)> applies;
};

struct Route {
  std::string method;  // "GET"
  /// "/api/connections/{connection_id}"; parameters are ids, but texts where they are called
  /// names (IsNameParameter).
  std::string path;
  std::string summary;
  Access access = Access::kMember;  // the least role
  /// What a team of the caller must permit on the datastore of each thing that the request
  /// names (subjects.h), and on those whose things a list shows. Absent: no datastore is
  /// touched. Admins need no team.
  std::optional<store::Permission> permission{};
  std::vector<StrongerPermission> stronger{};
  std::vector<QueryParameter> query{};
  std::optional<BodyDocumentation> body{};
  std::vector<AnswerDocumentation> answers{};
  /// Runs on a worker thread, several at a time.
  std::function<Answer<Reply>(const Call&)> handle;
};

/// Whether the parameter of a path is a text: "tag_name".
inline bool IsNameParameter(std::string_view parameter) {
  return parameter.ends_with("_name");
}

/// Routes that belong together: api/rest/x.cc defines `RouteGroup x()`.
struct RouteGroup {
  std::string title;  // "Connections"
  std::vector<Route> routes;
};

/// All groups, by name of their files. Built once, thread-safe.
std::span<const RouteGroup> AllRouteGroups();

}  // namespace assay::api
