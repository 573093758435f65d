// An API server with two containers to put checks of templates on.

#pragma once

#include "store/datastores.h"
#include "tests/api/api_fixture.h"

namespace assay::api {

class TemplatesTest : public ApiTest {
 protected:
  int64_t datastore_ = MakeDatastore("lake");
  int64_t orders_ = MakeContainer(datastore_, "orders_*.csv");
  int64_t customers_ = MakeContainer(datastore_, "customers_*.csv");

  static Json Payload() {
    return {{"rule", "between"},
            {"description", "id within 5..20"},
            {"coverage", nullptr},
            {"filter", "name = each('EU', 'US')"},
            {"properties", {{"min", 5}, {"max", 20}}},
            {"tags", {"critical"}},
            {"template_locked", true},
            {"additional_metadata", {{"from quality check id", "7"}}}};
  }

  Json MakeTemplate(const Json& changes = Json::object()) {
    Json payload = Payload();
    payload.update(changes);
    return Call("POST", "/quality-check-templates", 201, payload);
  }

  static std::string PathOf(const Json& made) {
    return "/quality-check-templates/" + made["id"].dump();
  }

  /// The checks of the template on field "id" of both containers.
  Json MakeChecks(const Json& made) {
    return Call("POST", PathOf(made) + "/quality-checks", 201,
                Json::array({{{"container_id", orders_}, {"fields", {"id"}}},
                             {{"container_id", customers_}, {"fields", {"id"}}}}));
  }

  Json ChecksOf(const Json& made) {
    return Call("GET", "/quality-checks?archived=include&template=" + made["id"].dump(),
                200)["items"];
  }

  /// A token of a new user of the role whose only team with the datastore permits that.
  std::string TokenWith(const std::string& role, const std::string& permission) {
    store::Team team;
    team.created = clock_.Now();
    team.name = role + " " + permission;
    team.permission = permission;
    EXPECT_TRUE(store::Teams(installation_->database()).Create(team));
    store::Datastores datastores(installation_->database());
    store::Datastore datastore = datastores.Get(datastore_).value();
    datastore.teams = {team.name};
    EXPECT_TRUE(datastores.Update(datastore));
    const std::string token = TokenOf(role + permission, role);
    store::Users users(installation_->database());
    store::User user = users.FindByName(role + permission).value();
    user.teams = {team.name};
    EXPECT_TRUE(users.Update(user));
    return token;
  }
};

}  // namespace assay::api
