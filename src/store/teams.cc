#include <fmt/format.h>

#include "store/sql/change.h"
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

Result<Team> Find(soci::session& session, int64_t id) {
  auto found = ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id});
  if (found.empty()) return Fail(ErrorKind::kNotFound, fmt::format("no team {}", id));
  return std::move(found.front());
}

Status RefuseTakenName(soci::session& session, const Team& team) {
  if (sql::SelectInteger(session, "SELECT id FROM teams WHERE name = ? AND id <> ?",
                         {team.name, team.id})) {
    return Fail(ErrorKind::kConflict,
                fmt::format("a team of this name exists already: {}", team.name));
  }
  return {};
}

std::string Names(soci::session& session, const char* query, int64_t id) {
  std::string names, name;
  sql::Select select(session, query, {id});
  select.Into(name);
  while (select.Next()) names += (names.empty() ? "" : ", ") + name;
  return names;
}

}  // namespace

Result<Team> Teams::Create(Team team) {
  return access_.Write([&](soci::session& session) -> Result<Team> {
    team.id = 0;
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, team));
    sql::Change change(access_, session, EntityType::kTeam);
    team.id = sql::Insert(
        session,
        "INSERT INTO teams (created, name, description, permission) VALUES (?, ?, ?, ?)",
        {team.created, team.name, team.description, team.permission});
    change.Record("create", team.id);
    return team;
  });
}

Result<Team> Teams::Get(int64_t id) {
  return access_.Read([&](soci::session& session) { return Find(session, id); });
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
    sql::Select select(
        session,
        "SELECT users.id, created, users.user_id, name, email, role, is_active FROM users "
        "JOIN team_members ON team_members.user_id = users.id WHERE team_id = ? "
        "ORDER BY users.id",
        {id});
    select.Into(row.id, row.created, row.user_id, row.name, row.email, row.role, row.is_active);
    while (select.Next()) users.push_back(row);
    return users;
  });
}

Status Teams::Update(const Team& team) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_TRY(const Team before, Find(session, team.id));
    if (before.name == kPublicTeam && team.name != before.name) {
      return Fail(ErrorKind::kConflict, "the team Public keeps its name");
    }
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, team));
    sql::Change change(access_, session, EntityType::kTeam, team.id);
    sql::Run(session, "UPDATE teams SET name = ?, description = ?, permission = ? WHERE id = ?",
             {team.name, team.description, team.permission, team.id});
    change.Record("update");
    return {};
  });
}

Status Teams::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_TRY(const Team team, Find(session, id));
    if (team.name == kPublicTeam) {
      return Fail(ErrorKind::kConflict, "the team Public cannot be deleted");
    }
    const std::string datastores = Names(
        session,
        "SELECT name FROM datastores JOIN datastore_teams ON datastore_id = datastores.id "
        "WHERE team_id = ? ORDER BY name",
        id);
    const std::string users =
        Names(session,
              "SELECT name FROM users JOIN team_members ON team_members.user_id = "
              "users.id WHERE team_id = ? ORDER BY name",
              id);
    if (!datastores.empty()) {
      return Fail(ErrorKind::kConflict,
                  fmt::format("the team has datastores; take them out first: {}", datastores));
    }
    if (!users.empty()) {
      return Fail(ErrorKind::kConflict,
                  fmt::format("the team has users; take them out first: {}", users));
    }
    sql::Change change(access_, session, EntityType::kTeam, id);
    sql::Run(session, "DELETE FROM teams WHERE id = ?", {id});
    change.Record("delete");
    return {};
  });
}

}  // namespace assay::store
