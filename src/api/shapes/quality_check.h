// Quality checks as the API reads and prints them.

#pragma once

#include <vector>

#include "api/problem.h"
#include "api/route.h"
#include "store/quality_checks.h"

namespace assay::api {

Shape QualityCheckShape();
/// One object a check, in order.
Result<std::vector<Json>> PrintQualityChecks(store::Access& access,
                                             const std::vector<store::QualityCheck>& checks);

/// Body of POST: container_id and rule are required.
Shape QualityCheckCreateShape();
/// Body of PUT: what is absent keeps its value; filter, anomaly_message_field, owner_id and
/// default_anomaly_assignee_id are cleared by null. Rule and container cannot change.
Shape QualityCheckUpdateShape();

/// Body of a check that is made from another thing, such as a template: nothing is required but
/// `required`.
Shape QualityCheckDerivedShape(const char* name, const std::vector<std::string>& required);

/// A new check; nothing is validated but the body's own form. 422 when it does not fit.
Answer<store::QualityCheck> ReadNewQualityCheck(const Json& body);
/// Changes `check` as the body says. An inferred check whose meaning changes (fields, filter,
/// coverage, properties) becomes an authored one, which profiles leave alone. A status of
/// Active or Draft brings an archived check back. 422 as above, and for another rule or
/// container.
Answer<void> ApplyToQualityCheck(const Json& body, Timestamp now, store::QualityCheck& check);

}  // namespace assay::api
