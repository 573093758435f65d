#include "api/dispatcher.h"

#include <fmt/format.h>

#include <charconv>

#include "api/authentication.h"
#include "api/authorization.h"
#include "api/request_body.h"
#include "net/url.h"

namespace assay::api {
namespace {

bool IsParameter(const std::string& segment) {
  return segment.front() == '{';
}

std::string ParameterName(const std::string& segment) {
  return segment.substr(1, segment.size() - 2);
}

bool Fits(const std::vector<std::string>& segments, const std::vector<std::string>& path) {
  if (segments.size() != path.size()) return false;
  for (size_t i = 0; i < path.size(); ++i) {
    if (!IsParameter(segments[i]) && segments[i] != path[i]) return false;
  }
  return true;
}

/// Whether `a` is the better of two fitting routes: fixed segments win over parameters.
bool IsCloser(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (IsParameter(a[i]) != IsParameter(b[i])) return IsParameter(b[i]);
  }
  return false;
}

Answer<std::map<std::string, int64_t>> ReadIds(
    const std::map<std::string, std::string>& parameters) {
  std::map<std::string, int64_t> ids;
  for (const auto& [name, text] : parameters) {
    if (IsNameParameter(name)) continue;
    int64_t id = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (fault != std::errc() || end != text.data() + text.size()) {
      return Refuse(Problem::Invalid({{{"path", name}, "must be a whole number"}}));
    }
    ids[name] = id;
  }
  return ids;
}

/// The same, working on another view of the database.
Dependencies WithDatabase(const Dependencies& dependencies, store::Database& database) {
  return {.database = database,
          .cipher = dependencies.cipher,
          .signer = dependencies.signer,
          .passwords = dependencies.passwords,
          .throttle = dependencies.throttle,
          .clock = dependencies.clock,
          .connection_trials = dependencies.connection_trials,
          .wake_workers = dependencies.wake_workers,
          .log = dependencies.log,
          .openid = dependencies.openid,
          .operations = dependencies.operations,
          .egress_addresses = dependencies.egress_addresses};
}

}  // namespace

Dispatcher::Dispatcher(std::span<const RouteGroup> groups, Dependencies& dependencies)
    : dependencies_(dependencies) {
  for (const RouteGroup& group : groups) {
    for (const Route& route : group.routes) {
      entries_.push_back(
          {&route, net::SplitPath(route.path).value_or(std::vector<std::string>())});
    }
  }
}

Answer<Dispatcher::Match> Dispatcher::Find(const std::string& method,
                                           const std::vector<std::string>& path) const {
  const Entry* best = nullptr;
  std::string other_methods;
  for (const Entry& entry : entries_) {
    if (!Fits(entry.segments, path)) continue;
    if (entry.route->method != method) {
      if (other_methods.find(entry.route->method) == std::string::npos) {
        other_methods += (other_methods.empty() ? "" : ", ") + entry.route->method;
      }
    } else if (best == nullptr || IsCloser(entry.segments, best->segments)) {
      best = &entry;
    }
  }
  if (best == nullptr && other_methods.empty()) {
    return Refuse(Problem(404, "there is nothing at this path"));
  }
  if (best == nullptr) {
    Problem problem(405,
                    fmt::format("this path does not take {}, but {}", method, other_methods));
    problem.headers.push_back({"Allow", other_methods});
    return Refuse(std::move(problem));
  }
  Match match{.route = best->route, .parameters = {}};
  for (size_t i = 0; i < path.size(); ++i) {
    if (IsParameter(best->segments[i])) {
      match.parameters[ParameterName(best->segments[i])] = path[i];
    }
  }
  return match;
}

Answer<Reply> Dispatcher::Run(const net::HttpRequest& request) const {
  const auto path = net::SplitPath(request.path);
  if (!path) return Refuse(Problem(400, path.error().message));
  API_TRY(const Match match, Find(request.method, *path));
  const Route& route = *match.route;
  Caller caller;
  caller.address = request.peer_address;
  caller.cookies = request.Header("Cookie");
  if (route.access != Access::kEveryone) {
    API_TRY(caller, Authenticate(dependencies_, request));
    API_RETURN_IF_ERROR(CheckRole(caller, route.access));
  }
  API_TRY(const auto ids, ReadIds(match.parameters));
  API_TRY(const Query query, Query::Parse(request.query, route.query));
  API_TRY(const Json body, ReadBody(request.body, route.body));
  const Timestamp now = dependencies_.clock.Now();
  API_TRY(const auto scope, ScopeOf(route, caller, dependencies_.database));
  store::Database database = dependencies_.database.As(
      {.user_id = caller.user_id, .name = caller.name, .address = caller.address, .now = now});
  Dependencies dependencies = WithDatabase(dependencies_, database);
  const Call call{.dependencies = dependencies,
                  .caller = caller,
                  .ids = ids,
                  .query = query,
                  .body = body,
                  .stop = request.stop,
                  .scope = scope,
                  .names = match.parameters};
  API_RETURN_IF_ERROR(CheckPermissions(route, call));
  return route.handle(call);
}

net::HttpResponse Dispatcher::Handle(const net::HttpRequest& request) const {
  const Answer<Reply> reply = Run(request);
  if (!reply) {
    if (!reply.error().internal_message.empty()) {
      dependencies_.log(fmt::format("{} {} failed: {}", request.method, request.path,
                                    reply.error().internal_message));
    }
    return reply.error().ToResponse();
  }
  net::HttpResponse response{.status = reply->status,
                             .content_type = reply->content_type,
                             .body = reply->text,
                             .headers = reply->headers};
  if (reply->body) {
    response.content_type = "application/json";
    response.body = PrintJson(*reply->body);
  }
  return response;
}

}  // namespace assay::api
