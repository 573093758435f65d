#include "connectors/probe_steps.h"

#include <fmt/format.h>

#include <utility>

namespace assay::connectors {
namespace {

constexpr const char* kStopped = "stopped";

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
    Skip(action, "", kStopped);
    return false;
  }
  const auto start = std::chrono::steady_clock::now();
  const Status status = attempt();
  ProbeStep step{.action = action};
  if (!status) step.remedy = Advice(status.error().kind, remedy);
  return Add(std::move(step), status ? nullptr : &status.error(), start);
}

bool ProbeSteps::TryRight(const std::string& action, const std::string& right,
                          const std::function<std::expected<void, StepFailure>()>& attempt) {
  if (stop_.stop_requested()) {
    Skip(action, right, kStopped);
    return false;
  }
  if (blame_for_all_) {
    Skip(action, right,
         fmt::format("not tried, as it would fail alike: {}", BlameText(*blame_for_all_)));
    return false;
  }
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = attempt();
  ProbeStep step{.action = action, .right = right};
  const bool is_unclear =
      !outcome && (outcome.error().verdict == StepFailure::Verdict::kUnclear ||
                   outcome.error().error.kind == ErrorKind::kCancelled);
  if (is_unclear) {
    Skip(action, right, outcome.error().error.message);
    return false;
  }
  if (!outcome) {
    const Diagnosis& diagnosis = outcome.error().diagnosis;
    step.blame = diagnosis.blame;
    step.remedy = diagnosis.remedy;
    step.statement = diagnosis.statement;
    if (HoldsForAllRequests(diagnosis.blame)) blame_for_all_ = diagnosis.blame;
  }
  return Add(std::move(step), outcome ? nullptr : &outcome.error().error, start);
}

bool ProbeSteps::Add(ProbeStep step, const Error* error,
                     std::chrono::steady_clock::time_point start) {
  using Outcome = ProbeStep::Outcome;
  step.latency_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::steady_clock::now() - start)
                        .count();
  if (error == nullptr) {
    step.outcome = Outcome::kAllowed;
  } else {
    step.outcome = error->kind == ErrorKind::kCancelled ? Outcome::kSkipped : Outcome::kRefused;
    step.detail = error->message;
  }
  steps_.push_back(std::move(step));
  return error == nullptr;
}

void ProbeSteps::Skip(const std::string& action, const std::string& right, std::string why) {
  steps_.push_back({.action = action, .right = right, .detail = std::move(why)});
}

}  // namespace assay::connectors
