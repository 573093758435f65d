#include "auth/aws_credentials_provider.h"

#include <aws/auth/auth.h>
#include <aws/common/error.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <future>
#include <thread>

#include "net/http_server.h"

namespace assay::auth {
namespace {

/// Key id, secret and token that the provider gives, or its error.
std::string Get(aws_credentials_provider* provider) {
  std::promise<std::string> promise;
  const int started = aws_credentials_provider_get_credentials(
      provider,
      [](aws_credentials* credentials, int error, void* user_data) {
        auto& answer = *static_cast<std::promise<std::string>*>(user_data);
        if (credentials == nullptr) {
          answer.set_value(aws_error_name(error));
        } else {
          answer.set_value(
              fmt::format("{}|{}|{}", ToString(aws_credentials_get_access_key_id(credentials)),
                          ToString(aws_credentials_get_secret_access_key(credentials)),
                          ToString(aws_credentials_get_session_token(credentials))));
        }
      },
      &promise);
  if (started != AWS_OP_SUCCESS) return aws_error_name(aws_last_error());
  return promise.get_future().get();
}

AwsCredentialsOptions Static(const char* id, const char* secret, const char* token) {
  return {.source = AwsCredentialsSource::kStatic,
          .access_key_id = id,
          .secret_access_key = Secret(secret),
          .session_token = Secret(token)};
}

TEST(AwsCredentialsProviderTest, StaticKeys) {
  EXPECT_EQ(Get(MakeAwsCredentialsProvider(Static("id", "secret", "")).value().get()),
            "id|secret|");
  EXPECT_EQ(Get(MakeAwsCredentialsProvider(Static("id", "secret", "token")).value().get()),
            "id|secret|token");
}

TEST(AwsCredentialsProviderTest, IncompleteStaticKeysAreInvalidInput) {
  EXPECT_EQ(MakeAwsCredentialsProvider(Static("", "secret", "")).error().kind,
            ErrorKind::kInvalidInput);
  EXPECT_EQ(MakeAwsCredentialsProvider(Static("id", "", "")).error().message,
            "the secret access key is missing for access key id id");
}

TEST(AwsCredentialsProviderTest, AnonymousHasNoKeys) {
  AwsCredentialsOptions options;
  options.source = AwsCredentialsSource::kAnonymous;
  EXPECT_EQ(Get(MakeAwsCredentialsProvider(options).value().get()), "||");
}

TEST(AwsCredentialsProviderTest, TheDefaultChainTakesVariablesThenTheNamedProfile) {
  const std::string path = fmt::format("{}aws_credentials_{}", testing::TempDir(), getpid());
  std::ofstream(path)
      << "[work]\naws_access_key_id = work-id\naws_secret_access_key = work-secret\n";
  setenv("AWS_SHARED_CREDENTIALS_FILE", path.c_str(), 1);
  setenv("AWS_CONFIG_FILE", "/nonexistent", 1);
  setenv("AWS_EC2_METADATA_DISABLED", "true", 1);
  setenv("AWS_ACCESS_KEY_ID", "env-id", 1);
  setenv("AWS_SECRET_ACCESS_KEY", "env-secret", 1);
  AwsCredentialsOptions options;
  EXPECT_EQ(Get(MakeAwsCredentialsProvider(options).value().get()), "env-id|env-secret|");
  options.profile = "work";
  EXPECT_EQ(Get(MakeAwsCredentialsProvider(options).value().get()), "work-id|work-secret|");
  for (const char* name :
       {"AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED"}) {
    unsetenv(name);
  }
}

/// An STS that gives keys "role-1", "role-2", ... for an hour, or a refusal.
class FakeSts {
 public:
  FakeSts() {
    server_ = net::HttpServer::Start({}, [this](const net::HttpRequest& request) {
                return Answer(request);
              }).value();
  }
  AwsRoleOptions Role() const {
    return {.arn = "arn:aws:iam::1:role/reader",
            .sts_endpoint = fmt::format("http://127.0.0.1:{}", server_->port())};
  }
  std::atomic<int> calls = 0;
  std::atomic<bool> refuses = false;

 private:
  net::HttpResponse Answer(const net::HttpRequest&) {
    const int number = ++calls;
    if (refuses) {
      return {.status = 403,
              .body =
                  "<E><Error><Code>AccessDenied</Code><Message>User: u is not authorized"
                  "</Message></Error></E>"};
    }
    return {.body = fmt::format(
                "<R><AssumeRoleResult><Credentials><AccessKeyId>role-{}</AccessKeyId>"
                "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
                "<Expiration>{}</Expiration></Credentials></AssumeRoleResult></R>",
                number, FormatTimestamp(SystemClock().Now() + std::chrono::hours(1)))};
  }
  std::unique_ptr<net::HttpServer> server_;
};

AwsCredentialsOptions WithRole(const AwsRoleOptions& role) {
  AwsCredentialsOptions options = Static("id", "secret", "");
  options.role = role;
  return options;
}

TEST(AwsCredentialsProviderTest, ManyRequestsShareTheKeysOfOneRole) {
  FakeSts sts;
  const auto provider = MakeAwsCredentialsProvider(WithRole(sts.Role()));
  ASSERT_TRUE(provider) << provider.error().message;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&] { EXPECT_EQ(Get(provider->get()), "role-1|s|t"); });
    }
  }
  EXPECT_EQ(sts.calls, 1);
  const auto keys = provider->Keys({});
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->access_key_id, "role-1");
  EXPECT_GT(*keys->expires, SystemClock().Now());
}

TEST(AwsCredentialsProviderTest, TheRefusalOfARoleIsExplained) {
  FakeSts sts;
  sts.refuses = true;
  const auto provider = MakeAwsCredentialsProvider(WithRole(sts.Role())).value();
  EXPECT_EQ(Get(provider.get()), "AWS_AUTH_CREDENTIALS_PROVIDER_DELEGATE_FAILURE");
  const Error error = provider.Explain(0);
  EXPECT_EQ(error.kind, ErrorKind::kDenied);
  EXPECT_THAT(error.message, testing::HasSubstr("role arn:aws:iam::1:role/reader, caller u"));
  EXPECT_EQ(provider.Keys({}).error(), error);
}

TEST(AwsCredentialsProviderTest, ARoleNeedsCredentialsAndSettingsThatAwsTakes) {
  AwsCredentialsOptions options;
  options.source = AwsCredentialsSource::kAnonymous;
  options.role = AwsRoleOptions{.arn = "arn:aws:iam::1:role/r"};
  EXPECT_EQ(MakeAwsCredentialsProvider(options).error().kind, ErrorKind::kInvalidInput);
  EXPECT_EQ(MakeAwsCredentialsProvider(WithRole({.arn = "r"})).error().kind,
            ErrorKind::kInvalidInput);
}

TEST(AwsCredentialsProviderTest, SaysWhatToSetWhenThereAreNoKeys) {
  const auto provider = MakeAwsCredentialsProvider(Static("id", "secret", "")).value();
  const Error error = provider.Explain(AWS_AUTH_CREDENTIALS_PROVIDER_IMDS_SOURCE_FAILURE);
  EXPECT_EQ(error.kind, ErrorKind::kUnauthenticated);
  EXPECT_THAT(error.message, testing::HasSubstr("AWS_PROFILE"));
  EXPECT_TRUE(IsCredentialsError(AWS_AUTH_CREDENTIALS_PROVIDER_IMDS_SOURCE_FAILURE));
  EXPECT_FALSE(IsCredentialsError(AWS_ERROR_UNKNOWN));
}

}  // namespace
}  // namespace assay::auth
