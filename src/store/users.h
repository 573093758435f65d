// People who use the product, and the teams they are in.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "store/access.h"
#include "store/page.h"

namespace assay::store {

/// The team that every user is in, and that cannot be deleted.
inline constexpr const char* kPublicTeam = "Public";

struct Team {
  int64_t id = 0;
  Timestamp created{};
  std::string name;  // unique; kPublicTeam exists from the start
  std::optional<std::string> description;
  std::string permission = "Editor";  // see datastore_scope.h
};

struct User {
  int64_t id = 0;
  Timestamp created{};
  std::string user_id;  // "local|1"; set by Create when empty
  std::string name;     // unique
  std::string email;
  std::string role = "Member";        // Member, Manager, Admin
  Secret password_hash;               // never the password; empty: no login with one
  bool password_is_one_time = false;  // to be replaced at the next login
  bool is_active = true;              // others can neither log in nor use tokens
  std::vector<std::string> teams;     // names; the public one is always among them
};

class Teams {
 public:
  explicit Teams(Access& access) : access_(access) {}

  Result<Team> Create(Team team);
  Result<Team> Get(int64_t id);
  Result<Team> FindByName(const std::string& name);
  /// By id.
  Result<Page<Team>> List(const PageRequest& page);
  /// Users of a team, by id, without their teams.
  Result<std::vector<User>> Members(int64_t id);
  /// Writes name, description and permission. kNotFound; kConflict when the name is taken, or
  /// for another name of the public team.
  Status Update(const Team& team);
  /// kNotFound; kConflict for the public team, and while datastores or users are in it, naming
  /// them.
  Status Delete(int64_t id);

 private:
  Access& access_;
};

class Users {
 public:
  explicit Users(Access& access) : access_(access) {}

  /// kConflict when the name is taken, kInvalidInput for an unknown team.
  Result<User> Create(User user);
  Result<User> Get(int64_t id);
  Result<User> FindByName(const std::string& name);
  /// The active user of this name, or else the only active one of this email address in any
  /// case; kNotFound for none or several.
  Result<User> FindForLogin(const std::string& name_or_email);
  /// The user with this address in any case; of several the only active one. kNotFound for
  /// none, kConflict when several are active.
  Result<User> FindByEmail(const std::string& email);
  /// Writes all but id, created and user_id. Ends the user's sessions when they are no longer
  /// active or the password changed. kNotFound; kConflict when the name is taken, or when no
  /// active administrator would be left; kInvalidInput for an unknown team.
  Status Update(const User& user);
  /// By id.
  Result<Page<User>> List(const PageRequest& page);
  Result<int64_t> Count();

 private:
  Access& access_;
};

}  // namespace assay::store
