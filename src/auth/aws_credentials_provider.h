// Credentials of the AWS runtime, made from options. Only for .cc files that speak to the
// runtime.

#pragma once

#include <aws/auth/credentials.h>

#include <memory>
#include <optional>
#include <stop_token>

#include "auth/aws_credentials.h"
#include "auth/aws_runtime.h"
#include "base/result.h"

namespace assay::auth {

class RenewedKeys;

/// A provider of the AWS runtime. It caches and renews temporary credentials by itself, also
/// while requests run. Thread-safe; destroying it cancels a renewal under way and waits for it.
class AwsCredentialsProvider {
 public:
  using Handle = AwsHandle<aws_credentials_provider, aws_credentials_provider_release>;

  /// `renewed_keys` is what stands behind the handle if a role is assumed, else null.
  AwsCredentialsProvider(Handle handle, std::shared_ptr<RenewedKeys> renewed_keys);
  AwsCredentialsProvider(AwsCredentialsProvider&&) noexcept;
  AwsCredentialsProvider& operator=(AwsCredentialsProvider&&) = delete;
  ~AwsCredentialsProvider();

  aws_credentials_provider* get() const { return handle_.get(); }

  /// The keys to sign with now. Blocks while they are fetched, but not beyond `stop`; not on an
  /// event loop. As Explain when there are none; kCancelled.
  Result<AwsKeys> Keys(const std::stop_token& stop) const;

  /// Why no keys came: the refusal of STS for a role; else kUnauthenticated with what to set.
  /// `runtime_error` is what the runtime made of it.
  Error Explain(int runtime_error) const;

 private:
  Handle handle_;
  std::shared_ptr<RenewedKeys> renewed_keys_;
};

/// Whether an error code of the runtime says that no credentials could be had.
bool IsCredentialsError(int runtime_error);

/// Nothing is asked from anywhere yet, except that profile files are read.
///
/// kInvalidInput for a static source without both keys, and for a role whose settings AWS would
/// refuse. A default chain that finds nothing, and a role that may not be assumed, fail later,
/// when the first request is signed.
Result<AwsCredentialsProvider> MakeAwsCredentialsProvider(const AwsCredentialsOptions& options);

}  // namespace assay::auth
