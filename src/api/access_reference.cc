#include "api/access_reference.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "api/authorization.h"
#include "api/subjects.h"

namespace assay::api {
namespace {

constexpr std::string_view kIntroduction = R"(# Who may do what

A user has a **role** in the whole installation, and by each of their **teams** a **permission** on the
datastores of that team. Everybody is in the team Public. A stronger role or permission may do all
that a weaker one may:

- roles: Member, Manager, Admin;
- permissions: Reporter, Viewer, Drafter, Author, Editor.

A call needs the least role below, and the least permission on the datastore of everything that it
names: in its path, its query or its body. Of several teams that share a datastore the strongest
permission counts. What belongs to datastores with which a user shares no team does not exist for
them: it is in no list, and asking for it is answered 404. Admins need no team.

This file is generated from the routes in `src/api/rest`.
)";

std::string PermissionCell(const Route& route) {
  if (!route.permission) return "";
  std::string text = store::PermissionName(*route.permission);
  for (const StrongerPermission& stronger : route.stronger) {
    text +=
        fmt::format("; {} if {}", store::PermissionName(stronger.permission), stronger.when);
  }
  return text;
}

}  // namespace

std::string NeedsOf(const Route& route) {
  std::string text;
  if (route.access == Access::kEveryone) return text;
  if (RoleOf(route.access) != Role::kMember) {
    text = fmt::format("Needs the role {}.", RoleName(RoleOf(route.access)));
  }
  if (!route.permission || !NamesSubjects(route)) return text;
  text += fmt::format("{}Needs the team permission {} on the datastore",
                      text.empty() ? "" : " ", store::PermissionName(*route.permission));
  for (const StrongerPermission& stronger : route.stronger) {
    text +=
        fmt::format("; {} if {}", store::PermissionName(stronger.permission), stronger.when);
  }
  return text + ".";
}

std::string AccessReference() {
  std::vector<std::pair<std::string, std::string>>
      tables;  // title and rows; files share titles
  for (const RouteGroup& group : AllRouteGroups()) {
    auto table = std::ranges::find(tables, group.title, &decltype(tables)::value_type::first);
    if (table == tables.end()) table = tables.insert(table, {group.title, ""});
    for (const Route& route : group.routes) {
      table->second += fmt::format(
          "| `{} {}` | {} | {} | {} |\n", route.method, route.path,
          route.access == Access::kEveryone ? "none" : RoleName(RoleOf(route.access)),
          PermissionCell(route), route.summary);
    }
  }
  std::string text(kIntroduction);
  for (const auto& [title, rows] : tables) {
    text += fmt::format("\n## {}\n\n| call | role | permission | |\n|---|---|---|---|\n{}",
                        title, rows);
  }
  return text;
}

}  // namespace assay::api
