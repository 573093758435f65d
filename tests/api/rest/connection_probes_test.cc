// Tests of api/rest/connection_probes.cc.

#include "tests/api/api_fixture.h"
#include "tests/services/scripted_server.h"
#include "tests/services/silent_server.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;

class ConnectionProbesTest : public ApiTest {
 protected:
  /// Id of a connection to a server that takes connections and answers nothing.
  int64_t MakeSilentConnection() {
    return Call("POST", "/connections", 201,
                {{"name", "silent"},
                 {"type", "s3"},
                 {"uri", "s3://lake"},
                 {"access_key", "key"},
                 {"secret_key", kTopSecret},
                 {"parameters",
                  {{"endpoint", fmt::format("http://127.0.0.1:{}", silent_.port())},
                   {"region", "us-east-1"}}}})
        .value("id", int64_t{0});
  }

  const services::SilentServer silent_;
};

TEST_F(ConnectionProbesTest, TriesASavedConnectionWithAndWithoutChanges) {
  const Json made = Call("POST", "/connections", 201,
                         {{"name", "here"}, {"type", "local"}, {"uri", MakeFolder("data")}});
  const std::string path = "/connections/" + made["id"].dump() + "/test";
  const Json fine = Call("POST", path, 200);
  EXPECT_EQ(fine["connected"], true);
  EXPECT_EQ(fine["message"], Json());
  EXPECT_EQ(fine["steps"][0]["action"], "list");
  EXPECT_EQ(fine["steps"][0]["outcome"], "allowed");
  const Json broken = Call("POST", path, 200, {{"name", "here"}, {"uri", Path("missing")}});
  EXPECT_EQ(broken["connected"], false);
  EXPECT_THAT(broken["message"].get<std::string>(), HasSubstr("missing"));
  EXPECT_EQ(Call("GET", "/connections/" + made["id"].dump(), 200), made);
  Call("POST", "/connections/99/test", 404);
}

TEST_F(ConnectionProbesTest, TriesAConnectionAtTheRootsOfItsDatastores) {
  MakeDatastore("orders");
  std::filesystem::remove_all(Path("data/orders"));
  const Json connection = Call("GET", "/connections", 200)["items"][0];
  const Json outcome = Call("POST", "/connections/" + connection["id"].dump() + "/test", 200);
  EXPECT_EQ(outcome["connected"], false);
  EXPECT_THAT(outcome["message"].get<std::string>(), HasSubstr("datastore orders"));
}

TEST_F(ConnectionProbesTest, TriesAProposalAndStoresNothing) {
  const Json connection = {{"type", "local"}, {"uri", MakeFolder("data")}};
  const auto payload = [&](const std::string& root, bool enrichment) -> Json {
    return {{"name", "x"},
            {"root_path", root},
            {"enrich_only", enrichment},
            {"connection", connection}};
  };
  EXPECT_EQ(Call("POST", "/datastores/connection", 204, payload("/", false)), Json());
  EXPECT_THAT(Call("POST", "/datastores/connection", 400, payload("/missing", false))["message"]
                  .get<std::string>(),
              HasSubstr("missing"));
  Call("POST", "/datastores/connection", 204, payload("/", true));
  EXPECT_EQ(Call("GET", "/connections", 200)["total"], 0);
  EXPECT_EQ(Call("GET", "/datastores", 200)["total"], 0);
  EXPECT_EQ(Faults("POST", "/datastores/connection", {{"root_path", "/"}}).size(), 1u);
}

TEST_F(ConnectionProbesTest, TriesASavedDatastoreAndRemembersTheOutcome) {
  const int64_t id = MakeDatastore("orders");
  const std::string path = fmt::format("/datastores/{}", id);
  const Json fine = Call("POST", path + "/connection", 200);
  EXPECT_EQ(fine["connected"], true);
  EXPECT_EQ(fine["message"], Json());
  std::filesystem::remove_all(Path("data/orders"));
  const Json outcome = Call("POST", path + "/connection", 200);
  EXPECT_EQ(outcome["connected"], false);
  EXPECT_TRUE(outcome["message"].is_string());
  EXPECT_EQ(Call("GET", path, 200)["connected"], false);
}

TEST_F(ConnectionProbesTest, ARefusalNamesTheActionsAndWhatGrantsThem) {
  services::ScriptedServer server([](const services::ScriptedServer::Request&) {
    return services::ScriptedServer::Answer{
        .status = 403,
        .body =
            "<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/u is not "
            "authorized to perform: s3:GetObject because no identity-based policy allows "
            "the s3:GetObject action</Message></Error>"};
  });
  const Json payload = {
      {"name", "x"},
      {"root_path", "/raw"},
      {"enrichment_only", true},
      {"connection",
       {{"type", "s3"},
        {"uri", "s3://lake"},
        {"access_key", "key"},
        {"secret_key", kTopSecret},
        {"parameters", {{"endpoint", server.endpoint()}, {"region", "us-east-1"}}}}}};
  const Json answer = Call("POST", "/datastores/connection", 400, payload);
  for (const char* action :
       {"s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads",
        "s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts",
        "s3:AbortMultipartUpload", "s3:DeleteObject"}) {
    EXPECT_THAT(answer["message"].get<std::string>(), HasSubstr(action));
  }
  ASSERT_EQ(answer["steps"].size(), 9U);
  const Json& list = answer["steps"][0];
  EXPECT_EQ(list["right"], "s3:ListBucket");
  EXPECT_EQ(list["outcome"], "refused");
  EXPECT_EQ(list["blame"], "permission");
  EXPECT_TRUE(list["remedy"].is_string());
  EXPECT_EQ(list["statement"]["Condition"]["StringLike"]["s3:prefix"], Json::array({"raw/*"}));
  EXPECT_EQ(Call("GET", "/connections", 200)["total"], 0);
}

TEST_F(ConnectionProbesTest, AStoreThatNeverAnswersIsNotConnected) {
  const std::string path = fmt::format("/connections/{}/test", MakeSilentConnection());
  const Json outcome = Call("POST", path, 200);
  EXPECT_EQ(outcome["connected"], false);
  EXPECT_THAT(outcome["message"].get<std::string>(),
              AllOf(HasSubstr("endpoint"), HasSubstr("network"), HasSubstr("firewall"),
                    HasSubstr("2 seconds")));
}

TEST_F(ConnectionProbesTest, OnlySoManyTestsRunAtATime) {
  const Json folder = {{"name", "x"},
                       {"root_path", "/"},
                       {"connection", {{"type", "local"}, {"uri", MakeFolder("data")}}}};
  {
    const auto first = trials_.Begin({}), second = trials_.Begin({});
    ASSERT_TRUE(first && second);
    EXPECT_THAT(
        Call("POST", "/datastores/connection", 429, folder)["message"].get<std::string>(),
        HasSubstr("try again"));
    Call("POST", "/datastores", 429, folder);
    EXPECT_EQ(Call("GET", "/datastores", 200)["total"], 0);
  }
  Call("POST", "/datastores/connection", 204, folder);
}

}  // namespace
}  // namespace assay::api
