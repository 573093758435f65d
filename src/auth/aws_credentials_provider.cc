#include "auth/aws_credentials_provider.h"

#include <aws/auth/auth.h>
#include <aws/common/error.h>
#include <aws/sdkutils/sdkutils.h>
#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <utility>

#include "auth/renewed_keys.h"
#include "auth/role.h"

namespace assay::auth {
namespace {

bool IsIn(int error, unsigned package) {
  return std::cmp_greater_equal(error, AWS_ERROR_ENUM_BEGIN_RANGE(package)) &&
         std::cmp_less_equal(error, AWS_ERROR_ENUM_END_RANGE(package));
}

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

Result<AwsCredentialsProvider> MakeOfSource(const AwsRuntime& runtime,
                                            const AwsCredentialsOptions& options) {
  AwsCredentialsProvider::Handle handle(Make(runtime, options));
  if (handle == nullptr) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("cannot set up AWS credentials; check the profile and the files below "
                    "~/.aws: {}",
                    aws_error_str(aws_last_error())));
  }
  return AwsCredentialsProvider(std::move(handle), nullptr);
}

AwsHandle<aws_credentials, aws_credentials_release> ToRuntime(const AwsKeys& keys) {
  const auto seconds = [](Timestamp time) {
    return static_cast<uint64_t>(
        std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
  };
  return AwsHandle<aws_credentials, aws_credentials_release>(aws_credentials_new(
      aws_default_allocator(), ToCursor(keys.access_key_id),
      ToCursor(keys.secret_access_key.Reveal()), ToCursor(keys.session_token.Reveal()),
      keys.expires ? seconds(*keys.expires) : UINT64_MAX));
}

AwsKeys FromRuntime(const aws_credentials* credentials) {
  const uint64_t expires = aws_credentials_get_expiration_timepoint_seconds(credentials);
  AwsKeys keys{
      .access_key_id = ToString(aws_credentials_get_access_key_id(credentials)),
      .secret_access_key = Secret(ToString(aws_credentials_get_secret_access_key(credentials))),
      .session_token = Secret(ToString(aws_credentials_get_session_token(credentials))),
      .expires = {}};
  if (expires != UINT64_MAX) {
    keys.expires = Timestamp(std::chrono::seconds(static_cast<int64_t>(expires)));
  }
  return keys;
}

/// A provider of the runtime that asks `keys`; its user data is a shared_ptr of its own.
AwsCredentialsProvider::Handle MakeDelegate(const std::shared_ptr<RenewedKeys>& keys) {
  using Holder = std::shared_ptr<RenewedKeys>;
  aws_credentials_provider_delegate_options options{};
  options.delegate_user_data = new Holder(keys);
  options.get_credentials = [](void* holder, aws_on_get_credentials_callback_fn callback,
                               void* user_data) {
    (*static_cast<Holder*>(holder))->Get([callback, user_data](const Result<AwsKeys>& keys) {
      if (!keys) {
        callback(nullptr, AWS_AUTH_CREDENTIALS_PROVIDER_DELEGATE_FAILURE, user_data);
        return;
      }
      const auto credentials = ToRuntime(*keys);
      callback(credentials.get(), credentials == nullptr ? aws_last_error() : AWS_ERROR_SUCCESS,
               user_data);
    });
    return AWS_OP_SUCCESS;
  };
  options.shutdown_options.shutdown_user_data = options.delegate_user_data;
  options.shutdown_options.shutdown_callback = [](void* holder) {
    delete static_cast<Holder*>(holder);
  };
  AwsCredentialsProvider::Handle handle(
      aws_credentials_provider_new_delegate(aws_default_allocator(), &options));
  if (handle == nullptr) delete static_cast<Holder*>(options.delegate_user_data);
  return handle;
}

/// What Keys() waits for; the callback may come after the wait was given up.
struct Arrival {
  std::mutex mutex;
  std::condition_variable_any changed;
  bool is_there = false;
  int runtime_error = 0;
  AwsKeys keys;
};

Status CheckKeys(const AwsCredentialsOptions& options) {
  if (options.source != AwsCredentialsSource::kStatic) return {};
  if (options.access_key_id.empty()) {
    return Fail(ErrorKind::kInvalidInput, "the access key id is missing");
  }
  if (options.secret_access_key.empty()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the secret access key is missing for access key id {}",
                            options.access_key_id));
  }
  return {};
}

}  // namespace

AwsCredentialsProvider::AwsCredentialsProvider(Handle handle,
                                               std::shared_ptr<RenewedKeys> renewed_keys)
    : handle_(std::move(handle)), renewed_keys_(std::move(renewed_keys)) {}

AwsCredentialsProvider::AwsCredentialsProvider(AwsCredentialsProvider&&) noexcept = default;

AwsCredentialsProvider::~AwsCredentialsProvider() {
  if (renewed_keys_ != nullptr) renewed_keys_->Stop();
}

Result<AwsKeys> AwsCredentialsProvider::Keys(const std::stop_token& stop) const {
  auto arrival = std::make_shared<Arrival>();
  auto* holder = new std::shared_ptr<Arrival>(arrival);
  const auto receive = [](aws_credentials* credentials, int error, void* user_data) {
    const std::unique_ptr<std::shared_ptr<Arrival>> ours(
        static_cast<std::shared_ptr<Arrival>*>(user_data));
    Arrival& there = **ours;
    const std::lock_guard lock(there.mutex);
    if (credentials == nullptr) {
      there.runtime_error = error == 0 ? AWS_ERROR_UNKNOWN : error;
    } else {
      there.keys = FromRuntime(credentials);
    }
    there.is_there = true;
    there.changed.notify_all();
  };
  if (aws_credentials_provider_get_credentials(handle_.get(), receive, holder) !=
      AWS_OP_SUCCESS) {
    delete holder;
    return std::unexpected(Explain(aws_last_error()));
  }
  std::unique_lock lock(arrival->mutex);
  if (!arrival->changed.wait(lock, stop, [&] { return arrival->is_there; })) {
    return Fail(ErrorKind::kCancelled, "cancelled: fetching AWS credentials");
  }
  if (arrival->runtime_error != 0) return std::unexpected(Explain(arrival->runtime_error));
  return arrival->keys;
}

Error AwsCredentialsProvider::Explain(int runtime_error) const {
  if (renewed_keys_ != nullptr) {
    if (const std::optional<Error> failure = renewed_keys_->failure()) return *failure;
  }
  return {ErrorKind::kUnauthenticated,
          fmt::format("no AWS credentials found ({}); give access keys, set AWS_PROFILE or the "
                      "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY variables, or run where a "
                      "role is attached",
                      aws_error_name(runtime_error))};
}

bool IsCredentialsError(int runtime_error) {
  return IsIn(runtime_error, AWS_C_AUTH_PACKAGE_ID) ||
         IsIn(runtime_error, AWS_C_SDKUTILS_PACKAGE_ID);
}

Result<AwsCredentialsProvider> MakeAwsCredentialsProvider(
    const AwsCredentialsOptions& options) {
  ASSAY_RETURN_IF_ERROR(CheckKeys(options));
  ASSAY_TRY(const AwsRuntime* runtime, AwsRuntime::Get());
  ASSAY_TRY(AwsCredentialsProvider source, MakeOfSource(*runtime, options));
  if (!options.role) return source;
  if (options.source == AwsCredentialsSource::kAnonymous) {
    return Fail(ErrorKind::kInvalidInput,
                "a role cannot be assumed without credentials; give keys or use the standard "
                "chain");
  }
  ASSAY_TRY(RenewedKeys::Fetch fetch,
            MakeRoleFetch(*options.role, options.profile, std::move(source)));
  static SystemClock clock;
  auto keys = std::make_shared<RenewedKeys>(std::move(fetch), clock);
  AwsCredentialsProvider::Handle handle = MakeDelegate(keys);
  if (handle == nullptr) {
    return Fail(ErrorKind::kResourceLimit, "no memory for a provider of credentials");
  }
  return AwsCredentialsProvider(std::move(handle), std::move(keys));
}

}  // namespace assay::auth
