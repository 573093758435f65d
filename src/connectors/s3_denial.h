// Requests that S3 refuses for lack of a right: which policy, and what would grant it. Pure
// functions.

#pragma once

#include "connectors/s3_diagnosis.h"

namespace assay::connectors {

/// Of an answer "access denied". Where the server's message names no policy, it is the
/// identity's that lacks the right; for anonymous requests it is the bucket's.
Diagnosis DiagnoseDenial(const engine::S3Failure& failure, const S3Attempt& attempt);

/// Of an answer about the key that encrypts the objects.
Diagnosis DiagnoseKms(const engine::S3Failure& failure, const S3Attempt& attempt);

}  // namespace assay::connectors
