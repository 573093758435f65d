// From which of its addresses this machine reaches a server.

#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

#include "base/result.h"

namespace assay::net {

struct HostAndPort {
  std::string host;  // a name or an address, IPv6 in brackets or not
  uint16_t port = 0;
};

/// The local address of a TCP connection that is made to the server and closed at once:
/// "10.0.0.5", "fd00::5". What the server sees is another one when a gateway translates
/// addresses. kUnavailable when no connection can be made, kTimeout, kCancelled within a
/// second.
Result<std::string> LocalAddressTowards(const HostAndPort& server,
                                        std::chrono::milliseconds timeout,
                                        const std::stop_token& stop);

}  // namespace assay::net
