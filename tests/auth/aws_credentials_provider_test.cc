#include "auth/aws_credentials_provider.h"

#include <aws/common/error.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <future>

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
          .session_token = Secret(token),
          .profile = {}};
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

}  // namespace
}  // namespace assay::auth
