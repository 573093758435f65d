#include "api/serve.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "base/json.h"
#include "tests/net/http_client.h"

namespace assay::api {
namespace {

using ::testing::HasSubstr;
using testing::Reply;

/// Serve() on a thread, from start to the end of the scope.
class RunningServer {
 public:
  explicit RunningServer(const std::string& data_directory) {
    ServeOptions options;
    options.installation.data_directory = data_directory;
    options.operations.memory_limit_bytes = int64_t{256} << 20;
    options.operations.threads = 1;
    std::promise<std::string> started;
    std::future<std::string> when_started = started.get_future();
    thread_ = std::jthread([this, options,
                            started = std::move(started)](const std::stop_token& stop) mutable {
      SystemClock clock;
      outcome_ = Serve(options, clock,
                       {.on_first_admin = [&](const FirstAdmin& made) { first_admin_ = made; },
                        .on_started = [&](const std::string& url) { started.set_value(url); },
                        .log = [](const std::string&) {}},
                       stop);
    });
    url_ = when_started.get();
  }

  const std::string& url() const { return url_; }
  const std::optional<FirstAdmin>& first_admin() const { return first_admin_; }

  /// Stops it and returns what Serve() returned.
  Status Stop() {
    thread_.request_stop();
    thread_.join();
    return outcome_;
  }

 private:
  std::string url_;
  std::optional<FirstAdmin> first_admin_;
  Status outcome_;
  std::jthread thread_;
};

class ServeTest : public ::testing::Test {
 protected:
  ServeTest() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "assay-serve-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~ServeTest() override { std::filesystem::remove_all(directory_); }

  static Json Call(const RunningServer& server, const std::string& token,
                   const std::string& method, const std::string& path, int status,
                   const Json& body = nullptr) {
    const Reply reply =
        testing::Send(method, server.url() + "/api" + path,
                      {"Content-Type: application/json", "Authorization: Bearer " + token},
                      body.is_null() ? "" : PrintJson(body));
    EXPECT_EQ(reply.status, status) << method << " " << path << " " << reply.body;
    return reply.body.empty() ? Json() : ParseJson(reply.body).value_or(Json(reply.body));
  }

  /// Runs an operation to its end.
  static Json RunToEnd(const RunningServer& server, const std::string& token, Json body) {
    Json operation = Call(server, token, "POST", "/operations/run", 200, body);
    const std::string path = "/operations/" + operation["id"].dump();
    for (int i = 0; i < 600 && operation["end_time"].is_null(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      operation = Call(server, token, "GET", path, 200);
    }
    EXPECT_EQ(operation["result"], "success") << operation.dump();
    return operation;
  }

  std::string directory_;
};

TEST_F(ServeTest, MakesAnAdminWithATokenOnTheFirstStartOnly) {
  std::string token;
  {
    RunningServer server(directory_ + "/state");
    ASSERT_TRUE(server.first_admin());
    token = server.first_admin()->token.Reveal();
    EXPECT_THAT(server.url(), HasSubstr("http://127.0.0.1:"));
    EXPECT_EQ(Call(server, token, "GET", "/datastores", 200)["total"], 0);
    EXPECT_TRUE(server.Stop());
  }
  RunningServer server(directory_ + "/state");
  EXPECT_FALSE(server.first_admin());
  EXPECT_EQ(Call(server, token, "GET", "/datastores", 200)["total"], 0);
  EXPECT_TRUE(server.Stop());
}

TEST_F(ServeTest, KeepsTheDirectoryToItselfAndItsOwner) {
  RunningServer server(directory_ + "/state");
  EXPECT_EQ(std::filesystem::status(directory_ + "/state").permissions(),
            std::filesystem::perms::owner_all);
  ServeOptions second;
  second.installation.data_directory = directory_ + "/state";
  SystemClock clock;
  const Status refused = Serve(second, clock,
                               {.on_first_admin = [](const FirstAdmin&) {},
                                .on_started = [](const std::string&) {},
                                .log = [](const std::string&) {}},
                               {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
}

TEST_F(ServeTest, RemovesTemporaryFilesThatAKilledServerLeft) {
  std::filesystem::create_directories(directory_ + "/state/tmp/assay-spill-1");
  std::ofstream(directory_ + "/state/tmp/assay-spill-1/rows") << "x";
  RunningServer server(directory_ + "/state");
  EXPECT_TRUE(std::filesystem::is_empty(directory_ + "/state/tmp"));
}

TEST_F(ServeTest, RefusesTheStoreOfAnotherKey) {
  {
    RunningServer server(directory_ + "/state");
    EXPECT_TRUE(server.Stop());
  }
  SystemClock clock;
  const auto other = Installation::Open({.data_directory = directory_ + "/state",
                                         .master_key_text = Secret(std::string(64, 'a'))},
                                        clock);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::kDenied);
}

TEST_F(ServeTest, IssuesTokensBesideARunningServer) {
  RunningServer server(directory_ + "/state");
  SystemClock clock;
  const auto installation = Installation::Open(
      {.data_directory = directory_ + "/state", .master_key_text = {}}, clock);
  ASSERT_TRUE(installation) << installation.error().message;
  const auto token = (*installation)->IssueToken("admin", "ci", 90);
  ASSERT_TRUE(token);
  Call(server, token->Reveal(), "GET", "/connections", 200);
  EXPECT_EQ((*installation)->IssueToken("nobody", "ci", 90).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ((*installation)->IssueToken("admin", "ci", 0).error().kind,
            ErrorKind::kInvalidInput);
}

TEST_F(ServeTest, RunsTheWholeCycleOverALocalFolder) {
  std::filesystem::create_directories(directory_ + "/bucket/raw");
  std::filesystem::create_directories(directory_ + "/bucket/results");
  {
    std::ofstream file(directory_ + "/bucket/raw/orders.csv");
    file << "id,amount\n1,10\n2,-5\n3,20\n";
  }
  RunningServer server(directory_ + "/state");
  const std::string token = server.first_admin()->token.Reveal();
  const Json source = Call(
      server, token, "POST", "/datastores", 201,
      {{"name", "orders"},
       {"teams", {"Public"}},
       {"trigger_catalog", false},
       {"root_path", "/raw"},
       {"enrich_only", false},
       {"connection", {{"name", "here"}, {"type", "local"}, {"uri", directory_ + "/bucket"}}}});
  const Json enrichment = Call(server, token, "POST", "/datastores", 201,
                               {{"name", "results"},
                                {"root_path", "/results"},
                                {"enrich_only", true},
                                {"connection_id", source["connection_id"]}});
  const std::string path = "/datastores/" + source["id"].dump();
  Call(server, token, "PATCH", path + "/enrichment/" + enrichment["id"].dump(), 200);
  RunToEnd(server, token, {{"type", "sync"}, {"datastore_id", source["id"]}});
  const Json container = Call(server, token, "GET", "/containers", 200)["items"][0];
  EXPECT_EQ(container["name"], "orders.csv");
  const std::string container_path = "/containers/" + container["id"].dump();
  RunToEnd(server, token, {{"type", "profile"}, {"datastore_id", source["id"]}});
  EXPECT_EQ(Call(server, token, "GET", container_path + "/field-profiles", 200)["total"], 2);
  EXPECT_EQ(Call(server, token, "GET", container_path + "/profile", 200)["records_profiled"],
            3);
  const Json check = Call(server, token, "POST", "/quality-checks", 201,
                          {{"container_id", container["id"]},
                           {"rule", "minValue"},
                           {"fields", {"amount"}},
                           {"properties", {{"value", 0}}}});
  const Json scan =
      RunToEnd(server, token,
               {{"type", "scan"}, {"datastore_id", source["id"]}, {"incremental", false}});
  EXPECT_EQ(scan["container_scans"][0]["records_processed"], 3);
  const Json anomalies =
      Call(server, token, "GET", "/anomalies?quality_check=" + check["id"].dump(), 200);
  ASSERT_EQ(anomalies["total"], 1);
  const Json records =
      Call(server, token, "GET",
           "/anomalies/" + anomalies["items"][0]["id"].dump() + "/source-record", 200);
  EXPECT_EQ(records["source_records"][0]["row_number"], 1);
  EXPECT_EQ(records["source_records"][0]["record"]["amount"], -5);
  EXPECT_TRUE(std::filesystem::exists(directory_ + "/bucket/results/orders/_commits"));
  EXPECT_TRUE(server.Stop());
}

}  // namespace
}  // namespace assay::api
