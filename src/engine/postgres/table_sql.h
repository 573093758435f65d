// The statements by which a table of a PostgreSQL server is described and read.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/postgres/column_reading.h"

namespace assay::engine {

/// What tells one row of a table from all others, within a snapshot.
enum class RowAddresses {
  kTid,         // block and place in it (ctid)
  kTidOfParts,  // the same, and which part of a partitioned or inherited table
  kNone,        // views, foreign tables, tables in other forms of storage
};

struct PostgresTable {
  std::string schema, name;
  std::string query;  // not empty: rows are those of this statement; its addresses are kNone
  RowAddresses addresses = RowAddresses::kNone;
  std::vector<std::string> parts;  // kTidOfParts: their oids
  std::vector<PostgresColumn> columns;
};

/// One row: (may_select, parts: oids of the tables that hold rows as "1,2", are_heaps: whether
/// all those are). None when there is no such table.
std::string RelationSql(const std::string& schema, const std::string& table);
/// (name, type, element, modifier) of each column in order, as PostgresColumn has them.
std::string ColumnsSql(const std::string& schema, const std::string& table);

/// One row: (type, element), as above, for each type of the array of oids $1, in its order.
std::string TypesSql();

/// From what RelationSql says.
RowAddresses AddressesOf(const std::vector<std::string>& parts, bool are_heaps);

/// Whether the statement also yields "n", the address of a row as one number: ascending in the
/// order in which a scan meets them within a part, and not negative.
enum class AddressColumn { kNo, kYes };

/// All rows, or the first `max_rows` >= 0 of them: columns "c0", "c1", ... for
/// PostgresTable::columns, as ReadingOf says.
std::string RowsSql(const PostgresTable& table, AddressColumn address, int64_t max_rows);
/// The rows at the given addresses, with "n". Empty when none of them can be found again: those
/// of a part that came after RelationSql was answered.
std::string ChosenRowsSql(const PostgresTable& table, std::span<const int64_t> addresses);

}  // namespace assay::engine
