#include "api/authorization.h"

#include <array>

#include "api/dispatcher.h"
#include "api/subjects.h"
#include "store/anomalies.h"
#include "store/computed_fields.h"
#include "store/container_scans.h"
#include "store/datastores.h"
#include "store/operations.h"
#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A smallest value that fits a schema, `ids` being put where it takes a key of that name.
Json ExampleOf(const Json& schema, const std::map<std::string, int64_t>& ids) {
  if (schema.contains("enum")) return schema["enum"][0];
  const std::string type = schema.value("type", "object");
  if (type == "string") return "text";
  if (type == "integer" || type == "number") return 1;
  if (type == "boolean") return true;
  if (type == "array") return Json::array({ExampleOf(schema.at("items"), ids)});
  Json example = Json::object();
  for (const Json& name : schema.value("required", Json::array())) {
    const std::string& key = name.get_ref<const std::string&>();
    example[key] = ExampleOf(schema["properties"][key], ids);
  }
  for (const auto& [name, id] : ids) {
    if (schema.value("properties", Json::object()).contains(name)) example[name] = id;
  }
  return example;
}

/// A datastore with one thing of each kind, shared with a team for each permission, and not
/// with Public.
class AuthorizationTest : public ApiTest {
 protected:
  AuthorizationTest() {
    for (const store::Permission permission : store::AllPermissions()) {
      store::Team team;
      team.created = clock_.Now();
      team.name = store::PermissionName(permission);
      team.permission = store::PermissionName(permission);
      EXPECT_TRUE(store::Teams(installation_->database()).Create(team));
    }
    ShareOnlyWith({"Reporter", "Viewer", "Drafter", "Author", "Editor"});
    // Connections are for everybody to see.
    Call("PUT", fmt::format("/connections/{}", connection_), 200, {{"name", "shared"}});
    store::ContainerScan scan;
    scan.operation_id = operation_;
    scan.container_id = container_;
    scan.start_time = clock_.Now();
    scan.result = "success";
    store::NewAnomaly anomaly;
    anomaly.anomaly.uuid = "uuid-1";
    anomaly.anomaly.container_id = container_;
    anomaly.anomaly.operation_id = operation_;
    anomaly.anomaly.container_scan_id =
        store::ContainerScans(installation_->database()).Add(scan, {}).value();
    anomaly.anomaly.type = "record";
    anomaly.anomaly.message = "hidden anomaly";
    anomaly_ = store::Anomalies(installation_->database()).Add({anomaly}).value().front();
  }

  void ShareOnlyWith(const std::vector<std::string>& teams) {
    store::Datastores datastores(installation_->database());
    store::Datastore datastore = datastores.Get(datastore_).value();
    datastore.teams = teams;
    EXPECT_TRUE(datastores.Update(datastore));
  }

  /// A token of a new user in the team of that name, or only in Public.
  std::string TokenIn(const std::string& team, const std::string& role = "Member") {
    const std::string name = role + "-" + team;
    const std::string token = TokenOf(name, role);
    store::Users users(installation_->database());
    store::User user = users.FindByName(name).value();
    if (!team.empty()) user.teams = {team};
    EXPECT_TRUE(users.Update(user));
    return token;
  }

  int64_t MakeComputedField(int64_t container) {
    store::ComputedField field;
    field.container_id = container;
    field.name = "hidden field";
    field.transformation = "customExpression";
    return store::ComputedFields(installation_->database()).Create(field).value().id;
  }

  int Status(const std::string& method, const std::string& path, const std::string& token,
             const Json& body = nullptr) {
    return Send(method, path, body.is_null() ? "" : PrintJson(body), token).status;
  }

  int64_t ItemId(store::Thing thing) const {
    return thing == store::Thing::kAnomaly ? anomaly_ : check_;
  }

  /// A request of the route about the one datastore, with a body that fits.
  net::HttpRequest RequestOf(const Route& route, const std::string& token) const {
    const std::map<std::string, int64_t> ids = {
        {"datastore_id", datastore_},           {"enrichment_id", datastore_},
        {"container_id", container_},           {"quality_check_id", check_},
        {"operation_id", operation_},           {"anomaly_id", anomaly_},
        {"computed_field_id", computed_field_}, {"connection_id", connection_},
        {"enrichment_datastore_id", datastore_}};
    net::HttpRequest request;
    request.method = route.method;
    request.path = route.path;
    for (size_t open; (open = request.path.find('{')) != std::string::npos;) {
      const size_t close = request.path.find('}');
      const auto id = ids.find(request.path.substr(open + 1, close - open - 1));
      request.path.replace(open, close - open + 1,
                           std::to_string(id == ids.end() ? 1 : id->second));
    }
    for (const QueryParameter& parameter : route.query) {
      if (parameter.repeats) continue;
      if (parameter.name == "datastore")
        request.query = fmt::format("datastore={}", datastore_);
      if (parameter.name == "container")
        request.query = fmt::format("container={}", container_);
    }
    if (route.body) {
      Json example = ExampleOf(route.body->shape.schema, ids);
      if (route.body->item_ids) example["id"] = ItemId(*route.body->item_ids);
      request.body =
          PrintJson(route.body->is_list ? Json::array({example}) : std::move(example));
    }
    if (!token.empty()) request.headers = {{"Authorization", "Bearer " + token}};
    return request;
  }

  int64_t datastore_ = MakeDatastore("hidden-lake");
  int64_t connection_ =
      store::Datastores(installation_->database()).Get(datastore_)->connection_id;
  int64_t container_ = MakeContainer(datastore_, "hidden-orders");
  int64_t check_ = Call("POST", "/quality-checks", 201,
                        {{"container_id", container_},
                         {"rule", "notNull"},
                         {"fields", {"id"}},
                         {"status", "Draft"}})
                       .value("id", int64_t{0});
  int64_t operation_ =
      Call("POST", "/operations/run", 200, {{"type", "scan"}, {"datastore_id", datastore_}})
          .value("id", int64_t{0});
  int64_t computed_field_ = MakeComputedField(container_);
  int64_t anomaly_ = 0;
};

/// What the table says that a call is answered with; 204 stands for what handlers answer.
int Expected(const Route& route, std::optional<Role> role,
             std::optional<store::Permission> permission) {
  if (route.access == Access::kEveryone) return 204;
  if (!role) return 401;
  if (*role < RoleOf(route.access)) return 403;
  if (*role == Role::kAdmin || !route.permission || !NamesSubjects(route)) return 204;
  if (!permission) return 404;
  return *permission < *route.permission ? 403 : 204;
}

TEST_F(AuthorizationTest, EveryCallAsEveryRoleAndPermissionIsAnsweredAsTheTableSays) {
  std::vector<RouteGroup> groups(AllRouteGroups().begin(), AllRouteGroups().end());
  for (RouteGroup& group : groups) {
    for (Route& route : group.routes) {
      route.handle = [](const struct Call&) -> Answer<Reply> { return NoContent(); };
      route.stronger.clear();
    }
  }
  Dependencies dependencies{.database = installation_->database(),
                            .cipher = installation_->cipher(),
                            .signer = installation_->signer(),
                            .passwords = installation_->passwords(),
                            .throttle = throttle_,
                            .clock = clock_,
                            .connection_trials = trials_,
                            .wake_workers = [] {},
                            .log = [](const std::string&) {}};
  const Dispatcher dispatcher(groups, dependencies);

  struct Person {
    std::optional<Role> role;
    std::optional<store::Permission> permission;
    std::string token;
  };
  std::vector<Person> people = {{}};
  for (const Role role : {Role::kMember, Role::kManager, Role::kAdmin}) {
    people.push_back({role, std::nullopt, TokenIn("", RoleName(role))});
    for (const store::Permission permission : store::AllPermissions()) {
      people.push_back(
          {role, permission, TokenIn(store::PermissionName(permission), RoleName(role))});
    }
  }
  int calls = 0;
  for (const RouteGroup& group : groups) {
    for (const Route& route : group.routes) {
      for (const Person& person : people) {
        const net::HttpRequest request = RequestOf(route, person.token);
        const net::HttpResponse response = dispatcher.Handle(request);
        EXPECT_EQ(response.status, Expected(route, person.role, person.permission))
            << route.method << " " << route.path << " as "
            << (person.role ? RoleName(*person.role) : "nobody") << " "
            << (person.permission ? store::PermissionName(*person.permission) : "in no team")
            << ": " << request.body << " " << response.body;
        ++calls;
      }
    }
  }
  EXPECT_GT(calls, 500);
}

TEST_F(AuthorizationTest, EveryRouteThatNamesThingsStatesItsPermission) {
  std::vector<std::string> silent;
  for (const RouteGroup& group : AllRouteGroups()) {
    for (const Route& route : group.routes) {
      const bool is_for_admins = route.access == Access::kAdmin;
      if (NamesSubjects(route) && !is_for_admins && !route.permission) {
        silent.push_back(route.method + " " + route.path);
      }
      // Items of lists are things, unless the route is for administrators.
      if (route.body && route.body->is_list && !is_for_admins && !NamesSubjects(route)) {
        silent.push_back(route.method + " " + route.path + " (items of its body)");
      }
    }
  }
  EXPECT_THAT(silent, IsEmpty());
}

TEST_F(AuthorizationTest, ListsShowOnlyWhatTheCallersTeamsMaySee) {
  const std::string stranger = TokenIn("");
  const std::string reporter = TokenIn("Reporter");
  int seen_by_reporter = 0;
  for (const RouteGroup& group : AllRouteGroups()) {
    for (const Route& route : group.routes) {
      if (route.method != "GET" || route.path.find('{') != std::string::npos) continue;
      if (RoleOf(route.access) != Role::kMember || NamesSubjects(route)) continue;
      const std::string path = route.path.substr(std::string("/api").size());
      EXPECT_THAT(Send("GET", path, "", stranger).body, Not(HasSubstr("hidden"))) << path;
      const testing::Reply reply = Send("GET", path, "", reporter);
      if (reply.body.find("hidden-lake") != std::string::npos) ++seen_by_reporter;
    }
  }
  // Connections (which name their datastores), datastores, containers, operations, anomalies,
  // checks.
  EXPECT_GE(seen_by_reporter, 5);
  EXPECT_EQ(ParseJson(Send("GET", "/datastores", "", stranger).body).value()["total"], 0);
  EXPECT_EQ(ParseJson(Send("GET", "/quality-checks", "", stranger).body).value()["total"], 0);
}

TEST_F(AuthorizationTest, AThingOfOtherTeamsIsAnsweredAsOneThatDoesNotExist) {
  const std::string stranger = TokenIn("");
  const auto message = [&](int64_t id) {
    const testing::Reply reply = Send("GET", fmt::format("/datastores/{}", id), "", stranger);
    EXPECT_EQ(reply.status, 404);
    return ParseJson(reply.body).value()["message"].get<std::string>();
  };
  EXPECT_EQ(message(datastore_), fmt::format("no datastore {}", datastore_));
  EXPECT_EQ(message(999), "no datastore 999");
}

TEST_F(AuthorizationTest, SaysWhichPermissionIsMissing) {
  const testing::Reply reply =
      Send("POST", "/operations/run",
           PrintJson({{"type", "sync"}, {"datastore_id", datastore_}}), TokenIn("Author"));
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(ParseJson(reply.body).value()["message"],
            fmt::format("this needs the team permission Editor on the datastore; yours is "
                        "Author: datastore {}",
                        datastore_));
}

TEST_F(AuthorizationTest, TheStrongestOfSeveralTeamsCounts) {
  const std::string token = TokenIn("Reporter");
  const Json sync = {{"type", "sync"}, {"datastore_id", datastore_}};
  EXPECT_EQ(Status("POST", "/operations/run", token, sync), 403);
  store::Users users(installation_->database());
  store::User user = users.FindByName("Member-Reporter").value();
  user.teams = {"Reporter", "Editor"};
  ASSERT_TRUE(users.Update(user));
  EXPECT_EQ(Status("POST", "/operations/run", token, sync), 200);
}

TEST_F(AuthorizationTest, EverybodyIsInPublicWhateverTeamsAreGiven) {
  const std::string token = TokenIn("Reporter");
  ShareOnlyWith({"Public"});
  EXPECT_EQ(Status("GET", fmt::format("/datastores/{}", datastore_), token), 200);
}

TEST_F(AuthorizationTest, DraftersWriteDraftsAndAuthorsActivateThem) {
  const std::string drafter = TokenIn("Drafter"), author = TokenIn("Author");
  const std::string path = fmt::format("/quality-checks/{}", check_);
  Json check = {{"container_id", container_}, {"rule", "notNull"}, {"fields", {"name"}}};
  EXPECT_EQ(Status("POST", "/quality-checks", drafter, check), 403);
  check["status"] = "Draft";
  EXPECT_EQ(Status("POST", "/quality-checks", drafter, check), 201);
  EXPECT_EQ(Status("PUT", path, drafter, {{"description", "better"}}), 200);
  EXPECT_EQ(Status("PUT", path, drafter, {{"status", "Active"}}), 403);
  EXPECT_EQ(Status("DELETE", path, drafter), 403);
  EXPECT_EQ(Status("PUT", path, author, {{"status", "Active"}}), 200);
  EXPECT_EQ(Status("PUT", path, drafter, {{"description", "worse"}}), 403);
  EXPECT_EQ(Status("PUT", path, drafter, {{"status", "Draft"}}), 403);
  EXPECT_EQ(Status("DELETE", path, author), 204);
  EXPECT_EQ(Status("PUT", path, drafter, {{"status", "Draft"}}), 200);
}

TEST_F(AuthorizationTest, EditorsDescribeAnomaliesAndDeleteThemForGood) {
  const std::string author = TokenIn("Author"), editor = TokenIn("Editor");
  const std::string path = fmt::format("/anomalies/{}", anomaly_);
  EXPECT_EQ(Status("PUT", path, author, {{"status", "Acknowledged"}}), 200);
  EXPECT_EQ(Status("PUT", path, author, {{"description", "known"}}), 403);
  EXPECT_EQ(Status("PUT", path, editor, {{"description", "known"}}), 200);
  const Json removal = Json::array({{{"id", check_}, {"delete_anomalies", true}}});
  EXPECT_EQ(Status("DELETE", "/quality-checks", author, removal), 403);
  const Json one = Json::array({{{"id", anomaly_}, {"archive", false}}});
  EXPECT_EQ(Status("DELETE", "/anomalies", author, one), 403);
  const Json described = Json::array({{{"id", anomaly_}, {"description", "known"}}});
  EXPECT_EQ(Status("PATCH", "/anomalies", author, described), 403);
  EXPECT_EQ(Status("DELETE", path + "?archive=false", author), 403);
  EXPECT_EQ(Status("DELETE", path, author), 204);
  EXPECT_EQ(Status("DELETE", path + "?archive=false", editor), 204);
}

TEST_F(AuthorizationTest, ListsOfManyThingsAreRefusedForOneOfThem) {
  const std::string author = TokenIn("Author");
  const int64_t other = MakeDatastore("other");
  const int64_t other_check = Call("POST", "/quality-checks", 201,
                                   {{"container_id", MakeContainer(other, "c")},
                                    {"rule", "notNull"},
                                    {"fields", {"id"}}})
                                  .value("id", int64_t{0});
  ShareOnlyWith({"Editor"});
  const Json both = Json::array({{{"id", other_check}}, {{"id", check_}}});
  EXPECT_EQ(Status("DELETE", "/quality-checks", author, both), 404);
  EXPECT_EQ(Call("GET", fmt::format("/quality-checks/{}", other_check), 200)["status"],
            "Active");
}

}  // namespace
}  // namespace assay::api
