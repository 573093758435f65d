// The steps of a probe as JSON, for programs: `assay probe --json` and connection tests print
// the same.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "connectors/connector.h"

namespace assay::connectors {

/// "allowed", "refused", "skipped".
const char* OutcomeName(ProbeStep::Outcome outcome);

/// One step as printed.
struct ProbeStepView {
  std::string action;
  std::optional<std::string> right;
  std::string outcome;
  int64_t latency_ms = 0;
  std::optional<std::string> detail;
  std::optional<std::string> blame;
  std::optional<std::string> blame_text;
  std::optional<std::string> remedy;
  Json statement;

  static ProbeStepView Of(const ProbeStep& step);
  static const Fields<ProbeStepView>& JsonFields();
};

std::vector<ProbeStepView> ViewSteps(const std::vector<ProbeStep>& steps);

}  // namespace assay::connectors
