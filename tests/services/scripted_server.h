// An HTTP server whose answers a test writes itself: for what no real object store does on
// demand.

#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace assay::services {

/// Listens on a free port of 127.0.0.1 until it is destroyed. One thread a connection.
class ScriptedServer {
 public:
  struct Request {
    std::string method;
    std::string target;
    std::string headers;  // as they came, one a line
    std::string body;
  };
  struct Answer {
    int status = 200;
    std::string headers = {};  // each line ended by "\r\n"; Content-Length is added
    std::string body = {};
  };
  /// Called from several threads, one call at a time.
  using Script = std::function<Answer(const Request&)>;

  explicit ScriptedServer(Script script);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();

  std::string endpoint() const;
  std::vector<Request> requests();

 private:
  void Accept();
  void Serve(int connection);

  const Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  bool closing_ = false;
  std::vector<int> connections_;
  std::vector<Request> requests_;
  std::list<std::jthread> threads_;
  std::jthread acceptor_;
};

}  // namespace assay::services
