#include "auth/aws_credentials_provider.h"

#include <aws/common/error.h>

#include <fmt/format.h>

namespace assay::auth {
namespace {

aws_credentials_provider* MakeStatic(const AwsRuntime& runtime,
                                     const AwsCredentialsOptions& options) {
  aws_credentials_provider_static_options settings{};
  settings.access_key_id = ToCursor(options.access_key_id);
  settings.secret_access_key = ToCursor(options.secret_access_key.Reveal());
  settings.session_token = ToCursor(options.session_token.Reveal());
  return aws_credentials_provider_new_static(runtime.allocator(), &settings);
}

aws_credentials_provider* MakeDefault(const AwsRuntime& runtime,
                                      const AwsCredentialsOptions& options) {
  aws_credentials_provider_chain_default_options settings{};
  settings.bootstrap = runtime.bootstrap();
  settings.profile_name_override = ToCursor(options.profile);
  // A profile that was asked for by name must not lose against keys in the environment.
  settings.skip_environment_credentials_provider = !options.profile.empty();
  return aws_credentials_provider_new_chain_default(runtime.allocator(), &settings);
}

aws_credentials_provider* Make(const AwsRuntime& runtime,
                               const AwsCredentialsOptions& options) {
  switch (options.source) {
    case AwsCredentialsSource::kStatic: return MakeStatic(runtime, options);
    case AwsCredentialsSource::kDefault: return MakeDefault(runtime, options);
    case AwsCredentialsSource::kAnonymous: {
      aws_credentials_provider_shutdown_options nothing{};
      return aws_credentials_provider_new_anonymous(runtime.allocator(), &nothing);
    }
  }
  return nullptr;
}

}  // namespace

Result<AwsCredentialsProvider> MakeAwsCredentialsProvider(
    const AwsCredentialsOptions& options) {
  if (options.source == AwsCredentialsSource::kStatic) {
    if (options.access_key_id.empty()) {
      return Fail(ErrorKind::kInvalidInput, "the access key id is missing");
    }
    if (options.secret_access_key.empty()) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("the secret access key is missing for access key id {}",
                              options.access_key_id));
    }
  }
  ASSAY_TRY(const AwsRuntime* runtime, AwsRuntime::Get());
  AwsCredentialsProvider provider(Make(*runtime, options));
  if (provider == nullptr) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("cannot set up AWS credentials; check the profile and the files below "
                    "~/.aws: {}",
                    aws_error_str(aws_last_error())));
  }
  return provider;
}

}  // namespace assay::auth
