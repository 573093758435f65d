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

struct Team {
  int64_t id = 0;
  Timestamp created{};
  std::string name;  // unique; "Public" exists from the start
  std::optional<std::string> description;
  std::string permission = "Editor";
};

struct User {
  int64_t id = 0;
  Timestamp created{};
  std::string user_id;  // "local|1"; set by Create when empty
  std::string name;     // unique
  std::string email;
  std::string role = "Member";     // Member, Manager, Admin
  Secret password_hash;            // never the password
  std::vector<std::string> teams;  // names
};

class Teams {
 public:
  explicit Teams(Access& access) : access_(access) {}

  Result<Team> Create(Team team);
  Result<Team> Get(int64_t id);
  Result<Team> FindByName(const std::string& name);
  /// By id.
  Result<Page<Team>> List(const PageRequest& page);
  /// Users of a team, by id.
  Result<std::vector<User>> Members(int64_t id);

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
  /// Writes email, role, password hash and teams.
  Status Update(const User& user);
  /// By id.
  Result<Page<User>> List(const PageRequest& page);
  Result<int64_t> Count();

 private:
  Access& access_;
};

}  // namespace assay::store
