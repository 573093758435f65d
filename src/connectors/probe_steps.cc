#include "connectors/probe_steps.h"

#include <chrono>
#include <utility>

namespace assay::connectors {
namespace {

std::string Advice(ErrorKind kind, const std::string& remedy) {
  switch (kind) {
    case ErrorKind::kDenied: return remedy;
    case ErrorKind::kUnauthenticated:
      return "check the credentials: key, secret, expiry and this machine's clock";
    case ErrorKind::kNotFound: return "check the names in the URI and the root path";
    case ErrorKind::kUnavailable:
    case ErrorKind::kTimeout: return "check the endpoint, the region and the network";
    case ErrorKind::kRateLimited: return "the store is busy, try again later";
    case ErrorKind::kResourceLimit: return "make room and try again";
    case ErrorKind::kInvalidInput:
    case ErrorKind::kConflict:
    case ErrorKind::kCancelled:
    case ErrorKind::kUnsupported:
    case ErrorKind::kCorruptData:
    case ErrorKind::kInternal: return "";
  }
  return "";
}

}  // namespace

bool ProbeSteps::Try(const std::string& action, const std::string& remedy,
                     const std::function<Status()>& attempt) {
  if (stop_.stop_requested()) {
    Skip(action, "stopped");
    return false;
  }
  const auto start = std::chrono::steady_clock::now();
  const Status status = attempt();
  ProbeStep step;
  step.action = action;
  step.latency_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::steady_clock::now() - start)
                        .count();
  step.outcome = status ? ProbeStep::Outcome::kAllowed : ProbeStep::Outcome::kRefused;
  if (!status && status.error().kind == ErrorKind::kCancelled)
    step.outcome = ProbeStep::Outcome::kSkipped;
  if (!status) {
    const std::string advice = Advice(status.error().kind, remedy);
    step.detail = status.error().message + (advice.empty() ? "" : "; " + advice);
  }
  steps_.push_back(std::move(step));
  return status.has_value();
}

void ProbeSteps::Skip(const std::string& action, std::string why) {
  steps_.push_back({.action = action,
                    .outcome = ProbeStep::Outcome::kSkipped,
                    .detail = std::move(why),
                    .latency_ms = 0});
}

}  // namespace assay::connectors
