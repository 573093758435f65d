// Collects the steps of a probe: each is tried, timed and put into words in the same way.

#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/diagnosis.h"

namespace assay::connectors {

/// Why an action failed, taken apart.
struct StepFailure {
  Error error;
  Diagnosis diagnosis = {};
  /// kUnclear: the answer does not tell whether the right is there; the step counts as skipped.
  enum class Verdict { kRefused, kUnclear } verdict = Verdict::kRefused;
};

class ProbeSteps {
 public:
  explicit ProbeSteps(std::stop_token stop) : stop_(std::move(stop)) {}

  /// Runs `attempt`. If it fails the step's remedy says what to grant or check: `remedy` if the
  /// right is what is missing, else what fits the error. Returns whether it went well. After a
  /// stop request steps are skipped.
  bool Try(const std::string& action, const std::string& remedy,
           const std::function<Status()>& attempt);

  /// The same for a place whose refusals are diagnosed. Once a step failed for a reason that
  /// holds for all requests, further ones are skipped and say so.
  bool TryRight(const std::string& action, const std::string& right,
                const std::function<std::expected<void, StepFailure>()>& attempt);

  void Skip(const std::string& action, const std::string& right, std::string why);

  std::vector<ProbeStep> Take() { return std::move(steps_); }

 private:
  bool Add(ProbeStep step, const Error* error, std::chrono::steady_clock::time_point start);

  std::stop_token stop_;
  std::vector<ProbeStep> steps_;
  std::optional<Blame> blame_for_all_;
};

}  // namespace assay::connectors
