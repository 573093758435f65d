#include "net/http_server.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "tests/net/http_client.h"

namespace assay::net {
namespace {

using ::assay::testing::Reply;
using ::assay::testing::Send;
using ::testing::HasSubstr;
using ::testing::Not;

std::unique_ptr<HttpServer> StartServer(HttpHandler handler, HttpServerOptions options = {}) {
  auto server = HttpServer::Start(options, std::move(handler));
  EXPECT_TRUE(server) << server.error().message;
  return *std::move(server);
}

std::string Url(const HttpServer& server, const std::string& target = "/") {
  return fmt::format("http://127.0.0.1:{}{}", server.port(), target);
}

TEST(HttpServerTest, HandsTheRequestOverAsItWasSentAndReturnsTheAnswer) {
  const auto server = StartServer([](const HttpRequest& request) {
    return HttpResponse{
        .status = 201,
        .content_type = "text/plain",
        .body = fmt::format("{} {} {} {} {}", request.method, request.path, request.query,
                            request.Header("x-colour"), request.body),
        .headers = {{"X-Answer", "yes"}}};
  });
  const Reply reply =
      Send("PATCH", Url(*server, "/a%20b/c?x=1&y=%2F"), {"X-Colour: red"}, "body");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "PATCH /a%20b/c x=1&y=%2F red body");
  EXPECT_THAT(reply.head, HasSubstr("HTTP/1.1 201 Created"));
  EXPECT_THAT(reply.head, HasSubstr("Content-Type: text/plain"));
  EXPECT_THAT(reply.head, HasSubstr("X-Answer: yes"));
}

TEST(HttpServerTest, SaysWhereARequestComesFrom) {
  const auto server = StartServer(
      [](const HttpRequest& request) { return HttpResponse{.body = request.peer_address}; });
  EXPECT_EQ(Send("GET", Url(*server)).body, "127.0.0.1");
}

TEST(HttpServerTest, ReadsTheBodyOfDelete) {
  const auto server = StartServer(
      [](const HttpRequest& request) { return HttpResponse{.body = request.body}; });
  EXPECT_EQ(
      Send("DELETE", Url(*server), {"Content-Type: application/json"}, "[{\"id\":1}]").body,
      "[{\"id\":1}]");
}

TEST(HttpServerTest, RunsHandlersSideBySide) {
  std::latch both(2);
  const auto server = StartServer([&](const HttpRequest&) {
    both.arrive_and_wait();
    return HttpResponse{};
  });
  std::jthread other([&] { EXPECT_EQ(Send("GET", Url(*server)).status, 200); });
  EXPECT_EQ(Send("GET", Url(*server)).status, 200);
}

TEST(HttpServerTest, AnswersManyClientsAtOnce) {
  std::atomic<int> handled = 0;
  const auto server = StartServer([&](const HttpRequest& request) {
    ++handled;
    return HttpResponse{.body = request.path};
  });
  {
    std::vector<std::jthread> clients;
    for (int client = 0; client < 16; ++client) {
      clients.emplace_back([&, client] {
        for (int i = 0; i < 20; ++i) {
          const std::string path = fmt::format("/{}/{}", client, i);
          EXPECT_EQ(Send("GET", Url(*server, path)).body, path);
        }
      });
    }
  }
  EXPECT_EQ(handled, 320);
}

TEST(HttpServerTest, RefusesBodiesAboveTheLimitWith413) {
  HttpServerOptions options;
  options.max_body_bytes = 1000;
  std::atomic<int> handled = 0;
  const auto server = StartServer(
      [&](const HttpRequest&) {
        ++handled;
        return HttpResponse{};
      },
      options);
  EXPECT_EQ(Send("POST", Url(*server), {}, std::string(1000, 'x')).status, 200);
  const Reply refused = Send("POST", Url(*server), {}, std::string(1001, 'x'));
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(
      refused.body,
      R"({"message":"the body is larger than 1000 bytes","detail":"the body is larger than 1000 bytes"})");
  EXPECT_EQ(Send("POST", Url(*server), {}, std::string(1'000'000, 'x')).status, 0);
  EXPECT_EQ(handled, 1);
}

TEST(HttpServerTest, CutsOffHeadsBeyondTheLimits) {
  HttpServerOptions options;
  options.max_header_bytes = 100;
  options.max_url_bytes = 200;
  const auto server = StartServer([](const HttpRequest&) { return HttpResponse{}; }, options);
  EXPECT_EQ(Send("GET", Url(*server), {"X-Long: " + std::string(90, 'x')}).status, 200);
  EXPECT_EQ(Send("GET", Url(*server), {"X-Long: " + std::string(101, 'x')}).status, 0);
  EXPECT_EQ(Send("GET", Url(*server, "/" + std::string(300, 'x'))).status, 0);
}

TEST(HttpServerTest, AnswersBusyWhenTheQueueIsFull) {
  HttpServerOptions options;
  options.worker_threads = 1;
  options.max_queued_requests = 1;
  std::latch started(1), release(1);
  const auto server = StartServer(
      [&](const HttpRequest& request) {
        if (request.path == "/first") {
          started.count_down();
          release.wait();
        }
        return HttpResponse{};
      },
      options);
  std::jthread first([&] { EXPECT_EQ(Send("GET", Url(*server, "/first")).status, 200); });
  started.wait();
  // One of two more fills the queue, the other finds it full; which is which is up to the
  // network.
  std::atomic<int> busy = 0;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 2; ++i) {
    clients.emplace_back([&] {
      const Reply reply = Send("GET", Url(*server, "/more"));
      if (reply.status == 503) {
        EXPECT_THAT(reply.head, HasSubstr("Retry-After: 1"));
        ++busy;
        release.count_down();
      }
    });
  }
  clients.clear();
  EXPECT_EQ(busy, 1);
}

TEST(HttpServerTest, ClosesConnectionsAboveTheLimitAndCountsOnlyOpenOnes) {
  HttpServerOptions options;
  options.max_connections = 1;
  std::latch started(1), release(1);
  const auto server = StartServer(
      [&](const HttpRequest& request) {
        if (request.path == "/first") {
          started.count_down();
          release.wait();
        }
        return HttpResponse{};
      },
      options);
  std::jthread first([&] { EXPECT_EQ(Send("GET", Url(*server, "/first")).status, 200); });
  started.wait();
  EXPECT_EQ(Send("GET", Url(*server)).status, 0);
  release.count_down();
  first.join();
  // The server may see the end of a connection a moment after its client does.
  int status = 0;
  for (int attempt = 0; attempt < 200 && status != 200; ++attempt) {
    status = Send("GET", Url(*server)).status;
    if (status == 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(status, 200);
}

TEST(HttpServerTest, HidesWhatALibraryThrew) {
  const auto server = StartServer(
      [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret detail"); });
  const Reply reply = Send("GET", Url(*server));
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.body, Not(HasSubstr("secret")));
}

TEST(HttpServerTest, StopLetsARunningHandlerAnswerAndTellsItToHurry) {
  std::latch started(1);
  auto server = StartServer([&](const HttpRequest& request) {
    started.count_down();
    while (!request.stop.stop_requested())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return HttpResponse{.body = "gave up"};
  });
  const std::string url = Url(*server);
  std::jthread client([&] { EXPECT_EQ(Send("GET", url).body, "gave up"); });
  started.wait();
  server->Stop();
  client.join();
  EXPECT_EQ(Send("GET", url).status, 0);
}

TEST(HttpServerTest, SaysThatThePortIsTaken) {
  const auto server = StartServer([](const HttpRequest&) { return HttpResponse{}; });
  HttpServerOptions options;
  options.port = server->port();
  const auto second =
      HttpServer::Start(options, [](const HttpRequest&) { return HttpResponse{}; });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kConflict);
  EXPECT_THAT(second.error().message, HasSubstr(fmt::format("127.0.0.1:{}", server->port())));
}

TEST(HttpServerTest, RefusesAnAddressThatIsNotHere) {
  HttpServerOptions options;
  options.address = "192.0.2.1";
  const auto server =
      HttpServer::Start(options, [](const HttpRequest&) { return HttpResponse{}; });
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace assay::net
