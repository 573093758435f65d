// A table of an attached database while it is read: one snapshot from its columns to the last
// row that is handed back. Or rows that were computed, which are there as long as this is.

#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dataset.h"
#include "engine/postgres/table_sql.h"
#include "engine/session.h"

namespace assay::engine {

/// Opened by ReadSchema and shared by the schemas copied from it. While it lives, a transaction
/// (REPEATABLE READ, READ ONLY) is open on the server: all statements see the same rows,
/// whatever others write meanwhile, and an address (ctid) means the same row in each. That
/// holds back VACUUM, and ALTER TABLE, as a dump does. Rows of views and the like have no
/// address: they are copied once into the session, which may spill them, and read from there.
///
/// Calls for one table exclude each other: there is one connection. Must not outlive the
/// session.
class TableReading {
 public:
  /// kNotFound when there is no such table, kDenied when it may not be read, kUnsupported when
  /// names of columns differ in case only; of a statement as ColumnsOfQuery
  /// (engine/postgres/query_columns.h).
  static Result<std::shared_ptr<TableReading>> Open(Session& session, const TableName& name,
                                                    const std::stop_token& stop);
  /// What a statement of ours gives, columns "c0", "c1", ..., copied into the session, which
  /// may spill it. No server is asked for it any more. Fails as the statement does.
  static Result<std::shared_ptr<TableReading>> Copy(Session& session,
                                                    const std::string& statement,
                                                    const std::stop_token& stop);
  ~TableReading();

  const PostgresTable& table() const { return table_; }

  /// To be called before rows are read by address: copies a table without addresses, at least
  /// `max_rows` of its rows; < 0: all.
  Status MakeAddressable(int64_t max_rows, const std::stop_token& stop);

  /// What to read from, in FROM: columns "c0", "c1", ... and with `address` also "n". All rows,
  /// or at most `max_rows` >= 0.
  std::string RowsSql(AddressColumn address, int64_t max_rows) const;
  /// The same for the rows at the given addresses only.
  std::string ChosenRowsSql(std::span<const int64_t> addresses) const;

  /// Why a statement failed, asking the server, if one is read, whether it is still there:
  /// kUnavailable if not.
  Error Explain(const Error& failure) const;

  struct Internals;  // for the .cc files of engine/duckdb
  Internals& internals() const { return *internals_; }

 private:
  TableReading(Session& session, const TableName& name, std::stop_token stop);
  Status Begin(const std::stop_token& stop);
  Status ReadRelation(const std::stop_token& stop);
  Status ReadColumns(const std::stop_token& stop);
  Status ReadQueryColumns(const std::stop_token& stop);
  std::string AtServer(const std::string& statement) const;

  Session& session_;
  const std::string database_;
  const std::stop_token stop_;
  PostgresTable table_;
  std::string copy_;         // the session's table with the rows, if they were copied
  int64_t copied_rows_ = 0;  // the limit that it was made with; -1: all
  std::unique_ptr<Internals> internals_;
};

}  // namespace assay::engine
