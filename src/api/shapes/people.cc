#include "api/shapes/people.h"

namespace assay::api {

const Fields<UserView>& UserView::JsonFields() {
  static const Fields<UserView> fields = {
      Required("id", &UserView::id, "Its id."),
      Required("created", &UserView::created, "When it was made."),
      Required("user_id", &UserView::user_id, "Its id with where it comes from: local|1."),
      Required("email", &UserView::email, "The address; may be empty."),
      Required("name", &UserView::name, "How they log in, unique."),
      Required("role", &UserView::role, "Member, Manager or Admin."),
      Required("active", &UserView::active, "Whether they can log in and use tokens."),
      Required("teams", &UserView::teams, "Those they are in; Public is always among them."),
  };
  return fields;
}

Shape UserShape() {
  return {.name = "User", .schema = UserView::JsonFields().Schema()};
}

Result<std::vector<Json>> PrintUsers(store::Access& access,
                                     const std::vector<store::User>& users) {
  std::map<std::string, int64_t> ids;
  for (const store::User& user : users) {
    for (const std::string& name : user.teams) {
      if (ids.contains(name)) continue;
      ASSAY_TRY(const store::Team team, store::Teams(access).FindByName(name));
      ids[name] = team.id;
    }
  }
  std::vector<Json> printed;
  for (const store::User& user : users) {
    UserView view{.id = user.id,
                  .created = user.created,
                  .user_id = user.user_id,
                  .email = user.email,
                  .name = user.name,
                  .role = user.role,
                  .active = user.is_active,
                  .teams = {}};
    for (const std::string& name : user.teams) {
      view.teams.push_back({.id = ids[name], .name = name});
    }
    printed.push_back(UserView::JsonFields().Print(view));
  }
  return printed;
}

const Fields<TeamView>& TeamView::JsonFields() {
  static const Fields<TeamView> fields = {
      Required("id", &TeamView::id, "Its id."),
      Required("created", &TeamView::created, "When it was made."),
      Required("name", &TeamView::name, "Its name, unique."),
      Optional("description", &TeamView::description, "For people."),
      Required(
          "permission", &TeamView::permission,
          "What its users may do with its datastores: Reporter, Viewer, Drafter, Author or "
          "Editor."),
      Required("users", &TeamView::users, "Those in it."),
  };
  return fields;
}

Shape TeamShape() {
  return {.name = "Team", .schema = TeamView::JsonFields().Schema()};
}

Result<std::vector<Json>> PrintTeams(store::Access& access,
                                     const std::vector<store::Team>& teams) {
  std::vector<Json> printed;
  for (const store::Team& team : teams) {
    ASSAY_TRY(const auto members, store::Teams(access).Members(team.id));
    TeamView view{.id = team.id,
                  .created = team.created,
                  .name = team.name,
                  .description = team.description,
                  .permission = team.permission,
                  .users = {}};
    for (const store::User& user : members) {
      view.users.push_back({.id = user.id, .name = user.name});
    }
    printed.push_back(TeamView::JsonFields().Print(view));
  }
  return printed;
}

const Fields<TokenView>& TokenView::JsonFields() {
  static const Fields<TokenView> fields = {
      Required("id", &TokenView::id, "Its id."),
      Required("created", &TokenView::created, "When it was made."),
      Required("name", &TokenView::name, "What it is for."),
      Required("active", &TokenView::active, "Whether it is neither revoked nor expired."),
      Optional("expiration", &TokenView::expiration, "When it expires; null: when revoked."),
      Optional("last_used", &TokenView::last_used, "To the minute; null: not yet."),
      Required("user", &TokenView::user, "Whose rights it gives."),
  };
  return fields;
}

Shape TokenShape() {
  return {.name = "UserToken", .schema = TokenView::JsonFields().Schema()};
}

Json PrintToken(const store::Token& token, const std::string& user_name, Timestamp now) {
  const bool has_expired = token.expiration && *token.expiration <= now;
  return TokenView::JsonFields().Print({.id = token.id,
                                        .created = token.created,
                                        .name = token.name,
                                        .active = !token.revoked && !has_expired,
                                        .expiration = token.expiration,
                                        .last_used = token.last_used,
                                        .user = {.id = token.user_id, .name = user_name}});
}

}  // namespace assay::api
