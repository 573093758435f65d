#include "engine/postgres/client.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <chrono>

namespace assay::engine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBetweenLooks(50);  // at the stop token

/// One line without the prefixes that libpq and the server put in front.
std::string OneLine(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  // With several addresses there is a line for each: the last is as good as any.
  for (const char* prefix : {"ERROR:  ", "FATAL:  "}) {
    const size_t at = text.rfind(prefix);
    if (at != std::string::npos) text.erase(0, at + std::string_view(prefix).size());
  }
  text = text.substr(0, text.find("\nLINE 1:"));
  std::ranges::replace(text, '\n', ' ');
  std::erase(text, '\t');
  return text;
}

/// Waits until the socket is ready or a look at the stop token is due.
void Wait(int socket, bool for_writing) {
  pollfd descriptor{
      .fd = socket, .events = for_writing ? short{POLLOUT} : short{POLLIN}, .revents = 0};
  poll(&descriptor, 1, static_cast<int>(kBetweenLooks.count()));
}

/// "28P01" of "FATAL:  28P01: password authentication ...", which verbose errors begin with,
/// and takes it out.
std::string TakeSqlState(std::string& message) {
  constexpr size_t kLength = 5;
  if (message.size() < kLength + 2 || message.compare(kLength, 2, ": ") != 0) return "";
  std::string state = message.substr(0, kLength);
  const bool is_state = std::ranges::all_of(
      state, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
  if (!is_state) return "";
  message.erase(0, kLength + 2);
  return state;
}

/// What libpq could not do before the server spoke.
Error NotReached(const PostgresTarget& target, PGconn* connection, bool was_at_tls,
                 const std::string& said) {
  const char* address = PQhostaddr(connection);
  const bool is_resolved = address != nullptr && *address != '\0';
  const char* advice =
      !is_resolved ? "check the host's name, and that this machine can resolve it"
      : was_at_tls ? "TLS did not come about: check parameters.sslmode (disable, prefer, "
                     "require, verify-ca, verify-full), parameters.ca_bundle, and whether the "
                     "server has ssl = on"
                   : "check host and port, that the server listens on this address "
                     "(listen_addresses) and that no firewall is in between";
  return {ErrorKind::kUnavailable,
          fmt::format("cannot reach {}:{}: {}; {}", target.host, target.port, said, advice)};
}

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string SqlStateOf(const PGresult* result) {
  const char* state =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr ? "" : state;
}

/// What is wrong with a text that a user wrote, and where.
Error StatementError(const PGresult& result, Error error) {
  constexpr std::string_view kOfTheText[] = {"42", "22", "0A", "26"};
  const std::string state = SqlStateOf(&result);
  const bool is_of_the_text = std::ranges::any_of(
      kOfTheText, [&](std::string_view codes) { return state.starts_with(codes); });
  if (!is_of_the_text || state == "42501") return error;
  const char* place = PQresultErrorField(&result, PG_DIAG_STATEMENT_POSITION);
  const char* primary = PQresultErrorField(&result, PG_DIAG_MESSAGE_PRIMARY);
  std::string said = primary == nullptr ? error.message : primary;
  if (place != nullptr) said += fmt::format(" (at character {})", place);
  return {ErrorKind::kInvalidInput, std::move(said)};
}

}  // namespace

Error PostgresError(const std::string& sql_state, std::string said) {
  const auto is_of = [&](std::string_view codes) { return sql_state.starts_with(codes); };
  const auto make = [&](ErrorKind kind, std::string_view advice) {
    return Error{kind, advice.empty() ? said : fmt::format("{}; {}", said, advice)};
  };
  if (sql_state == "28P01")
    return make(ErrorKind::kUnauthenticated, "check username and password");
  if (is_of("28"))
    return make(ErrorKind::kUnauthenticated,
                "the server's pg_hba.conf must let this user in from this machine; if it says "
                "'no encryption', set parameters.sslmode to require, if it says 'SSL "
                "encryption', to disable");
  if (sql_state == "3D000") return make(ErrorKind::kNotFound, "check the database's name");
  if (is_of("3F") || sql_state == "42P01")
    return make(ErrorKind::kNotFound, "sync to see what is there");
  if (sql_state == "42501") return make(ErrorKind::kDenied, "");
  if (is_of("22")) return make(ErrorKind::kInvalidInput, "");
  if (is_of("53"))
    return make(ErrorKind::kRateLimited,
                "the server is short of connections, memory or disk: try again later");
  if (sql_state == "55P03")
    return make(ErrorKind::kTimeout,
                "another session holds the table: try again when it has ended");
  if (sql_state == "57014")
    return make(ErrorKind::kTimeout,
                "the server ended the statement: raise this user's statement_timeout, or see "
                "who cancelled it");
  if (is_of("57P") || is_of("08") || sql_state.empty())
    return make(ErrorKind::kUnavailable, "try again when the server can be reached");
  return make(ErrorKind::kUnavailable, "");
}

struct PostgresClient::Internals {
  PostgresTarget target;
  PGconn* connection = nullptr;

  ~Internals() { PQfinish(connection); }

  Error Failure(const PGresult* result) const {
    const char* primary =
        result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return PostgresError(SqlStateOf(result),
                         primary == nullptr ? OneLine(PQerrorMessage(connection)) : primary);
  }

  /// Waits for the next result; null at the end of a statement.
  Result<Answer> NextResult(const std::stop_token& stop) {
    while (true) {
      if (PQconsumeInput(connection) == 0) return std::unexpected(Failure(nullptr));
      if (PQisBusy(connection) == 0) break;
      if (stop.stop_requested()) {
        if (PGcancel* cancel = PQgetCancel(connection)) {
          char ignored[256];
          PQcancel(cancel, ignored, sizeof(ignored));
          PQfreeCancel(cancel);
        }
        return Fail(ErrorKind::kCancelled, "stopped");
      }
      Wait(PQsocket(connection), false);
    }
    return Answer(PQgetResult(connection), &PQclear);
  }

  /// Sends what is queued, and hands each result that is no failure to `take`. The last
  /// failure, if there is one, told by `explain`.
  template <class Take, class Explain>
  Status Finish(const std::stop_token& stop, const Take& take, const Explain& explain) {
    while (PQflush(connection) == 1) Wait(PQsocket(connection), true);
    std::optional<Error> failure;
    while (true) {
      ASSAY_TRY(const auto result, NextResult(stop));
      if (result == nullptr) break;
      const auto status = PQresultStatus(result.get());
      if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        take(*result);
      } else {
        failure = explain(*result);
      }
    }
    if (failure) return std::unexpected(*failure);
    return {};
  }
};

PostgresClient::PostgresClient(std::unique_ptr<Internals> internals)
    : internals_(std::move(internals)) {}
PostgresClient::~PostgresClient() = default;

Result<std::unique_ptr<PostgresClient>> PostgresClient::Connect(const PostgresTarget& target,
                                                                std::stop_token stop) {
  auto options = ConnectionOptions(target);
  if (!target.password.empty()) options.emplace_back("password", target.password.Reveal());
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : options) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);

  auto internals = std::make_unique<Internals>();
  internals->target = target;
  internals->connection = PQconnectStartParams(keywords.data(), values.data(), 0);
  PGconn* connection = internals->connection;
  if (connection == nullptr) return Fail(ErrorKind::kResourceLimit, "out of memory");
  PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);  // with the code of what is refused
  const auto deadline = Clock::now() + std::chrono::seconds(kConnectSeconds);
  bool was_at_tls = false;
  auto state =
      PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
    if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
    if (Clock::now() >= deadline) {
      return Fail(ErrorKind::kTimeout,
                  fmt::format("{}:{} did not answer within {} seconds; check host and port, "
                              "and that no firewall is in between",
                              target.host, target.port, kConnectSeconds));
    }
    Wait(PQsocket(connection), state == PGRES_POLLING_WRITING);
    state = PQconnectPoll(connection);
    if (PQstatus(connection) == CONNECTION_SSL_STARTUP) was_at_tls = true;
    if (PQstatus(connection) == CONNECTION_AWAITING_RESPONSE) was_at_tls = false;
  }
  if (state == PGRES_POLLING_FAILED) {
    std::string said = OneLine(PQerrorMessage(connection));
    const std::string sql_state = TakeSqlState(said);
    // Where the source code of the server raised it, which verbose errors end with.
    said = said.substr(0, said.find(" LOCATION:"));
    if (sql_state.empty())
      return std::unexpected(NotReached(target, connection, was_at_tls, said));
    const Error error = PostgresError(sql_state, said);
    return FailWithin("refused by " + target.Name(), error);
  }
  PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
  PQsetnonblocking(connection, 1);
  return std::unique_ptr<PostgresClient>(new PostgresClient(std::move(internals)));
}

Result<std::vector<PostgresClient::Row>> PostgresClient::Query(
    const std::string& sql, const std::vector<std::string>& parameters, std::stop_token stop) {
  PGconn* connection = internals_->connection;
  std::vector<const char*> values;
  for (const std::string& parameter : parameters) values.push_back(parameter.c_str());
  if (PQsendQueryParams(connection, sql.c_str(), static_cast<int>(values.size()), nullptr,
                        values.data(), nullptr, nullptr, 0) == 0) {
    return std::unexpected(internals_->Failure(nullptr));
  }
  std::vector<Row> rows;
  const auto take = [&](const PGresult& result) {
    for (int row = 0; row < PQntuples(&result); ++row) {
      Row& values_of_row = rows.emplace_back();
      for (int column = 0; column < PQnfields(&result); ++column) {
        if (PQgetisnull(&result, row, column) != 0) {
          values_of_row.emplace_back();
        } else {
          values_of_row.emplace_back(PQgetvalue(&result, row, column));
        }
      }
    }
  };
  ASSAY_RETURN_IF_ERROR(internals_->Finish(
      stop, take, [&](const PGresult& result) { return internals_->Failure(&result); }));
  return rows;
}

Result<std::vector<PostgresClient::Column>> PostgresClient::Describe(const std::string& sql,
                                                                     std::stop_token stop) {
  PGconn* connection = internals_->connection;
  std::vector<Column> columns;
  int parameters = 0;
  const auto take = [&](const PGresult& result) {
    parameters += PQnparams(&result);
    for (int i = 0; i < PQnfields(&result); ++i)
      columns.push_back({PQfname(&result, i), PQftype(&result, i), PQfmod(&result, i)});
  };
  const auto explain = [&](const PGresult& result) {
    return StatementError(result, internals_->Failure(&result));
  };
  constexpr const char* kUnnamed = "";  // the next one takes its place
  if (PQsendPrepare(connection, kUnnamed, sql.c_str(), 0, nullptr) == 0)
    return std::unexpected(internals_->Failure(nullptr));
  ASSAY_RETURN_IF_ERROR(internals_->Finish(stop, take, explain));
  if (PQsendDescribePrepared(connection, kUnnamed) == 0)
    return std::unexpected(internals_->Failure(nullptr));
  ASSAY_RETURN_IF_ERROR(internals_->Finish(stop, take, explain));
  if (parameters > 0)
    return Fail(ErrorKind::kInvalidInput,
                "has parameters ($1): write their values in their place");
  return columns;
}

void CancelStatements(const PostgresTarget& target, std::stop_token stop) {
  PostgresTarget canceller = target;
  canceller.application_name = "assay cancel";
  const auto client = PostgresClient::Connect(canceller, stop);
  if (!client) return;
  static_cast<void>((*client)->Query(
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = $1",
      {target.application_name}, std::move(stop)));
}

}  // namespace assay::engine
