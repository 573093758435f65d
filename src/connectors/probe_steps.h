// Collects the steps of a probe: each is tried, timed and put into words in the same way.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "connectors/connector.h"

namespace assay::connectors {

class ProbeSteps {
 public:
  /// Runs `attempt`. If it fails the step's detail is the error with `remedy` behind it, which
  /// says what to grant or check if the right is what is missing; else the detail is empty.
  /// Returns whether it went well. After a stop request steps are skipped.
  bool Try(const std::string& action, const std::string& remedy,
           const std::function<Status()>& attempt);
  void Skip(const std::string& action, std::string why);

  explicit ProbeSteps(std::stop_token stop) : stop_(std::move(stop)) {}
  std::vector<ProbeStep> Take() { return std::move(steps_); }

 private:
  std::stop_token stop_;
  std::vector<ProbeStep> steps_;
};

}  // namespace assay::connectors
