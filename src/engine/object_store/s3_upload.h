// Uploading a file in parts without making it visible.

#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "engine/object_store/object_store.h"
#include "engine/object_store/s3_bucket.h"

namespace assay::engine {

/// The size of the parts for a file: kPartBytes, or as much more as keeps them at most 10,000.
int64_t PartBytesFor(int64_t file_bytes);

/// Stages the file; see ObjectStore::StageFile. A few parts travel at a time, within the
/// bucket's budget. An empty file is one empty part. kNotFound if the file is not there,
/// kConflict if it gets shorter while it is read.
Result<PendingUpload> StageLocalFile(S3Bucket& bucket, const std::string& key,
                                     const std::string& local_path, std::stop_token stop);

}  // namespace assay::engine
