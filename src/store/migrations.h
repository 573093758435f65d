// The tables of the store, as numbered steps.

#pragma once

#include <span>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace soci {
class session;
}

namespace assay::store {

/// One step from one version of the tables to the next. Released steps never change.
struct Migration {
  int number;  // 1, 2, ...
  std::string_view name;
  /// Statements, each ended by ";\n". "{id}" stands for the definition of a key that numbers
  /// itself and never reuses a number; the rest is SQL that SQLite and PostgreSQL share.
  std::string_view statements;
};

std::span<const Migration> AllMigrations();

/// Applies the missing steps inside the transaction that is open on `session`. kUnsupported
/// when the database has steps that are not in `migrations`; kCorruptData when it holds other
/// tables but none of ours.
Status Migrate(soci::session& session, std::span<const Migration> migrations, Timestamp now);

}  // namespace assay::store
