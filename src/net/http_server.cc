#include "net/http_server.h"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>

#include "net/task_pool.h"

// Debian has no stand-alone asio among our packages; Boost's is the same code.
#define RESTINIO_USE_BOOST_ASIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <restinio/all.hpp>
#pragma GCC diagnostic pop

namespace assay::net {
namespace {

namespace asio = restinio::asio_ns;

/// Turns away connections above a number. RESTinio's own limiter is part of the server, and
/// would be gone when connections that are still open are destroyed with the io_context.
class ConnectionLimit {
 public:
  explicit ConnectionLimit(size_t most) : most_(most) {}

  // What RESTinio calls, on the I/O thread.
  restinio::ip_blocker::inspection_result_t inspect(
      const restinio::ip_blocker::incoming_info_t&) noexcept {
    return open_ < most_ ? restinio::ip_blocker::allow() : restinio::ip_blocker::deny();
  }
  void state_changed(const restinio::connection_state::notice_t& notice) noexcept {
    namespace state = restinio::connection_state;
    if (std::holds_alternative<state::accepted_t>(notice.cause())) ++open_;
    if (std::holds_alternative<state::closed_t>(notice.cause())) --open_;
  }

 private:
  const size_t most_;
  std::atomic<size_t> open_ = 0;
};

struct Traits : restinio::default_traits_t {
  using ip_blocker_t = ConnectionLimit;
  using connection_state_listener_t = ConnectionLimit;
};
using Server = restinio::http_server_t<Traits>;

/// Counts answers that are not yet on the wire, so that Stop() can wait for them.
class PendingAnswers {
 public:
  void Add() {
    const std::scoped_lock lock(mutex_);
    ++count_;
  }
  void Remove() {
    const std::scoped_lock lock(mutex_);
    if (--count_ == 0) none_.notify_all();
  }
  void WaitForNone(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    none_.wait_for(lock, limit, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  int count_ = 0;  // guarded by mutex_
};

HttpRequest ReadRequest(restinio::request_t& incoming, std::stop_token stop) {
  HttpRequest request;
  request.method = incoming.header().method().c_str();
  const restinio::string_view_t path = incoming.header().path();
  const restinio::string_view_t query = incoming.header().query();
  request.path.assign(path.data(), path.size());
  request.query.assign(query.data(), query.size());
  incoming.header().for_each_field([&](const restinio::http_header_field_t& field) {
    request.headers.push_back({field.name(), field.value()});
  });
  request.body = incoming.body();
  request.peer_address = incoming.remote_endpoint().address().to_string();
  request.stop = std::move(stop);
  return request;
}

/// Hands the answer to the I/O thread; `written` runs there when it is on the wire or lost.
void WriteResponse(restinio::request_t& incoming, HttpResponse response,
                   std::function<void()> written) {
  auto builder = incoming.create_response(restinio::http_status_line_t{
      restinio::http_status_code_t{static_cast<uint16_t>(response.status)},
      std::string(ReasonPhrase(response.status))});
  builder.append_header_date_field();
  if (!response.content_type.empty()) {
    builder.append_header(restinio::http_field::content_type, std::move(response.content_type));
  }
  for (HttpHeader& header : response.headers) {
    builder.append_header(
        restinio::http_header_field_t{std::move(header.name), std::move(header.value)});
  }
  builder.set_body(std::move(response.body));
  builder.done([written = std::move(written)](const auto&) { written(); });
}

HttpResponse PlainAnswer(int status, std::string_view message) {
  return {.status = status,
          .content_type = "application/json",
          .body = fmt::format(R"({{"message":"{0}","detail":"{0}"}})", message)};
}

ErrorKind KindOfListenError(const asio::error_code& code) {
  return code == asio::error::address_in_use ? ErrorKind::kConflict : ErrorKind::kInvalidInput;
}

}  // namespace

struct HttpServer::Internals {
  Internals(const HttpServerOptions& with, HttpHandler run)
      : options(with),
        handler(std::move(run)),
        workers(with.worker_threads, with.max_queued_requests) {}

  restinio::request_handling_status_t Accept(restinio::request_handle_t incoming) {
    if (incoming->body().size() > options.max_body_bytes) {
      Answer(*incoming, PlainAnswer(413, fmt::format("the body is larger than {} bytes",
                                                     options.max_body_bytes)));
      return restinio::request_accepted();
    }
    const bool is_queued =
        workers.TryRun([this, incoming] { Answer(*incoming, Handle(*incoming)); });
    if (!is_queued) {
      HttpResponse busy = PlainAnswer(503, "the server is busy; try again in a moment");
      busy.headers.push_back({"Retry-After", "1"});
      Answer(*incoming, std::move(busy));
    }
    return restinio::request_accepted();
  }

  HttpResponse Handle(restinio::request_t& incoming) {
    try {
      return handler(ReadRequest(incoming, stop.get_token()));
    } catch (const std::exception&) {
      return PlainAnswer(500, "the server could not handle this request");
    }
  }

  void MoveBytes() {
    while (!io.stopped()) {
      try {
        io.run();
      } catch (const std::exception&) {
        // Of one connection, which is closed with it; the others go on.
      }
    }
  }

  void Answer(restinio::request_t& incoming, HttpResponse response) {
    pending.Add();
    try {
      WriteResponse(incoming, std::move(response), [this] { pending.Remove(); });
    } catch (const std::exception&) {
      // The connection is gone; nobody waits for this answer.
      pending.Remove();
    }
  }

  HttpServerOptions options;
  HttpHandler handler;
  std::stop_source stop;
  PendingAnswers pending;
  uint16_t port = 0;
  asio::io_context io;
  std::optional<Server> server;
  TaskPool workers;
  std::jthread io_thread;
  std::once_flag stopped;
};

HttpServer::HttpServer(std::unique_ptr<Internals> internals)
    : internals_(std::move(internals)) {}

HttpServer::~HttpServer() {
  Stop();
}

uint16_t HttpServer::port() const {
  return internals_->port;
}

Result<std::unique_ptr<HttpServer>> HttpServer::Start(const HttpServerOptions& options,
                                                      HttpHandler handler) {
  auto internals = std::make_unique<Internals>(options, std::move(handler));
  Internals& self = *internals;
  const std::string place = fmt::format("{}:{}", options.address, options.port);
  const auto limit = std::make_shared<ConnectionLimit>(options.max_connections);
  try {
    self.server.emplace(restinio::external_io_context(self.io), [&](auto& settings) {
      settings.address(options.address)
          .port(options.port)
          .request_handler([&self](restinio::request_handle_t incoming) {
            return self.Accept(std::move(incoming));
          })
          .acceptor_post_bind_hook([&self](asio::ip::tcp::acceptor& acceptor) {
            self.port = acceptor.local_endpoint().port();
          })
          .read_next_http_message_timelimit(options.read_timeout)
          .handle_request_timeout(options.handle_timeout)
          .write_http_response_timelimit(options.write_timeout)
          .ip_blocker(limit)
          .connection_state_listener(limit)
          .concurrent_accepts_count(1)
          .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                        .max_url_size(options.max_url_bytes)
                                        .max_field_name_size(256)
                                        .max_field_value_size(options.max_header_bytes)
                                        .max_field_count(options.max_header_count)
                                        .max_body_size(options.max_body_bytes * 2));
    });
    self.server->open_sync();
  } catch (const boost::system::system_error& error) {
    return Fail(KindOfListenError(error.code()),
                fmt::format("cannot listen there: {}: {}", place, error.code().message()));
  } catch (const std::exception& error) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("cannot listen there: {}: {}", place, error.what()));
  }
  self.io_thread = std::jthread([&self] { self.MoveBytes(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(internals)));
}

void HttpServer::Stop() {
  std::call_once(internals_->stopped, [this] {
    Internals& self = *internals_;
    std::promise<void> closed;
    asio::post(self.io, [&] {
      self.server->close_sync();
      closed.set_value();
    });
    closed.get_future().wait();
    self.stop.request_stop();
    self.workers.Stop();
    self.pending.WaitForNone(std::chrono::seconds(2));
    self.io.stop();
    self.io_thread.join();
  });
}

}  // namespace assay::net
