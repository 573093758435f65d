// Tests of api/rest/connection_probes.cc.

#include <atomic>
#include <thread>

#include "tests/api/api_fixture.h"
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
  EXPECT_EQ(Call("POST", path, 200), Json({{"connected", true}, {"message", nullptr}}));
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
  EXPECT_EQ(Call("POST", path + "/connection", 200),
            Json({{"connected", true}, {"message", nullptr}}));
  std::filesystem::remove_all(Path("data/orders"));
  const Json outcome = Call("POST", path + "/connection", 200);
  EXPECT_EQ(outcome["connected"], false);
  EXPECT_TRUE(outcome["message"].is_string());
  EXPECT_EQ(Call("GET", path, 200)["connected"], false);
}

TEST_F(ConnectionProbesTest, AStoreThatNeverAnswersIsNotConnected) {
  const std::string path = fmt::format("/connections/{}/test", MakeSilentConnection());
  const Json outcome = Call("POST", path, 200);
  EXPECT_EQ(outcome["connected"], false);
  EXPECT_THAT(outcome["message"].get<std::string>(),
              AllOf(HasSubstr("endpoint"), HasSubstr("network"), HasSubstr("firewall"),
                    HasSubstr("2 seconds")));
}

TEST_F(ConnectionProbesTest, ManyTestsAtATimeLeaveTheServerFreeForOthers) {
  const std::string path = fmt::format("/connections/{}/test", MakeSilentConnection());
  std::atomic<int> tried = 0, refused = 0;
  std::vector<std::jthread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      const testing::Reply reply = Send("POST", path, "", token_);
      if (reply.status == 200) ++tried;
      if (reply.status != 429) return;
      EXPECT_THAT(reply.body, HasSubstr("try again"));
      ++refused;
    });
  }
  while (refused < 6) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(tried, 0);
  EXPECT_EQ(Send("GET", "/health", "", "").status, 204);
  EXPECT_EQ(tried, 0);
  callers.clear();
  EXPECT_EQ(tried, 2);
}

}  // namespace
}  // namespace assay::api
