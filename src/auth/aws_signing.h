// Signing requests for AWS services other than S3 (Signature Version 4).

#pragma once

#include <string>
#include <vector>

#include "auth/aws_credentials.h"
#include "base/clock.h"
#include "base/result.h"
#include "net/http_client.h"

namespace assay::auth {

/// For whom a request is signed.
struct AwsSigningScope {
  std::string service;  // as signed: "sts", "secretsmanager"
  std::string region;
};

/// `call` with the headers Host, X-Amz-Date, X-Amz-Security-Token if the keys have one, and
/// Authorization, over its method, URL, given headers and body. Anonymous keys sign nothing.
/// Pure: the same input gives the same bytes. kInvalidInput for a URL that is none.
Result<net::HttpCall> SignAwsCall(net::HttpCall call, const AwsSigningScope& scope,
                                  const AwsKeys& keys, Timestamp now);

}  // namespace assay::auth
