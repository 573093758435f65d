// A server that is reached but never answers.

#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace assay::services {

/// Listens and takes connections, but never answers.
class SilentServer {
 public:
  SilentServer() : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    bind(descriptor_, reinterpret_cast<sockaddr*>(&address), length);
    listen(descriptor_, 16);
    getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
  }
  ~SilentServer() { close(descriptor_); }
  int port() const { return port_; }

 private:
  int descriptor_;
  int port_ = 0;
};

}  // namespace assay::services
