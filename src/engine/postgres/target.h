// Which PostgreSQL database is meant, and how libpq is told.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/secret.h"

namespace assay::engine {

/// A database and who opens it. What is empty is left to libpq, which also looks at PGPASSWORD
/// and ~/.pgpass.
struct PostgresTarget {
  std::string host;
  int port = 5432;
  std::string user;
  Secret password;
  std::string database;
  std::string ssl_mode;        // "disable", "prefer" (libpq's default), ..., "verify-full"
  std::string ca_bundle_path;  // PEM file with the authorities that may vouch for the server
  /// Shown in pg_stat_activity, and how the statements of one reader are found there.
  std::string application_name = "assay";

  /// "db.example.com:5432/lake", for messages.
  std::string Name() const;
};

/// libpq's keywords with their values, but for the password. Sessions only read, give up on
/// locks after kLockWaitSeconds, and return rows of one snapshot in the same order each time.
std::vector<std::pair<std::string, std::string>> ConnectionOptions(
    const PostgresTarget& target);

/// The same as one text: keyword='value' ...
std::string ConnectionText(const PostgresTarget& target);

inline constexpr int kLockWaitSeconds = 10;
inline constexpr int kConnectSeconds = 15;

}  // namespace assay::engine
