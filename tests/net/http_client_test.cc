#include "net/http_client.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <thread>

#include "net/certificate_check.h"
#include "net/http_server.h"

namespace assay::net {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

std::unique_ptr<HttpServer> StartServer(HttpHandler handler) {
  auto server = HttpServer::Start({}, std::move(handler));
  EXPECT_TRUE(server) << server.error().message;
  return *std::move(server);
}

std::string Url(uint16_t port, const std::string& target = "/") {
  return fmt::format("http://127.0.0.1:{}{}", port, target);
}

/// A socket that listens, or is only bound, on a free port.
class Socket {
 public:
  enum class Kind { kListening, kBound };
  explicit Socket(Kind kind) : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    bind(descriptor_, reinterpret_cast<sockaddr*>(&address), length);
    getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    if (kind == Kind::kListening) listen(descriptor_, 8);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { close(descriptor_); }
  uint16_t port() const { return port_; }
  /// Answers the next connection with these bytes and closes it.
  void AnswerOnce(std::string_view bytes) const {
    const int connection = accept(descriptor_, nullptr, nullptr);
    char block[4096];
    static_cast<void>(recv(connection, block, sizeof(block), 0));
    static_cast<void>(send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    close(connection);
  }

 private:
  int descriptor_;
  uint16_t port_ = 0;
};

TEST(HttpClientTest, SendsTheRequestAsGivenAndReturnsTheWholeAnswer) {
  const auto server = StartServer([](const HttpRequest& request) {
    return HttpResponse{
        .status = 201,
        .content_type = "text/plain",
        .body =
            fmt::format("{} {} {} [{}] [{}] [{}] {}", request.method, request.path,
                        request.query, request.Header("x-colour"), request.Header("x-empty"),
                        request.Header("content-type"), request.body),
        .headers = {{"X-Answer", "yes"}}};
  });
  const HttpClient client({});
  const auto answer = client.Send({.method = "PATCH",
                                   .url = Url(server->port(), "/a%20b/../c?x=1&y=%2F"),
                                   .headers = {{"X-Colour", "red"}, {"X-Empty", ""}},
                                   .body = std::string("bo\0dy", 5)},
                                  {});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body,
            "PATCH /a%20b/../c x=1&y=%2F [red] [] [] " + std::string("bo\0dy", 5));
  EXPECT_EQ(answer->content_type, "text/plain");
  EXPECT_EQ(answer->Header("x-answer"), "yes");
  const auto empty = client.Send({.method = "POST", .url = Url(server->port(), "/p")}, {});
  ASSERT_TRUE(empty) << empty.error().message;
  EXPECT_EQ(empty->body, "POST /p  [] [] [] ");
}

TEST(HttpClientTest, RequestsOfSeveralThreadsRunSideBySide) {
  std::latch all(4);
  const auto server = StartServer([&](const HttpRequest& request) {
    all.arrive_and_wait();
    return HttpResponse{.body = request.path};
  });
  const HttpClient client({});
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const std::string path = fmt::format("/{}", i);
      EXPECT_EQ(client.Send({.url = Url(server->port(), path)}, {}).value().body, path);
    });
  }
}

TEST(HttpClientTest, AnAnswerBeyondTheLimitIsRefused) {
  const auto server = StartServer(
      [](const HttpRequest&) { return HttpResponse{.body = std::string(1001, 'x')}; });
  EXPECT_EQ(
      HttpClient({.max_body_bytes = 1000}).Send({.url = Url(server->port())}, {}).error().kind,
      ErrorKind::kResourceLimit);
  EXPECT_TRUE(HttpClient({.max_body_bytes = 1001}).Send({.url = Url(server->port())}, {}));
}

TEST(HttpClientTest, FollowsRedirectsOnTheSameServerOnly) {
  const auto other =
      StartServer([](const HttpRequest&) { return HttpResponse{.body = "stolen"}; });
  const auto server = StartServer([&](const HttpRequest& request) {
    if (request.path == "/here")
      return HttpResponse{.status = 307, .headers = {{"Location", "/end"}}};
    if (request.path == "/found")
      return HttpResponse{.status = 302, .headers = {{"Location", "end"}}};
    if (request.path == "/away") {
      return HttpResponse{.status = 307, .headers = {{"Location", Url(other->port())}}};
    }
    if (request.path == "/loop")
      return HttpResponse{.status = 308, .headers = {{"Location", "/loop"}}};
    return HttpResponse{.body = request.method + " " + request.body +
                                std::string(request.Header("X-Token"))};
  });
  const HttpClient client({});
  const auto send = [&](const std::string& method, const std::string& path,
                        const std::string& body) {
    return client
        .Send({.method = method,
               .url = Url(server->port(), path),
               .headers = {{"X-Token", "t"}},
               .body = body},
              {})
        .value();
  };
  EXPECT_EQ(send("POST", "/here", "b").body, "POST bt");
  EXPECT_EQ(send("GET", "/found", "").body, "GET t");
  EXPECT_EQ(send("POST", "/found", "b").status, 302);
  EXPECT_EQ(send("GET", "/away", "").status, 307);
  EXPECT_EQ(send("GET", "/loop", "").status, 308);
}

TEST(HttpClientTest, SaysWhatToCheckAndNothingSecret) {
  const Socket bound(Socket::Kind::kBound);
  const HttpClient client({});
  const auto error = [&](const std::string& url) {
    return client
        .Send({.method = "POST",
               .url = url,
               .headers = {{"X-Vault-Token", "secret-token"}},
               .body = "secret-body"},
              {})
        .error();
  };
  const Error refused = error(Url(bound.port(), "/v1/login?key=secret-query"));
  EXPECT_EQ(refused.kind, ErrorKind::kUnavailable);
  EXPECT_EQ(refused.message,
            fmt::format("nothing answers there; check that the server runs, that host and port "
                        "are right, and the firewalls between: http://127.0.0.1:{}/v1/login",
                        bound.port()));
  EXPECT_THAT(error("http://no-such-host.invalid/").message, HasSubstr("DNS"));
  EXPECT_EQ(error("http://no-such-host.invalid/").kind, ErrorKind::kUnavailable);
  EXPECT_EQ(error("ftp://h/").kind, ErrorKind::kInvalidInput);
  const Error injected =
      client.Send({.url = Url(bound.port()), .headers = {{"X-A", "secret\r\nX-B: 1"}}}, {})
          .error();
  EXPECT_EQ(injected.kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(injected.message, Not(HasSubstr("secret")));
}

TEST(HttpClientTest, KnowsWhatSpeaksNoHttpAndWhatBreaksOff) {
  const Socket listening(Socket::Kind::kListening);
  const auto error = [&](const char* bytes) {
    std::jthread server([&] { listening.AnswerOnce(bytes); });
    return HttpClient({}).Send({.url = Url(listening.port())}, {}).error().kind;
  };
  EXPECT_EQ(error("+OK ready\r\n"), ErrorKind::kCorruptData);
  EXPECT_EQ(error(""), ErrorKind::kUnavailable);
  EXPECT_EQ(error("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), ErrorKind::kUnavailable);
}

TEST(HttpClientTest, GivesUpWhenTheTimeIsOver) {
  const Socket silent(Socket::Kind::kListening);
  const HttpClient client({.total_timeout = milliseconds(100)});
  const auto start = std::chrono::steady_clock::now();
  const auto answer = client.Send({.url = Url(silent.port())}, {});
  EXPECT_EQ(answer.error().kind, ErrorKind::kTimeout);
  EXPECT_THAT(answer.error().message, HasSubstr("did not answer in time"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST(HttpClientTest, AStopEndsItAtOnceAndTheClientStaysUsable) {
  const Socket silent(Socket::Kind::kListening);
  const auto server = StartServer([](const HttpRequest&) { return HttpResponse{}; });
  const HttpClient client({});
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(milliseconds(50));
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(client.Send({.url = Url(silent.port())}, stop.get_token()).error().kind,
            ErrorKind::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  EXPECT_EQ(client.Send({.url = Url(server->port())}, stop.get_token()).error().kind,
            ErrorKind::kCancelled);
  EXPECT_TRUE(client.Send({.url = Url(server->port())}, {}));
}

/// `openssl s_server` with a certificate of its own for "localhost".
class TlsServer {
 public:
  TlsServer() : folder_(testing::TempDir() + "tls_" + std::to_string(getpid())) {
    std::filesystem::create_directories(folder_);
    const std::string make = fmt::format(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout {0}/key -out {0}/certificate -days "
        "1 "
        "-subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null",
        folder_);
    EXPECT_EQ(std::system(make.c_str()), 0);
    for (int attempt = 0; attempt < 3 && !IsUp(); ++attempt) Start();
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;
  ~TlsServer() {
    End();
    std::filesystem::remove_all(folder_);
  }
  std::string url(const std::string& host) const {
    return fmt::format("https://{}:{}/", host, port_);
  }
  std::string ca_bundle_path() const { return folder_ + "/certificate"; }

 private:
  void Start() {
    End();
    port_ = Socket(Socket::Kind::kBound).port();
    const std::string accept = fmt::format("127.0.0.1:{}", port_);
    const std::string key = folder_ + "/key";
    const std::string certificate = ca_bundle_path();
    pid_ = fork();
    if (pid_ == 0) {
      static_cast<void>(freopen("/dev/null", "r", stdin));
      static_cast<void>(freopen("/dev/null", "w", stdout));
      execlp("openssl", "openssl", "s_server", "-quiet", "-www", "-accept", accept.c_str(),
             "-key", key.c_str(), "-cert", certificate.c_str(), nullptr);
      _exit(127);
    }
    for (int i = 0; i < 500 && !IsUp() && waitpid(pid_, nullptr, WNOHANG) == 0; ++i) {
      std::this_thread::sleep_for(milliseconds(10));
    }
  }
  void End() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  bool IsUp() const {
    if (pid_ <= 0) return false;
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port_);
    const bool up =
        connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    close(descriptor);
    return up;
  }

  std::string folder_;
  uint16_t port_ = 0;
  pid_t pid_ = -1;
};

TEST(CertificateCheckTest, TellsTrustedRefusedAndUnreached) {
  const TlsServer server;
  const std::string bundle = server.ca_bundle_path();
  EXPECT_EQ(CheckCertificate(server.url("localhost"), bundle, {}), Certificate::kTrusted);
  EXPECT_EQ(CheckCertificate(server.url("localhost"), "", {}), Certificate::kRefused);
  EXPECT_EQ(CheckCertificate(server.url("127.0.0.1"), bundle, {}), Certificate::kRefused);
  EXPECT_EQ(CheckCertificate("https://127.0.0.1:1", bundle, {}), Certificate::kUnknown);
}

TEST(HttpClientTest, TrustsOnlyTheCertificatesOfTheBundleForTheirOwnHost) {
  const TlsServer server;
  const Error unknown = HttpClient({}).Send({.url = server.url("localhost")}, {}).error();
  EXPECT_EQ(unknown.kind, ErrorKind::kUnavailable);
  EXPECT_THAT(unknown.message, HasSubstr("certificate is not trusted"));
  const HttpClient client({.ca_bundle_path = server.ca_bundle_path()});
  const auto answer = client.Send({.url = server.url("localhost")}, {});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_THAT(client.Send({.url = server.url("127.0.0.1")}, {}).error().message,
              HasSubstr("certificate is not trusted"));
  EXPECT_EQ(HttpClient({.ca_bundle_path = "/nonexistent"})
                .Send({.url = server.url("localhost")}, {})
                .error()
                .kind,
            ErrorKind::kInvalidInput);
}

TEST(HttpClientTest, SaysThatAServerSpeaksNoHttps) {
  const auto server = StartServer([](const HttpRequest&) { return HttpResponse{}; });
  const Error error =
      HttpClient({})
          .Send({.url = fmt::format("https://127.0.0.1:{}/", server->port())}, {})
          .error();
  EXPECT_EQ(error.kind, ErrorKind::kUnavailable);
  EXPECT_THAT(error.message, HasSubstr("speaks https"));
}

}  // namespace
}  // namespace assay::net
