// Trials of checks as the API reads and prints them.

#pragma once

#include <map>
#include <string>

#include "api/problem.h"
#include "api/route.h"
#include "operations/container_scan.h"

namespace assay::api {

/// How a check is tried.
struct CheckTrialInput {
  int64_t max_records_analyzed_per_partition = -1;     // -1: all; at most 1,000,000
  std::map<std::string, std::string> check_variables;  // for {{ placeholders }}
};

/// Body of a dry run: everything is optional.
Shape CheckDryRunShape();
/// The same with quality_check, a check as POST takes it.
Shape CheckValidationShape();
/// 422 when it does not fit.
Answer<CheckTrialInput> ReadCheckTrial(const Json& body);

Shape CheckTrialShape();
/// `scan` is of one check.
Json PrintCheckTrial(const operations::ContainerScan& scan);

}  // namespace assay::api
