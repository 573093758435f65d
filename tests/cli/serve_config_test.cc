#include "cli/serve_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace assay::cli {
namespace {

using ::testing::HasSubstr;

Result<ServeConfig> Parse(std::string_view yaml) {
  return ParseServeConfig(yaml, [](const std::string& name) -> std::optional<std::string> {
    static const std::map<std::string, std::string> kValues = {{"DATA", "/var/lib/assay"},
                                                               {"N", "7"}};
    const auto found = kValues.find(name);
    if (found == kValues.end()) return std::nullopt;
    return found->second;
  });
}

TEST(ServeConfigTest, AnEmptyFileKeepsTheDefaults) {
  const Result<ServeConfig> config = Parse("# nothing\n");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->data, "assay-data");
  EXPECT_EQ(config->listen, "127.0.0.1:8080");
  EXPECT_EQ(config->workers, 2);
}

TEST(ServeConfigTest, TakesValuesFromTheEnvironment) {
  const Result<ServeConfig> config =
      Parse("data: ${DATA}/state\nworkers: ${N}\nlisten: \"$${x}:1\"\n");
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_EQ(config->data, "/var/lib/assay/state");
  EXPECT_EQ(config->workers, 7);
  EXPECT_EQ(config->listen, "${x}:1");
}

TEST(ServeConfigTest, ReadsTheSetupOfOpenIdConnect) {
  const Result<ServeConfig> config = Parse(
      "oidc:\n  issuer: https://login.example.com\n  client_id: assay\n"
      "  redirect_url: https://assay.example.com/api/callback\n  create_users: true\n");
  ASSERT_TRUE(config.has_value()) << config.error().message;
  const auto options = ToServeOptions(*config);
  ASSERT_TRUE(options) << options.error().message;
  ASSERT_TRUE(options->openid);
  EXPECT_EQ(options->openid->provider.issuer, "https://login.example.com");
  EXPECT_EQ(options->openid->policy.unknown_users, api::OpenIdPolicy::UnknownUsers::kCreate);
  EXPECT_EQ(options->openid->policy.unverified_email,
            api::OpenIdPolicy::UnverifiedEmail::kRefuse);
  EXPECT_FALSE(ToServeOptions(ServeConfig{})->openid);
}

TEST(ServeConfigTest, FaultsOfOpenIdConnectStopTheStart) {
  EXPECT_THAT(Parse("oidc: {issuer: https://a.example.com}\n").error().message,
              HasSubstr("client_id"));
  EXPECT_THAT(Parse("oidc: {issuer: https://a.example.com, client_id: x, redirect_url: "
                    "https://b.example.com/api/callback, scops: openid}\n")
                  .error()
                  .message,
              HasSubstr("scops"));
  const auto config = Parse(
      "oidc: {issuer: http://a.example.com, client_id: x, redirect_url: "
      "https://b.example.com/api/callback}\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(ToServeOptions(*config).error().message,
            "oidc: issuer: must begin with https: http://a.example.com/");
}

TEST(ServeConfigTest, UnknownKeysAreErrors) {
  const Result<ServeConfig> config = Parse("data: x\nport: 80\n");
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error().kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(config.error().message, HasSubstr("port"));
}

TEST(ServeConfigTest, MissingVariablesAreErrorsWithTheirLine) {
  const Result<ServeConfig> config = Parse("data: x\nmaster_key: ${GONE}\n");
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error().message, "line 2: the environment variable GONE is not set");
}

TEST(ServeConfigTest, ListenAddresses) {
  EXPECT_EQ(ParseListenAddress("127.0.0.1:8080"), (ListenAddress{"127.0.0.1", 8080}));
  EXPECT_EQ(ParseListenAddress("[::1]:0"), (ListenAddress{"::1", 0}));
  EXPECT_EQ(ParseListenAddress(":9000"), (ListenAddress{"127.0.0.1", 9000}));
  for (const auto* text :
       {"", "8080", "localhost", "a:b", "1.2.3.4:70000", "1.2.3.4:", "::1:80", "h:-1"}) {
    EXPECT_FALSE(ParseListenAddress(text).has_value()) << text;
  }
}

TEST(ServeConfigTest, OptionsFollowTheConfiguration) {
  const Result<api::ServeOptions> options = ToServeOptions({.data = "d",
                                                            .listen = "0.0.0.0:81",
                                                            .workers = 3,
                                                            .memory_limit = "1GB",
                                                            .threads = 4,
                                                            .request_threads = 5});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->installation.data_directory, "d");
  EXPECT_EQ(options->http.address, "0.0.0.0");
  EXPECT_EQ(options->http.port, 81);
  EXPECT_EQ(options->http.worker_threads, 5u);
  EXPECT_EQ(options->operations.workers, 3);
  EXPECT_EQ(options->operations.memory_limit_bytes, 1'000'000'000);
  EXPECT_EQ(options->operations.threads, 4);
}

TEST(ServeConfigTest, ValuesOutOfRangeNameTheirKey) {
  EXPECT_THAT(ToServeOptions({.workers = 0}).error().message,
              HasSubstr("workers: must be from 1 to 64"));
  EXPECT_THAT(ToServeOptions({.memory_limit = "much"}).error().message,
              HasSubstr("memory_limit: "));
  EXPECT_THAT(ToServeOptions({.listen = "here"}).error().message, HasSubstr("listen: "));
  EXPECT_THAT(ToServeOptions({.data = ""}).error().message, HasSubstr("data: "));
}

}  // namespace
}  // namespace assay::cli
