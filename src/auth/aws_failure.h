// From an AWS service's refusal to an error that a user can act on. Pure functions.

#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "net/http_message.h"

namespace assay::auth {

/// A refusal as the service words it.
struct AwsFailure {
  int status = 0;       // HTTP; 0: there was no answer
  std::string code;     // "AccessDenied"; empty when the answer names none
  std::string message;  // the service's own; may repeat parts of the signature
  /// How far this machine's clock is ahead of the server's; nothing if the answer has no date.
  std::optional<std::chrono::seconds> clock_ahead;
};

/// Reads an answer that is no success: XML (<Error><Code>) or JSON ("__type").
AwsFailure ReadAwsFailure(const net::HttpResponse& response, Timestamp now);

/// What refusals of any service mean, in our words; `service` is its name and `endpoint` where
/// it was asked. Only for parameters that are wrong the service's own words are repeated: those
/// are the user's.
Error ExplainAwsFailure(const AwsFailure& failure, const std::string& service,
                        const std::string& endpoint);

}  // namespace assay::auth
