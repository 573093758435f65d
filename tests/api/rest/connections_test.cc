// Tests of api/rest/connections.cc.

#include "store/connections.h"

#include "tests/api/api_fixture.h"

namespace assay::api {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using ConnectionsTest = ApiTest;

Json S3Connection() {
  return {{"name", "lake"},
          {"type", "s3"},
          {"uri", "s3://bucket"},
          {"access_key", "AKIAEXAMPLE"},
          {"secret_key", kTopSecret},
          {"parameters",
           {{"authentication_type", "SHARED_KEY"},
            {"region", "eu-west-1"},
            {"session_token", kTopSecret}}}};
}

TEST_F(ConnectionsTest, SavesAndShowsOneWithoutItsSecrets) {
  const Json made = Call("POST", "/connections", 201, S3Connection());
  EXPECT_EQ(made["name"], "lake");
  EXPECT_GT(made["created"].get<std::string>(), "2026");
  EXPECT_EQ(made["type"], "s3");
  EXPECT_EQ(made["connection_type"], "dfs");
  EXPECT_EQ(made["uri"], "s3://bucket");
  EXPECT_EQ(made["access_key"], "AKIAEXAMPLE");
  EXPECT_EQ(made["parameters"],
            Json({{"authentication_type", "SHARED_KEY"}, {"region", "eu-west-1"}}));
  EXPECT_EQ(made["secrets_manager"], nullptr);
  EXPECT_EQ(made["datastores"], Json::array());
  EXPECT_EQ(Call("GET", "/connections/" + made["id"].dump(), 200), made);
  EXPECT_EQ(Call("GET", "/connections", 200)["items"], Json::array({made}));

  store::Connections stored(installation_->database(), installation_->cipher());
  const auto secrets = stored.Get(made["id"].get<int64_t>())->secrets;
  EXPECT_EQ(secrets.at("secret_key").Reveal(), kTopSecret);
  EXPECT_EQ(secrets.at("session_token").Reveal(), kTopSecret);
}

TEST_F(ConnectionsTest, OfDatabasesHasAServerAndAUserInPlaceOfAUri) {
  const Json made =
      Call("POST", "/connections", 201,
           {{"type", "postgresql"},
            {"host", "db.example.com"},
            {"port", 6000},
            {"username", "ana"},
            {"password", kTopSecret},
            {"parameters", {{"sslmode", "require"}, {"passphrase", kTopSecret}}}});
  EXPECT_EQ(made["name"], "db.example.com");
  EXPECT_EQ(made["connection_type"], "jdbc");
  EXPECT_EQ(made["host"], "db.example.com");
  EXPECT_EQ(made["port"], 6000);
  EXPECT_EQ(made["username"], "ana");
  EXPECT_EQ(made["uri"], nullptr);
  EXPECT_EQ(made["parameters"], Json({{"sslmode", "require"}}));
  store::Connections stored(installation_->database(), installation_->cipher());
  EXPECT_EQ(stored.Get(made["id"].get<int64_t>())->secrets.at("password").Reveal(), kTopSecret);
}

TEST_F(ConnectionsTest, NamesOneWithoutANameByItsUri) {
  EXPECT_EQ(Call("POST", "/connections", 201, {{"type", "s3"}, {"uri", "s3://bucket"}})["name"],
            "s3://bucket");
}

TEST_F(ConnectionsTest, TakesTheBucketInAnyNotationOfTheScheme) {
  const auto uri_of = [&](const std::string& uri) {
    return Call("POST", "/connections", 201,
                {{"name", uri}, {"type", "s3"}, {"uri", uri}})["uri"];
  };
  EXPECT_EQ(uri_of("S3://bucket"), "s3://bucket");
  EXPECT_EQ(uri_of("s3://bucket/"), "s3://bucket");
}

TEST_F(ConnectionsTest, RefusesWrongUrisWithAHint) {
  const auto fault = [&](const std::string& uri) {
    return Faults("POST", "/connections", {{"type", "s3"}, {"uri", uri}})["body.uri"];
  };
  EXPECT_EQ(
      fault("s3://bucket/raw/orders"),
      "must name the bucket only, without a path: use s3://bucket and put '/raw/orders' into "
      "root_path");
  EXPECT_EQ(fault("https://bucket"), "must be of the form s3://bucket");
  EXPECT_EQ(fault("s3:///"), "must name a bucket: s3://bucket");
  EXPECT_EQ(fault(""), "must not be empty");
}

TEST_F(ConnectionsTest, RefusesBodiesThatDoNotFit) {
  EXPECT_THAT(Faults("POST", "/connections", Json::object()),
              ElementsAre(Pair("body.type", "is required")));
  EXPECT_THAT(Faults("POST", "/connections", {{"type", "s3"}}),
              ElementsAre(Pair("body.uri", "is required")));
  EXPECT_THAT(Faults("POST", "/connections", {{"type", "postgresql"}}),
              ElementsAre(Pair("body.host", "is required")));
  EXPECT_THAT(Faults("POST", "/connections", {{"type", "s3"}, {"host", "db"}}),
              ElementsAre(Pair("body.host", "s3 has none")));
  EXPECT_THAT(Faults("POST", "/connections",
                     {{"type", "postgresql"}, {"host", "db"}, {"port", 70'000}}),
              ElementsAre(Pair("body.port", HasSubstr("65535"))));
  EXPECT_THAT(Faults("POST", "/connections",
                     {{"type", "ftp"}, {"uri", 5}, {"name", std::string(256, 'x')}}),
              UnorderedElementsAre(
                  Pair("body.type", HasSubstr("must be one of: local, postgresql, s3")),
                  Pair("body.uri", "must be a text"),
                  Pair("body.name", "must have at most 255 characters")));
  EXPECT_THAT(Faults("POST", "/connections",
                     {{"type", "s3"}, {"uri", "s3://b"}, {"secrets_manager", {{"x", 1}}}}),
              ElementsAre(Pair("body.secrets_manager", HasSubstr("secret_url"))));
  EXPECT_THAT(
      Faults("POST", "/connections",
             {{"type", "s3"},
              {"uri", "s3://b"},
              {"parameters", {{"authentication_type", "IAM_ROLE"}, {"role_arn", "reader"}}}}),
      ElementsAre(Pair("body", HasSubstr("role_arn: must be of the form"))));
}

TEST_F(ConnectionsTest, KeepsASecretsManagerWithoutShowingItsSecrets) {
  Json connection = S3Connection();
  connection["uri"] = "${uri}";
  connection["access_key"] = "${access_key}";
  connection["secret_key"] = "${secret_key}";
  connection["parameters"] = {{"path_style", "${style}"}};
  connection["secrets_manager"] = {
      {"login_url", "https://vault.test/v1/auth/approle/login"},
      {"credentials_payload", {{"role_id", "r"}, {"secret_id", kTopSecret}}},
      {"headers", {{"X-Vault-Namespace", kTopSecret}}},
      {"secret_url", "https://vault.test/v1/secret/data/s3"}};
  const Json made = Call("POST", "/connections", 201, connection);
  EXPECT_EQ(made["uri"], "${uri}");
  EXPECT_EQ(made["access_key"], "${access_key}");
  EXPECT_EQ(made["parameters"], (Json{{"path_style", "${style}"}}));
  EXPECT_EQ(made["secrets_manager"],
            (Json{{"type", "http"},
                  {"login_url", "https://vault.test/v1/auth/approle/login"},
                  {"token_jsonpath", "$.auth.client_token"},
                  {"secret_url", "https://vault.test/v1/secret/data/s3"},
                  {"token_header_name", "X-Vault-Token"},
                  {"data_jsonpath", "$.data"},
                  {"ca_bundle", ""}}));
  store::Connections stored(installation_->database(), installation_->cipher());
  const auto secrets = stored.Get(made["id"].get<int64_t>())->secrets;
  EXPECT_EQ(ParseJson(secrets.at("credentials_payload").Reveal()).value(),
            (Json{{"role_id", "r"}, {"secret_id", kTopSecret}}));
  EXPECT_EQ(ParseJson(secrets.at("secrets_manager_headers").Reveal()).value(),
            (Json{{"X-Vault-Namespace", kTopSecret}}));
  // A client that sends back what it read changes nothing.
  const std::string path = "/connections/" + made["id"].dump();
  EXPECT_EQ(Call("PUT", path, 200, made), made);
  EXPECT_EQ(stored.Get(made["id"].get<int64_t>())->secrets, secrets);
}

TEST_F(ConnectionsTest, DoesNotSendStoredSecretsToAnotherServer) {
  Json connection = S3Connection();
  connection["secrets_manager"] = {{"login_url", "https://vault.test/v1/auth/approle/login"},
                                   {"credentials_payload", "{}"},
                                   {"secret_url", "https://vault.test/v1/secret/data/s3"}};
  const Json made = Call("POST", "/connections", 201, connection);
  Json changed = made["secrets_manager"];
  changed["login_url"] = "https://other.test/";
  EXPECT_THAT(
      Faults("PUT", "/connections/" + made["id"].dump(), {{"secrets_manager", changed}}),
      ElementsAre(Pair("body.secrets_manager", HasSubstr("credentials_payload: give it"))));
}

TEST_F(ConnectionsTest, RefusesANameThatIsTaken) {
  Call("POST", "/connections", 201, S3Connection());
  const Json answer = Call("POST", "/connections", 409, S3Connection());
  EXPECT_THAT(answer["message"].get<std::string>(), HasSubstr("lake"));
  EXPECT_EQ(answer["detail"], answer["message"]);
}

TEST_F(ConnectionsTest, PutKeepsWhatIsAbsentAndIgnoresWhatItDoesNotKnow) {
  const Json made = Call("POST", "/connections", 201, S3Connection());
  const std::string path = "/connections/" + made["id"].dump();
  Json expected = made;
  expected["name"] = "lake 2";
  EXPECT_EQ(Call("PUT", path, 200,
                 {{"name", "lake 2"},
                  {"type", "s3"},
                  {"parameters", made["parameters"]},
                  {"secrets_manager", nullptr},
                  {"datastores", "whatever"},
                  {"created", 5}}),
            expected);
  EXPECT_EQ(store::Connections(installation_->database(), installation_->cipher())
                .Get(made["id"].get<int64_t>())
                ->secrets.at("secret_key")
                .Reveal(),
            kTopSecret);
}

TEST_F(ConnectionsTest, PutTriesWhatChangesAndKeepsNothingThatFails) {
  const Json made = Call("POST", "/connections", 201,
                         {{"name", "here"}, {"type", "local"}, {"uri", MakeFolder("data")}});
  const std::string path = "/connections/" + made["id"].dump();
  const Json answer = Call("PUT", path, 400, {{"uri", Path("missing")}});
  EXPECT_THAT(answer["message"].get<std::string>(), HasSubstr("missing"));
  EXPECT_EQ(Call("GET", path, 200), made);
  EXPECT_EQ(Call("PUT", path, 200, {{"uri", MakeFolder("other")}})["uri"], Path("other"));
}

TEST_F(ConnectionsTest, PutCannotChangeTheType) {
  const Json made = Call("POST", "/connections", 201, S3Connection());
  EXPECT_THAT(Faults("PUT", "/connections/" + made["id"].dump(), {{"type", "local"}}),
              ElementsAre(Pair("body.type", "cannot change from s3")));
}

TEST_F(ConnectionsTest, DeleteIsRefusedWhileDatastoresUseIt) {
  const int64_t datastore = MakeDatastore("orders");
  const Json connection = Call("GET", "/connections", 200)["items"][0];
  EXPECT_THAT(Pluck(connection["datastores"], "name"), ElementsAre("orders"));
  const std::string path = "/connections/" + connection["id"].dump();
  EXPECT_THAT(Call("DELETE", path, 409)["message"].get<std::string>(), HasSubstr("orders"));
  Call("DELETE", fmt::format("/datastores/{}", datastore), 204);
  EXPECT_EQ(Call("DELETE", path, 204), Json());
  Call("GET", path, 404);
  Call("DELETE", path, 404);
}

TEST_F(ConnectionsTest, ListsInPagesOfExactlyTheSizeAskedFor) {
  for (int i = 1; i <= 5; ++i) {
    Call("POST", "/connections", 201,
         {{"name", fmt::format("c{}", i)},
          {"type", i == 3 ? "local" : "s3"},
          {"uri", "s3://b"}});
  }
  Json page = Call("GET", "/connections?page=2&size=2", 200);
  EXPECT_THAT(Pluck(page, "name"), ElementsAre("c3", "c4"));
  page.erase("items");
  EXPECT_EQ(page, Json({{"total", 5}, {"page", 2}, {"size", 2}, {"pages", 3}}));
  EXPECT_THAT(Pluck(Call("GET", "/connections?page=9&size=2", 200), "name"), ElementsAre());
  EXPECT_EQ(Call("GET", "/connections", 200)["size"], 50);
  EXPECT_THAT(Pluck(Call("GET", "/connections?name=c2&unknown=1", 200), "name"),
              ElementsAre("c2"));
  EXPECT_THAT(Pluck(Call("GET", "/connections?type=local&type=trino", 200), "name"),
              ElementsAre("c3"));
  EXPECT_THAT(Pluck(Call("GET", "/connections?sort_name=desc&size=2", 200), "name"),
              ElementsAre("c5", "c4"));
  EXPECT_THAT(Faults("GET", "/connections?page=0&size=x&sort_name=up"),
              UnorderedElementsAre(Pair("query.page", "must be at least 1"),
                                   Pair("query.size", "must be a whole number"),
                                   Pair("query.sort_name", "must be one of: asc, desc")));
}

}  // namespace
}  // namespace assay::api
