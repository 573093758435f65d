// What users may write as the URI of a connection and as the root path of a datastore.

#pragma once

#include <string>

#include "base/result.h"

namespace assay::api {

/// The URI as it is stored.
/// s3: "s3://bucket" in any case of the scheme, with or without a final slash, or an access
/// point's ARN in the bucket's place -> "s3://bucket". A path is refused with the hint where it
/// belongs. Other types: the text itself, not empty.
Result<std::string> NormalizeConnectionUri(const std::string& type, const std::string& uri);

/// A root path: not empty, no "." or ".." level, no URI, at most 1024 bytes.
Status CheckRootPath(const std::string& root_path);

}  // namespace assay::api
