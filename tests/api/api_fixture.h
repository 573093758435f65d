// A running API server over a real store in a temporary directory, for tests over HTTP.

#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/installation.h"
#include "api/server.h"
#include "store/containers.h"
#include "store/fields.h"
#include "store/tokens.h"
#include "store/users.h"
#include "tests/net/http_client.h"

namespace assay::api {

/// The system's time, moved by what the test says.
class ShiftedClock final : public Clock {
 public:
  Timestamp Now() override { return SystemClock().Now() + shift.load(); }
  std::atomic<std::chrono::seconds> shift{std::chrono::seconds(0)};
};

/// A secret that must never be in an answer; every answer is searched for it.
inline constexpr char kTopSecret[] = "TOP-SECRET-VALUE";

class ApiTest : public ::testing::Test {
 protected:
  explicit ApiTest(std::chrono::milliseconds trial_limit = std::chrono::seconds(2))
      : trials_(2, trial_limit) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "assay-api-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    auto installation =
        Installation::Open({.data_directory = Path("state"),
                            .master_key_text = {},
                            .password_cost = {.passes = 1, .memory_bytes = 8192}},
                           clock_);
    EXPECT_TRUE(installation) << installation.error().message;
    installation_ = *std::move(installation);
    token_ = installation_->CreateAdminIfNobody()->value().token.Reveal();
    StartServer();
  }

  ~ApiTest() override {
    server_->Stop();
    std::filesystem::remove_all(directory_);
  }

  /// Anew, if it runs.
  void StartServer(OpenIdLogin* openid = nullptr) {
    if (server_) server_->Stop();
    auto server = ApiServer::Start({}, {.database = installation_->database(),
                                        .cipher = installation_->cipher(),
                                        .signer = installation_->signer(),
                                        .passwords = installation_->passwords(),
                                        .throttle = throttle_,
                                        .clock = clock_,
                                        .connection_trials = trials_,
                                        .wake_workers = [this] { ++wakes_; },
                                        .log =
                                            [this](const std::string& line) {
                                              const std::lock_guard lock(log_mutex_);
                                              log_.push_back(line);
                                            },
                                        .openid = openid,
                                        .egress_addresses = egress_addresses_});
    ASSERT_TRUE(server) << server.error().message;
    server_ = *std::move(server);
  }

  std::string Path(const std::string& relative) const {
    return (std::filesystem::path(directory_) / relative).string();
  }

  std::string MakeFolder(const std::string& relative) const {
    std::filesystem::create_directories(Path(relative));
    return Path(relative);
  }

  /// Sends `body` as it is.
  testing::Reply Send(const std::string& method, const std::string& path,
                      const std::string& body, const std::string& token) {
    testing::Reply reply = testing::Send(
        method, fmt::format("http://127.0.0.1:{}/api{}", server_->port(), path),
        {"Content-Type: application/json", "Authorization: Bearer " + token}, body);
    EXPECT_EQ(reply.body.find(kTopSecret), std::string::npos) << method << " " << path;
    return reply;
  }

  /// The answer's body, after checking its status.
  Json Call(const std::string& method, const std::string& path, int status,
            const Json& body = nullptr) {
    const testing::Reply reply =
        Send(method, path, body.is_null() ? "" : PrintJson(body), token_);
    EXPECT_EQ(reply.status, status) << method << " " << path << " " << reply.body;
    return reply.body.empty() ? Json() : ParseJson(reply.body).value_or(Json(reply.body));
  }

  /// {loc: msg} of a 422, a location being printed as "body.teams.0".
  std::map<std::string, std::string> Faults(const std::string& method, const std::string& path,
                                            const Json& body = nullptr) {
    std::map<std::string, std::string> faults;
    const Json answer = Call(method, path, 422, body);
    for (const Json& fault : answer.value("detail", Json::array())) {
      if (!fault.is_object()) continue;
      std::string location;
      for (const Json& step : fault["loc"]) {
        location += (location.empty() ? "" : ".") +
                    (step.is_string() ? step.get<std::string>() : step.dump());
      }
      faults[location] = fault["msg"].get<std::string>();
    }
    return faults;
  }

  /// A token of a new user with the role.
  std::string TokenOf(const std::string& name, const std::string& role) {
    store::User user;
    user.created = clock_.Now();
    user.name = name;
    user.email = name + "@example.com";
    user.role = role;
    user.teams = {"Public"};
    EXPECT_TRUE(store::Users(installation_->database()).Create(user));
    return installation_->IssueToken(name, "test", 30)->Reveal();
  }

  /// Id of a local datastore "name" over the folder "data/name", which is made.
  int64_t MakeDatastore(const std::string& name, bool enrichment_only = false) {
    MakeFolder("data/" + name);
    return Call("POST", "/datastores", 201,
                {{"name", name},
                 {"root_path", "/" + name},
                 {"enrichment_only", enrichment_only},
                 {"connection",
                  {{"name", name + " connection"}, {"type", "local"}, {"uri", Path("data")}}}})
        .value("id", int64_t{0});
  }

  /// Id of a container as a sync would leave it, with an Integral field "id" and a String
  /// "name".
  int64_t MakeContainer(int64_t datastore_id, const std::string& name) {
    store::Database& database = installation_->database();
    store::Container container;
    container.created = clock_.Now();
    container.datastore_id = datastore_id;
    container.name = name;
    container.format = "delimited";
    const auto stored = store::Containers(database).Create(container);
    EXPECT_TRUE(stored) << stored.error().message;
    const std::vector<store::Field> fields = {
        {.name = "id", .position = 0, .type = "Integral", .native_type = "BIGINT"},
        {.name = "name", .position = 1, .type = "String", .native_type = "VARCHAR"}};
    EXPECT_TRUE(store::FieldRecords(database).Synchronize(stored->id, fields, clock_.Now()));
    return stored->id;
  }

  ShiftedClock clock_;
  auth::LoginThrottle throttle_;
  std::string directory_;
  std::unique_ptr<Installation> installation_;
  std::string token_;
  std::atomic<int> wakes_ = 0;
  std::mutex log_mutex_;
  std::vector<std::string> log_;  // guarded by log_mutex_ while requests run
  std::vector<std::string> egress_addresses_;
  ConnectionTrials trials_;
  std::unique_ptr<ApiServer> server_;
};

/// The values under `key` of the items of a page or list.
inline std::vector<Json> Pluck(const Json& page, const std::string& key) {
  std::vector<Json> values;
  for (const Json& item : page.is_array() ? page : page["items"]) values.push_back(item[key]);
  return values;
}

}  // namespace assay::api
