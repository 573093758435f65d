// Users, teams and tokens as the API prints them.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/route.h"
#include "api/shapes/references.h"
#include "store/tokens.h"
#include "store/users.h"

namespace assay::api {

struct UserView {
  int64_t id = 0;
  Timestamp created{};
  std::string user_id;
  std::string email;
  std::string name;
  std::string role;
  bool active = true;
  std::vector<NamedReference> teams;

  static const Fields<UserView>& JsonFields();
};
Shape UserShape();
/// One object a user, in order.
Result<std::vector<Json>> PrintUsers(store::Access& access,
                                     const std::vector<store::User>& users);

struct TeamView {
  int64_t id = 0;
  Timestamp created{};
  std::string name;
  std::optional<std::string> description;
  std::string permission;
  std::vector<NamedReference> users;

  static const Fields<TeamView>& JsonFields();
};
Shape TeamShape();
/// One object a team, in order.
Result<std::vector<Json>> PrintTeams(store::Access& access,
                                     const std::vector<store::Team>& teams);

struct TokenView {
  int64_t id = 0;
  Timestamp created{};
  std::string name;
  bool active = true;  // neither revoked nor expired
  std::optional<Timestamp> expiration;
  std::optional<Timestamp> last_used;
  NamedReference user;

  static const Fields<TokenView>& JsonFields();
};
Shape TokenShape();
Json PrintToken(const store::Token& token, const std::string& user_name, Timestamp now);

}  // namespace assay::api
