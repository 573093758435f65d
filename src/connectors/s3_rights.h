// The rights that the product needs in S3, and the IAM statements that grant them. Probe and
// `assay iam-policy` take both from here. Pure functions.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "connectors/connector.h"

namespace assay::connectors {

/// What an action's Resource names.
enum class S3Level { kBucket, kObjects };

struct S3Right {
  std::string_view action;  // "s3:ListBucket"
  S3Level level;
  Access access;  // kWrite: only needed to write results
};

/// In the order in which they are worth trying.
std::span<const S3Right> AllS3Rights();

/// Where statements apply.
struct S3PolicyPlace {
  std::string bucket;             // a name or an access point's ARN
  std::string prefix = {};        // empty or ends in '/'
  std::string partition = "aws";  // "aws", "aws-cn", "aws-us-gov"; an ARN's own goes first
  std::string kms_key_arn = {};   // of what encrypts the objects; empty: none
};

/// The ARN of the bucket or the access point.
std::string BucketArn(const S3PolicyPlace& place);
/// The ARN pattern of the objects below the prefix. Characters that policies give a meaning
/// stand for themselves.
std::string ObjectsArn(const S3PolicyPlace& place);

/// {"Effect": "Allow", "Action": [action], "Resource": [...]}; s3:ListBucket has a condition on
/// the prefix if there is one. An action that is in no table is taken for one on objects.
Json GrantStatement(std::string_view action, const S3PolicyPlace& place);

/// The same for kms:... actions on a key.
Json KeyStatement(std::span<const std::string_view> actions, const std::string& key_arn);

/// {"Version", "Statement"}: exactly what `access` needs below the prefix.
Json LeastPolicy(const S3PolicyPlace& place, Access access);

/// The policy that the vendor's page on Amazon S3 names, for the whole bucket: its sets of
/// actions, with s3:Get* for all reading.
Json VendorPolicy(const S3PolicyPlace& place, Access access);

}  // namespace assay::connectors
