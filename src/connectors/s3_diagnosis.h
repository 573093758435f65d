// From a refusal of S3 to what is to blame and what to do about it. Pure function.

#pragma once

#include <string>

#include "connectors/diagnosis.h"
#include "connectors/s3_rights.h"

namespace assay::connectors {

/// What was tried, and with what.
struct S3Attempt {
  std::string right;  // "s3:GetObject"
  S3PolicyPlace place;
  S3Identity identity = S3Identity::kKeys;
  std::string region;  // by which the request was signed
};

/// Of an S3 request that failed; `failure` is not a cancellation. Reads the code, then the
/// status, then known phrases of the server's message, and why there was no answer.
Diagnosis DiagnoseS3(const engine::S3Failure& failure, const S3Attempt& attempt);

}  // namespace assay::connectors
