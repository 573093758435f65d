#include "tests/services/scripted_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace assay::services {
namespace {

std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return static_cast<char>(tolower(c)); });
  return text;
}

/// Takes one request off the front of `received`; false while it is not complete.
bool TakeRequest(std::string& received, ScriptedServer::Request& request) {
  const size_t head_end = received.find("\r\n\r\n");
  if (head_end == std::string::npos) return false;
  const std::string head = received.substr(0, head_end);
  size_t body_size = 0;
  if (const size_t at = LowerCase(head).find("content-length:"); at != std::string::npos) {
    body_size = static_cast<size_t>(std::atoll(head.c_str() + at + 15));
  }
  if (received.size() < head_end + 4 + body_size) return false;
  const size_t first_space = head.find(' ');
  const size_t second_space = head.find(' ', first_space + 1);
  const size_t line_end = std::min(head.find("\r\n"), head.size());
  request = {.method = head.substr(0, first_space),
             .target = head.substr(first_space + 1, second_space - first_space - 1),
             .headers = head.substr(line_end),
             .body = received.substr(head_end + 4, body_size)};
  received.erase(0, head_end + 4 + body_size);
  return true;
}

}  // namespace

ScriptedServer::ScriptedServer(Script script)
    : script_(std::move(script)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
  listen(listener_, 64);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::jthread([this] { Accept(); });
}

ScriptedServer::~ScriptedServer() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    for (const int connection : connections_) shutdown(connection, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  threads_.clear();
  close(listener_);
}

std::string ScriptedServer::endpoint() const {
  return fmt::format("http://127.0.0.1:{}", port_);
}

std::vector<ScriptedServer::Request> ScriptedServer::requests() {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void ScriptedServer::Accept() {
  while (true) {
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    const std::lock_guard lock(mutex_);
    if (closing_) {
      close(connection);
      return;
    }
    connections_.push_back(connection);
    threads_.emplace_back([this, connection] { Serve(connection); });
  }
}

void ScriptedServer::Serve(int connection) {
  std::string received;
  std::array<char, 65536> block{};
  Request request;
  while (true) {
    const ssize_t got = recv(connection, block.data(), block.size(), 0);
    if (got <= 0) break;
    received.append(block.data(), static_cast<size_t>(got));
    while (TakeRequest(received, request)) {
      std::string answer;
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
        const Answer scripted = script_(request);
        const bool head = request.method == "HEAD";
        answer = fmt::format("HTTP/1.1 {} Scripted\r\n{}", scripted.status, scripted.headers);
        if (!head || scripted.headers.find("Content-Length") == std::string::npos) {
          answer += fmt::format("Content-Length: {}\r\n", scripted.body.size());
        }
        answer += "\r\n" + (head ? std::string() : scripted.body);
      }
      send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }
  const std::lock_guard lock(mutex_);
  std::erase(connections_, connection);
  close(connection);
}

}  // namespace assay::services
