#include "auth/aws_environment.h"

#include <aws/common/string.h>
#include <aws/sdkutils/aws_profile.h>

#include <cstdlib>

#include "auth/aws_runtime.h"

namespace assay::auth {
namespace {

using AwsString = AwsHandle<aws_string, aws_string_destroy>;
using ProfileCollection = AwsHandle<aws_profile_collection, aws_profile_collection_release>;

AwsString MakeString(const std::string& text) {
  return AwsString(aws_string_new_from_array(
      aws_default_allocator(), reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

std::string FirstOf(const EnvironmentVariables& variables,
                    std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (auto value = variables(name); value && !value->empty()) return *std::move(value);
  }
  return {};
}

ProfileCollection LoadFile(const EnvironmentVariables& variables, const char* variable,
                           const char* below_home, aws_profile_source_type type) {
  std::string path = FirstOf(variables, {variable});
  if (path.empty()) {
    const std::string home = FirstOf(variables, {"HOME"});
    if (home.empty()) return nullptr;
    path = home + below_home;
  }
  return ProfileCollection(aws_profile_collection_new_from_file(aws_default_allocator(),
                                                                MakeString(path).get(), type));
}

/// One profile over both files; the credentials file wins, as it does for credentials.
class Profile {
 public:
  Profile(const EnvironmentVariables& variables, const std::string& name)
      : config_(LoadFile(variables, "AWS_CONFIG_FILE", "/.aws/config", AWS_PST_CONFIG)),
        credentials_(LoadFile(variables, "AWS_SHARED_CREDENTIALS_FILE", "/.aws/credentials",
                              AWS_PST_CREDENTIALS)),
        name_(name) {}

  std::string Property(const char* property) const {
    for (const auto* file : {credentials_.get(), config_.get()}) {
      if (file == nullptr) continue;
      const aws_profile* profile =
          aws_profile_collection_get_profile(file, MakeString(name_).get());
      if (profile == nullptr) continue;
      const aws_profile_property* found =
          aws_profile_get_property(profile, MakeString(property).get());
      if (found == nullptr) continue;
      return aws_string_c_str(aws_profile_property_get_value(found));
    }
    return {};
  }

 private:
  ProfileCollection config_;
  ProfileCollection credentials_;
  std::string name_;
};

}  // namespace

std::optional<std::string> ProcessVariable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  return value;
}

AwsEnvironment ReadAwsEnvironment(const std::string& profile,
                                  const EnvironmentVariables& variables) {
  InitialiseAwsLibraries();
  AwsEnvironment environment;
  environment.profile = profile.empty() ? FirstOf(variables, {"AWS_PROFILE"}) : profile;
  const Profile settings(variables,
                         environment.profile.empty() ? "default" : environment.profile);

  const auto or_property = [&](std::string value, const char* property) {
    return value.empty() ? settings.Property(property) : value;
  };
  environment.region =
      or_property(FirstOf(variables, {"AWS_REGION", "AWS_DEFAULT_REGION"}), "region");
  environment.ca_bundle_path = or_property(FirstOf(variables, {"AWS_CA_BUNDLE"}), "ca_bundle");
  if (FirstOf(variables, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"}) != "true") {
    environment.endpoint_url =
        or_property(FirstOf(variables, {"AWS_ENDPOINT_URL"}), "endpoint_url");
    const auto of_service = [&](const char* variable) {
      std::string own = FirstOf(variables, {variable});
      return own.empty() ? environment.endpoint_url : own;
    };
    environment.s3_endpoint_url = of_service("AWS_ENDPOINT_URL_S3");
    environment.sts_endpoint_url = of_service("AWS_ENDPOINT_URL_STS");
    environment.secrets_manager_endpoint_url = of_service("AWS_ENDPOINT_URL_SECRETS_MANAGER");
  }
  return environment;
}

}  // namespace assay::auth
