#include <fmt/format.h>

#include "store/sql/where.h"
#include "store/users.h"

namespace assay::store {
namespace {

constexpr const char* kColumns = "SELECT id, created, name, description, permission FROM teams";

std::vector<Team> ReadAll(soci::session& session, const std::string& text,
                          const sql::Values& values) {
  std::vector<Team> teams;
  Team row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.name, row.description, row.permission);
  while (select.Next()) teams.push_back(row);
  return teams;
}

}  // namespace

Result<Team> Teams::Create(Team team) {
  return access_.Write([&](soci::session& session) -> Result<Team> {
    if (sql::SelectInteger(session, "SELECT id FROM teams WHERE name = ?", {team.name})) {
      return Fail(ErrorKind::kConflict,
                  fmt::format("a team of this name exists already: {}", team.name));
    }
    team.id = sql::Insert(
        session,
        "INSERT INTO teams (created, name, description, permission) VALUES (?, ?, ?, ?)",
        {team.created, team.name, team.description, team.permission});
    return team;
  });
}

Result<Team> Teams::Get(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<Team> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id});
    if (found.empty()) return Fail(ErrorKind::kNotFound, fmt::format("no team {}", id));
    return std::move(found.front());
  });
}

Result<Team> Teams::FindByName(const std::string& name) {
  return access_.Read([&](soci::session& session) -> Result<Team> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE name = ?", {name});
    if (found.empty()) {
      return Fail(ErrorKind::kNotFound, fmt::format("no team of this name: {}", name));
    }
    return std::move(found.front());
  });
}

Result<Page<Team>> Teams::List(const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<Team>> {
    Page<Team> result;
    result.total = sql::SelectInteger(session, "SELECT COUNT(*) FROM teams").value_or(0);
    result.items = ReadAll(session, std::string(kColumns) + " ORDER BY id" + sql::kPageLimits,
                           sql::WithPage({}, page));
    return result;
  });
}

Result<std::vector<User>> Teams::Members(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<User>> {
    std::vector<User> users;
    User row;
    sql::Select select(session,
                       "SELECT users.id, created, users.user_id, name, email, role FROM users "
                       "JOIN team_members ON team_members.user_id = users.id WHERE team_id = ? "
                       "ORDER BY users.id",
                       {id});
    select.Into(row.id, row.created, row.user_id, row.name, row.email, row.role);
    while (select.Next()) users.push_back(row);
    return users;
  });
}

}  // namespace assay::store
