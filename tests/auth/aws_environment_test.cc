#include "auth/aws_environment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>

namespace assay::auth {
namespace {

using Variables = std::map<std::string, std::string>;

EnvironmentVariables Of(Variables variables) {
  return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

std::string File(const std::string& name, const std::string& content) {
  const std::string path = fmt::format("{}{}_{}", testing::TempDir(), name, getpid());
  std::ofstream(path) << content;
  return path;
}

TEST(AwsEnvironmentTest, NothingSetGivesNothing) {
  EXPECT_EQ(ReadAwsEnvironment("", Of({})), AwsEnvironment());
  EXPECT_EQ(ReadAwsEnvironment("", Of({{"HOME", "/nonexistent"}})), AwsEnvironment());
}

TEST(AwsEnvironmentTest, VariablesAreRead) {
  EXPECT_EQ(ReadAwsEnvironment("", Of({{"AWS_PROFILE", "p"},
                                       {"AWS_REGION", "eu-west-1"},
                                       {"AWS_DEFAULT_REGION", "us-east-2"},
                                       {"AWS_ENDPOINT_URL", "http://all"},
                                       {"AWS_ENDPOINT_URL_S3", "http://s3"},
                                       {"AWS_ENDPOINT_URL_STS", "http://sts"},
                                       {"AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://sm"},
                                       {"AWS_CA_BUNDLE", "/ca.pem"}})),
            (AwsEnvironment{.profile = "p",
                            .region = "eu-west-1",
                            .endpoint_url = "http://all",
                            .s3_endpoint_url = "http://s3",
                            .sts_endpoint_url = "http://sts",
                            .secrets_manager_endpoint_url = "http://sm",
                            .ca_bundle_path = "/ca.pem"}));
  const AwsEnvironment fallback =
      ReadAwsEnvironment("", Of({{"AWS_REGION", ""},
                                 {"AWS_DEFAULT_REGION", "us-east-2"},
                                 {"AWS_ENDPOINT_URL", "http://all"}}));
  EXPECT_EQ(fallback.region, "us-east-2");
  EXPECT_EQ(fallback.s3_endpoint_url, "http://all");
  EXPECT_EQ(fallback.sts_endpoint_url, "http://all");
  EXPECT_EQ(fallback.secrets_manager_endpoint_url, "http://all");
}

TEST(AwsEnvironmentTest, TheProfileFillsWhatVariablesLeaveOut) {
  const std::string config =
      File("aws_config",
           "[default]\nregion = us-west-1\n\n[profile work]\nregion = eu-central-1\n"
           "endpoint_url = http://work\nca_bundle = /work.pem\n");
  const Variables files = {{"AWS_CONFIG_FILE", config},
                           {"AWS_SHARED_CREDENTIALS_FILE", "/none"}};
  EXPECT_EQ(ReadAwsEnvironment("", Of(files)).region, "us-west-1");
  EXPECT_EQ(ReadAwsEnvironment("work", Of(files)),
            (AwsEnvironment{.profile = "work",
                            .region = "eu-central-1",
                            .endpoint_url = "http://work",
                            .s3_endpoint_url = "http://work",
                            .sts_endpoint_url = "http://work",
                            .secrets_manager_endpoint_url = "http://work",
                            .ca_bundle_path = "/work.pem"}));
  Variables with_profile = files;
  with_profile["AWS_PROFILE"] = "work";
  with_profile["AWS_REGION"] = "ap-south-1";
  EXPECT_EQ(ReadAwsEnvironment("", Of(with_profile)).region, "ap-south-1");
  EXPECT_EQ(ReadAwsEnvironment("", Of(with_profile)).endpoint_url, "http://work");
  EXPECT_EQ(ReadAwsEnvironment("absent", Of(files)).region, "");
}

TEST(AwsEnvironmentTest, EndpointsCanBeIgnored) {
  const AwsEnvironment environment =
      ReadAwsEnvironment("", Of({{"AWS_ENDPOINT_URL", "http://all"},
                                 {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}}));
  EXPECT_EQ(environment.endpoint_url, "");
  EXPECT_EQ(environment.s3_endpoint_url, "");
}

TEST(AwsEnvironmentTest, ABrokenFileCountsAsEmpty) {
  const std::string config = File("aws_broken", "region = x\n[[[\n=\n\x01");
  EXPECT_EQ(ReadAwsEnvironment("", Of({{"AWS_CONFIG_FILE", config}})).region, "");
}

}  // namespace
}  // namespace assay::auth
