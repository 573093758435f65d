// Credentials of the AWS runtime, made from options. Only for .cc files that speak to the
// runtime.

#pragma once

#include <aws/auth/credentials.h>

#include "auth/aws_credentials.h"
#include "auth/aws_runtime.h"
#include "base/result.h"

namespace assay::auth {

using AwsCredentialsProvider =
    AwsHandle<aws_credentials_provider, aws_credentials_provider_release>;

/// Nothing is asked from anywhere yet, except that profile files are read. The provider caches
/// and refreshes temporary credentials by itself and is thread-safe.
///
/// kInvalidInput for a static source without both keys. A default chain that finds nothing
/// fails later, when the first request is signed.
Result<AwsCredentialsProvider> MakeAwsCredentialsProvider(const AwsCredentialsOptions& options);

}  // namespace assay::auth
