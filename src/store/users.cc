#include "store/users.h"

#include <fmt/format.h>

#include <set>

#include "store/sql/change.h"
#include "store/sql/where.h"
#include "store/tokens.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, user_id, name, email, role, password_hash, password_is_one_time, "
    "is_active FROM users";

std::vector<std::string> TeamsOf(soci::session& session, int64_t user_id) {
  std::vector<std::string> names;
  std::string name;
  sql::Select select(session,
                     "SELECT name FROM teams JOIN team_members ON team_id = teams.id "
                     "WHERE user_id = ? ORDER BY teams.id",
                     {user_id});
  select.Into(name);
  while (select.Next()) names.push_back(name);
  return names;
}

std::vector<User> ReadAll(soci::session& session, const std::string& text,
                          const sql::Values& values) {
  std::vector<User> users;
  User row;
  std::string password_hash;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.user_id, row.name, row.email, row.role, password_hash,
              row.password_is_one_time, row.is_active);
  while (select.Next()) {
    row.password_hash = Secret(password_hash);
    users.push_back(row);
  }
  for (User& user : users) user.teams = TeamsOf(session, user.id);
  return users;
}

Status AssignTeams(soci::session& session, int64_t user_id,
                   const std::vector<std::string>& names) {
  sql::Run(session, "DELETE FROM team_members WHERE user_id = ?", {user_id});
  std::set<std::string> all(names.begin(), names.end());
  all.insert(kPublicTeam);
  for (const std::string& name : all) {
    const auto team_id =
        sql::SelectInteger(session, "SELECT id FROM teams WHERE name = ?", {name});
    if (!team_id)
      return Fail(ErrorKind::kInvalidInput, fmt::format("no team of this name: {}", name));
    sql::Run(session, "INSERT INTO team_members (team_id, user_id) VALUES (?, ?)",
             {*team_id, user_id});
  }
  return {};
}

Status RefuseTakenName(soci::session& session, const User& user) {
  if (sql::SelectInteger(session, "SELECT id FROM users WHERE name = ? AND id <> ?",
                         {user.name, user.id})) {
    return Fail(ErrorKind::kConflict,
                fmt::format("a user of this name exists already: {}", user.name));
  }
  return {};
}

bool HasAdministrator(soci::session& session) {
  return sql::SelectInteger(session,
                            "SELECT id FROM users WHERE role = 'Admin' AND is_active = 1")
      .has_value();
}

}  // namespace

Result<User> Users::Create(User user) {
  return access_.Write([&](soci::session& session) -> Result<User> {
    user.id = 0;
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, user));
    sql::Change change(access_, session, EntityType::kUser);
    user.id =
        sql::Insert(session,
                    "INSERT INTO users (created, user_id, name, email, role, password_hash, "
                    "password_is_one_time, is_active) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    {user.created, user.user_id, user.name, user.email, user.role,
                     user.password_hash.Reveal(), user.password_is_one_time, user.is_active});
    if (user.user_id.empty()) {
      user.user_id = fmt::format("local|{}", user.id);
      sql::Run(session, "UPDATE users SET user_id = ? WHERE id = ?", {user.user_id, user.id});
    }
    ASSAY_RETURN_IF_ERROR(AssignTeams(session, user.id, user.teams));
    user.teams = TeamsOf(session, user.id);
    change.Record("create", user.id);
    return user;
  });
}

Result<User> Users::Get(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<User> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id});
    if (found.empty()) return Fail(ErrorKind::kNotFound, fmt::format("no user {}", id));
    return std::move(found.front());
  });
}

Result<User> Users::FindByName(const std::string& name) {
  return access_.Read([&](soci::session& session) -> Result<User> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE name = ?", {name});
    if (found.empty()) {
      return Fail(ErrorKind::kNotFound, fmt::format("no user of this name: {}", name));
    }
    return std::move(found.front());
  });
}

Result<User> Users::FindForLogin(const std::string& name_or_email) {
  return access_.Read([&](soci::session& session) -> Result<User> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE name = ? AND is_active = 1",
                         {name_or_email});
    if (found.empty()) {
      found = ReadAll(
          session, std::string(kColumns) + " WHERE LOWER(email) = LOWER(?) AND is_active = 1",
          {name_or_email});
    }
    if (found.size() != 1 || name_or_email.empty()) {
      return Fail(ErrorKind::kNotFound, fmt::format("no such user: {}", name_or_email));
    }
    return std::move(found.front());
  });
}

Result<User> Users::FindByEmail(const std::string& email) {
  return access_.Read([&](soci::session& session) -> Result<User> {
    auto found =
        ReadAll(session,
                std::string(kColumns) +
                    " WHERE LOWER(email) = LOWER(?) AND email <> '' ORDER BY is_active DESC",
                {email});
    if (found.empty()) {
      return Fail(ErrorKind::kNotFound, fmt::format("no user has this address: {}", email));
    }
    if (found.size() > 1 && found[1].is_active) {
      return Fail(ErrorKind::kConflict,
                  fmt::format("several users have this address: {}", email));
    }
    return std::move(found.front());
  });
}

Status Users::Update(const User& user) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, user));
    sql::Change change(access_, session, EntityType::kUser, user.id);
    const bool had_administrator = HasAdministrator(session);
    const bool keeps_password =
        sql::SelectInteger(session, "SELECT id FROM users WHERE id = ? AND password_hash = ?",
                           {user.id, user.password_hash.Reveal()})
            .has_value();
    if (sql::Run(session,
                 "UPDATE users SET name = ?, email = ?, role = ?, password_hash = ?, "
                 "password_is_one_time = ?, is_active = ? WHERE id = ?",
                 {user.name, user.email, user.role, user.password_hash.Reveal(),
                  user.password_is_one_time, user.is_active, user.id}) == 0) {
      return Fail(ErrorKind::kNotFound, fmt::format("no user {}", user.id));
    }
    if (had_administrator && !HasAdministrator(session)) {
      return Fail(ErrorKind::kConflict,
                  "this is the last active administrator; make another user Admin first");
    }
    ASSAY_RETURN_IF_ERROR(AssignTeams(session, user.id, user.teams));
    if (!user.is_active || !keeps_password) {
      sql::Run(session, "DELETE FROM tokens WHERE user_id = ? AND kind = ?",
               {user.id, TokenKindName(TokenKind::kSession)});
    }
    change.Record("update");
    return {};
  });
}

Result<Page<User>> Users::List(const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<User>> {
    Page<User> result;
    result.total = sql::SelectInteger(session, "SELECT COUNT(*) FROM users").value_or(0);
    result.items = ReadAll(session, std::string(kColumns) + " ORDER BY id" + sql::kPageLimits,
                           sql::WithPage({}, page));
    return result;
  });
}

Result<int64_t> Users::Count() {
  return access_.Read([&](soci::session& session) -> Result<int64_t> {
    return sql::SelectInteger(session, "SELECT COUNT(*) FROM users").value_or(0);
  });
}

}  // namespace assay::store
