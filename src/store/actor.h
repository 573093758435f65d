// Who makes changes, for the audit log.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"

namespace assay::store {

struct Actor {
  std::optional<int64_t> user_id;  // absent: somebody at the server's own command line
  std::string name;
  std::string address;  // of the client; empty for the command line
  Timestamp now{};      // when they asked for it
};

}  // namespace assay::store
