#include "net/local_address.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace assay::net {
namespace {

constexpr std::chrono::milliseconds kLookForStopEvery{200};

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

class Socket {
 public:
  explicit Socket(const addrinfo& address)
      : descriptor_(socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

std::unexpected<Error> Unreachable(const HostAndPort& server, const char* why) {
  return Fail(ErrorKind::kUnavailable,
              fmt::format("cannot connect to {} port {}: {}", server.host, server.port, why));
}

/// 0 when the connection stands, else the reason as an errno.
int Connect(int descriptor, const addrinfo& address,
            std::chrono::steady_clock::time_point until, const std::stop_token& stop) {
  if (connect(descriptor, address.ai_addr, address.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  while (!stop.stop_requested()) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return ETIMEDOUT;
    pollfd waiting{.fd = descriptor, .events = POLLOUT, .revents = 0};
    const int ready =
        poll(&waiting, 1, static_cast<int>(std::min(left, kLookForStopEvery).count()));
    if (ready < 0 && errno != EINTR) return errno;
    if (ready <= 0) continue;
    int reason = 0;
    socklen_t size = sizeof(reason);
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &reason, &size) == 0 ? reason : errno;
  }
  return ECANCELED;
}

Result<std::string> LocalNameOf(int descriptor) {
  sockaddr_storage local{};
  socklen_t size = sizeof(local);
  char text[NI_MAXHOST];
  auto* address = reinterpret_cast<sockaddr*>(&local);
  if (getsockname(descriptor, address, &size) != 0 ||
      getnameinfo(address, size, text, sizeof(text), nullptr, 0, NI_NUMERICHOST) != 0) {
    return Fail(ErrorKind::kInternal, "the local address of a connection is not known");
  }
  return std::string(text);
}

}  // namespace

Result<std::string> LocalAddressTowards(const HostAndPort& server,
                                        std::chrono::milliseconds timeout,
                                        const std::stop_token& stop) {
  const auto until = std::chrono::steady_clock::now() + timeout;
  const std::string& host = server.host;
  const bool has_brackets = host.starts_with('[') && host.ends_with(']');
  const std::string name = has_brackets ? host.substr(1, host.size() - 2) : host;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int fault =
      getaddrinfo(name.c_str(), std::to_string(server.port).c_str(), &hints, &found);
  if (fault != 0) return Unreachable(server, gai_strerror(fault));
  const Addresses addresses(found, freeaddrinfo);
  int reason = EADDRNOTAVAIL;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    const Socket socket(*each);
    reason = socket.descriptor() < 0 ? errno : Connect(socket.descriptor(), *each, until, stop);
    if (reason == 0) return LocalNameOf(socket.descriptor());
    if (reason == ECANCELED) return Fail(ErrorKind::kCancelled, "connecting was stopped");
  }
  if (reason == ETIMEDOUT) {
    return Fail(ErrorKind::kTimeout,
                fmt::format("{} port {} did not answer in time", host, server.port));
  }
  return Unreachable(server, std::strerror(reason));
}

}  // namespace assay::net
