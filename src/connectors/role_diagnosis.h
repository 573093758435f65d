// From a refusal of STS to what is to blame and what to do about it. Pure function.

#pragma once

#include <string>

#include "auth/aws_failure.h"
#include "base/result.h"
#include "connectors/diagnosis.h"

namespace assay::connectors {

/// What was asked of STS.
struct RoleAttempt {
  std::string role_arn;
  std::string external_id;  // as given; empty: none
};

/// Of sts:AssumeRole. `kind` is that of the call's error, for when there was no answer. STS
/// answers alike for a role that does not exist, that does not trust the caller, and whose
/// external id is another: the remedy then names all of them.
Diagnosis DiagnoseRole(const auth::AwsFailure& failure, ErrorKind kind,
                       const RoleAttempt& attempt);

}  // namespace assay::connectors
