// Time as the product uses it: UTC, microseconds, read once per operation.

#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// Source of "now". Constructors take a Clock& so that tests can choose the time.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp Now() = 0;
};

class SystemClock final : public Clock {
 public:
  Timestamp Now() override;
};

/// "2026-01-01T00:00:00Z", with microseconds only when they are not zero.
std::string FormatTimestamp(Timestamp time);

/// Accepts what FormatTimestamp prints, also with an offset ("+02:00") or a space for the 'T'.
/// A text without zone is UTC. kInvalidInput otherwise.
Result<Timestamp> ParseTimestamp(std::string_view text);

}  // namespace assay
