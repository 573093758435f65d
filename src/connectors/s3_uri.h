// URIs of S3 places: "s3://bucket/prefix".

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::connectors {

struct S3Uri {
  std::string bucket;  // a name or an access point's ARN
  std::string key;     // what follows, without the '/' in front; may end in '/'

  friend bool operator==(const S3Uri&, const S3Uri&) = default;
};

/// Whether the URI's scheme is s3, in any case.
bool IsS3Uri(std::string_view uri);

/// "s3://bucket", "S3://bucket/prefix/file",
/// "s3://arn:aws:s3:us-east-1:1:accesspoint/name/prefix". kInvalidInput, with the right form,
/// for everything else.
Result<S3Uri> ParseS3Uri(std::string_view uri);

}  // namespace assay::connectors
