// What is to blame for a refusal and what to do about it, and the parts of that which S3 and
// STS share. Pure functions.

#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "connectors/blame.h"
#include "engine/object_store/s3_error.h"

namespace assay::connectors {

struct Diagnosis {
  Blame blame = Blame::kUnknown;
  std::string remedy;   // what to do next, an imperative without full stop; never empty
  Json statement = {};  // the IAM statement that would grant it; null if none would
};

/// By what requests are signed.
enum class S3Identity {
  kKeys,           // long-lived, or not known to be others
  kTemporaryKeys,  // with a session token
  kWithoutToken,   // temporary keys by their id, but no token is given
  kAnonymous,
};

bool IsOneOf(std::string_view code, std::initializer_list<std::string_view> codes);
/// Whether a server's message has a known phrase.
bool Says(std::string_view message, std::string_view phrase);

/// Whether a refusal of this code is one of the clock: by the code itself, or because a
/// signature is not accepted while the clocks differ by more than `tolerance`.
bool IsClockCode(std::string_view code, const std::optional<std::chrono::seconds>& clock_ahead,
                 std::chrono::seconds tolerance);
Diagnosis DiagnoseClock(const std::optional<std::chrono::seconds>& clock_ahead);
Diagnosis DiagnoseKey(S3Identity identity);
Diagnosis DiagnoseSignature(S3Identity identity);
Diagnosis DiagnoseSessionToken(std::string_view code);
Diagnosis DiagnoseTransport(engine::TransportFault fault);

}  // namespace assay::connectors
