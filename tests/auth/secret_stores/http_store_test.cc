#include "auth/secret_stores/http_store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <mutex>

#include "net/http_server.h"

namespace assay::auth {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kLogin = R"({"auth":{"client_token":"hvs.token"}})";

/// A store whose answers the test chooses.
class HttpStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    server_ = net::HttpServer::Start({}, [this](const HttpRequest& request) {
                const std::lock_guard lock(mutex_);
                requests_.push_back(request);
                return request.path == "/v1/auth/approle/login" ? login_ : secret_;
              }).value();
    options_.login_url = Url("/v1/auth/approle/login");
    options_.credentials_payload = Secret(R"({"role_id":"r","secret_id":"hidden"})");
    options_.secret_url = Url("/v1/secret/data/s3");
  }
  std::string Url(const std::string& path) const {
    return fmt::format("http://127.0.0.1:{}{}", server_->port(), path);
  }
  Result<std::map<std::string, std::string>> Read() {
    auto store = OpenHttpStore(options_);
    if (!store) return std::unexpected(store.error());
    const auto values = (*store)->Read({});
    if (!values) return std::unexpected(values.error());
    std::map<std::string, std::string> texts;
    for (const auto& [key, value] : *values) texts[key] = value.text.Reveal();
    return texts;
  }
  Error Refused(HttpResponse login, HttpResponse secret) {
    login_ = std::move(login);
    secret_ = std::move(secret);
    const auto values = Read();
    EXPECT_FALSE(values);
    if (values) return {};
    EXPECT_THAT(values.error().message,
                AllOf(Not(HasSubstr("hidden")), Not(HasSubstr("hvs."))));
    return values.error();
  }

  std::mutex mutex_;
  std::vector<HttpRequest> requests_;
  HttpResponse login_{.body = kLogin};
  HttpResponse secret_{.body = R"({"data":{"access_key":"AK","secret_key":"SK"}})"};
  std::unique_ptr<net::HttpServer> server_;
  HttpStoreOptions options_;
};

TEST_F(HttpStoreTest, LogsInAndReadsWithTheToken) {
  options_.headers = {{"X-Vault-Namespace", Secret("team")}};
  EXPECT_EQ(Read().value(),
            (std::map<std::string, std::string>{{"access_key", "AK"}, {"secret_key", "SK"}}));
  ASSERT_EQ(requests_.size(), 2u);
  EXPECT_EQ(requests_[0].method, "POST");
  EXPECT_EQ(requests_[0].body, R"({"role_id":"r","secret_id":"hidden"})");
  EXPECT_EQ(requests_[0].Header("Content-Type"), "application/json");
  EXPECT_EQ(requests_[0].Header("X-Vault-Namespace"), "team");
  EXPECT_EQ(requests_[0].Header("X-Vault-Token"), "");
  EXPECT_EQ(requests_[1].method, "GET");
  EXPECT_EQ(requests_[1].path, "/v1/secret/data/s3");
  EXPECT_EQ(requests_[1].Header("X-Vault-Namespace"), "team");
  EXPECT_EQ(requests_[1].Header("X-Vault-Token"), "hvs.token");
}

TEST_F(HttpStoreTest, AsksEachTime) {
  const auto store = OpenHttpStore(options_).value();
  EXPECT_EQ(store->Read({}).value().at("secret_key").text.Reveal(), "SK");
  secret_.body = R"({"data":{"secret_key":"rotated"}})";
  EXPECT_EQ(store->Read({}).value().at("secret_key").text.Reveal(), "rotated");
}

TEST_F(HttpStoreTest, TheDefaultPathFitsBothVersionsOfKv) {
  secret_.body =
      R"({"data":{"data":{"secret_key":"v2"},"metadata":{"created_time":"t","version":3}}})";
  EXPECT_EQ(Read().value().at("secret_key"), "v2");
  options_.data_jsonpath = "$.data.data";
  EXPECT_EQ(Read().value().at("secret_key"), "v2");
  // A secret of version 1 that happens to have these keys.
  options_.data_jsonpath = "$.data";
  secret_.body = R"({"data":{"data":{"a":1},"metadata":"m"}})";
  EXPECT_EQ(Read().value().at("metadata"), "m");
}

TEST_F(HttpStoreTest, PathsHeaderAndLoginAreTheUsersChoice) {
  options_.login_url.clear();
  options_.credentials_payload = Secret();
  options_.headers = {{"Authorization", Secret("Bearer b")}};
  options_.data_jsonpath = "$['items'][0]";
  secret_.body = R"({"items":[{"n":5,"o":{"a":[1]},"b":true,"none":null}]})";
  EXPECT_EQ(Read().value(), (std::map<std::string, std::string>{
                                {"n", "5"}, {"o", R"({"a":[1]})"}, {"b", "true"}}));
  ASSERT_EQ(requests_.size(), 1u);
  EXPECT_EQ(requests_[0].Header("Authorization"), "Bearer b");

  SetUp();
  options_.token_jsonpath = "$.token";
  options_.token_header_name = "X-Token";
  login_.body = R"({"token":"t"})";
  EXPECT_TRUE(Read());
  EXPECT_EQ(requests_.back().Header("X-Token"), "t");
}

TEST_F(HttpStoreTest, EachRefusalOfTheLoginSaysWhatToCheck) {
  const auto login = [&](int status) { return Refused({.status = status}, {}); };
  for (const int status : {400, 401, 403}) {
    EXPECT_EQ(login(status).kind, ErrorKind::kUnauthenticated);
    EXPECT_THAT(login(status).message,
                AllOf(HasSubstr("credentials_payload"), HasSubstr(options_.login_url)));
  }
  EXPECT_EQ(login(404).kind, ErrorKind::kNotFound);
  EXPECT_THAT(login(503).message, HasSubstr("sealed"));
  EXPECT_EQ(login(503).kind, ErrorKind::kUnavailable);
  EXPECT_EQ(login(500).kind, ErrorKind::kUnavailable);
  EXPECT_EQ(login(429).kind, ErrorKind::kRateLimited);
  EXPECT_EQ(Refused({.status = 307, .headers = {{"Location", "http://other.test/"}}}, {}).kind,
            ErrorKind::kUnsupported);
  const Error none = Refused({.body = R"({"auth":{}})"}, {});
  EXPECT_EQ(none.kind, ErrorKind::kCorruptData);
  EXPECT_THAT(none.message, HasSubstr("no text at $.auth.client_token; check token_jsonpath"));
  EXPECT_EQ(Refused({.body = "hidden"}, {}).kind, ErrorKind::kCorruptData);
}

TEST_F(HttpStoreTest, EachRefusalOfTheSecretSaysWhatToCheck) {
  const auto secret = [&](int status) {
    return Refused({.body = kLogin}, {.status = status, .body = R"({"errors":["hidden"]})"});
  };
  EXPECT_EQ(secret(403).kind, ErrorKind::kDenied);
  EXPECT_THAT(secret(403).message, HasSubstr("grant read"));
  EXPECT_EQ(secret(404).kind, ErrorKind::kNotFound);
  EXPECT_THAT(secret(404).message, HasSubstr("/data/"));
  EXPECT_EQ(secret(503).kind, ErrorKind::kUnavailable);
  const Error none = Refused({.body = kLogin}, {.body = R"({"data":"hidden"})"});
  EXPECT_EQ(none.kind, ErrorKind::kCorruptData);
  EXPECT_THAT(none.message, HasSubstr("no object at $.data; check data_jsonpath"));
  EXPECT_EQ(Refused({.body = kLogin}, {.body = "hidden"}).kind, ErrorKind::kCorruptData);
}

TEST_F(HttpStoreTest, SettingsAreCheckedBeforeAnythingIsAsked) {
  const auto message = [this](const std::function<void(HttpStoreOptions&)>& change) {
    HttpStoreOptions options = options_;
    change(options);
    const auto store = OpenHttpStore(std::move(options));
    EXPECT_EQ(store.error().kind, ErrorKind::kInvalidInput);
    EXPECT_THAT(store.error().message, Not(HasSubstr("hidden")));
    return store.error().message;
  };
  EXPECT_THAT(message([](auto& o) { o.secret_url.clear(); }), StartsWith("secret_url: "));
  EXPECT_THAT(message([](auto& o) { o.secret_url = "vault"; }), StartsWith("secret_url: "));
  EXPECT_THAT(message([](auto& o) { o.login_url = "https://u:hidden@h/"; }),
              StartsWith("login_url: "));
  EXPECT_THAT(message([](auto& o) { o.login_url.clear(); }), StartsWith("login_url: "));
  EXPECT_THAT(message([](auto& o) { o.credentials_payload = Secret(); }),
              StartsWith("credentials_payload: "));
  EXPECT_THAT(message([](auto& o) { o.credentials_payload = Secret("{hidden"); }),
              StartsWith("credentials_payload: "));
  EXPECT_THAT(message([](auto& o) { o.token_jsonpath = "$..a"; }),
              AllOf(StartsWith("token_jsonpath: "), HasSubstr("character 3")));
  EXPECT_THAT(message([](auto& o) { o.data_jsonpath = ""; }), StartsWith("data_jsonpath: "));
  EXPECT_THAT(message([](auto& o) { o.token_header_name = "a b"; }),
              StartsWith("token_header_name: "));
  EXPECT_THAT(message([](auto& o) { o.headers = {{"a:", Secret("hidden")}}; }),
              StartsWith("headers: "));
  EXPECT_TRUE(requests_.empty());
}

}  // namespace
}  // namespace assay::auth
