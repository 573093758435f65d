// Tries what a place in S3 needs, one right after the other.

#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "auth/aws_credentials.h"
#include "connectors/connector.h"
#include "engine/object_store/s3_bucket.h"

namespace assay::connectors {

/// As S3Connector::Probe. `credentials` are those by which the bucket was opened; `prefix` is
/// empty or ends in '/'.
std::vector<ProbeStep> ProbeS3(engine::S3Bucket& bucket,
                               const auth::AwsCredentialsOptions& credentials,
                               const std::string& prefix, Access access, std::stop_token stop);

}  // namespace assay::connectors
