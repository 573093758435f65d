// A connection to a PostgreSQL server for small questions: what is there, who may read it.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/postgres/target.h"

namespace assay::engine {

/// One session of a server, over libpq, that only reads. Not thread-safe.
///
/// Errors tell the kind by the server's SQLSTATE, never by its words, and end with what to do:
/// kUnauthenticated (user, password, pg_hba.conf), kNotFound (no such database, schema or
/// table), kDenied (a right), kTimeout (a lock, statement_timeout), kRateLimited (no connection
/// is free), kUnavailable (not reached, TLS, gone), kCancelled after a stop request, which ends
/// every call within a second, but for a name server that does not answer.
class PostgresClient {
 public:
  static Result<std::unique_ptr<PostgresClient>> Connect(const PostgresTarget& target,
                                                         std::stop_token stop);
  ~PostgresClient();
  PostgresClient(const PostgresClient&) = delete;
  PostgresClient& operator=(const PostgresClient&) = delete;

  using Row = std::vector<std::optional<std::string>>;  // null: SQL's
  /// The rows of one statement; $1, $2, ... stand for `parameters`, as texts.
  Result<std::vector<Row>> Query(const std::string& sql,
                                 const std::vector<std::string>& parameters,
                                 std::stop_token stop);

  /// A column of what a statement gives; domains are their base type.
  struct Column {
    std::string name;
    uint32_t type = 0;  // its oid
    int modifier = -1;  // atttypmod
  };
  /// The columns of one statement, which is not run; none if it gives no rows. kInvalidInput,
  /// with the place in the text, for what the server does not understand, and for parameters.
  Result<std::vector<Column>> Describe(const std::string& sql, std::stop_token stop);

 private:
  struct Internals;
  explicit PostgresClient(std::unique_ptr<Internals> internals);
  std::unique_ptr<Internals> internals_;
};

/// Asks the server to cancel what the sessions of the target's application_name are doing. Best
/// effort; ends early after a stop request.
void CancelStatements(const PostgresTarget& target, std::stop_token stop);

/// The error of a failed statement or connection, from the server's five-character code.
/// `said` is what it said; empty codes are failures on the way to it.
Error PostgresError(const std::string& sql_state, std::string said);

}  // namespace assay::engine
