#include "engine/postgres/table_sql.h"

#include <fmt/format.h>

#include <map>

namespace assay::engine {
namespace {

// An address is part, block and place: 15, 32 and 16 bits. A tid is block and place, as sent
// (tid.c: a uint32 and a uint16).
constexpr const char* kTidAsNumber = "('x' || encode(tidsend(t.ctid), 'hex'))::bit(48)::int8";
constexpr int kPlaceBits = 16;
constexpr int kTidBits = 48;
constexpr size_t kMostParts = 32'767;

// Over t, a type, and e, that of its elements.
constexpr const char* kTypeName =
    "CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace OR (t.typcategory = 'A' AND "
    "t.typname LIKE '\\_%') THEN t.typname::text ELSE '' END AS type";
constexpr const char* kElementName =
    "CASE WHEN e.typnamespace = 'pg_catalog'::regnamespace THEN e.typname::text ELSE '' END AS "
    "element";

std::string SelectList(const PostgresTable& table) {
  std::string list;
  for (size_t i = 0; i < table.columns.size(); ++i)
    list += fmt::format("{}{} AS c{}", i > 0 ? ", " : "", ReadingOf(table.columns[i]).sql, i);
  return list;
}

std::string Select(const PostgresTable& table, const std::string& address,
                   const std::string& joined) {
  std::string list = SelectList(table);
  if (!address.empty()) list += fmt::format("{}{} AS n", list.empty() ? "" : ", ", address);
  if (list.empty()) list = "1 AS nothing";
  // A comment at the end of a statement ends with its line.
  const std::string rows =
      table.query.empty()
          ? fmt::format("{}.{}", QuotePostgresName(table.schema), QuotePostgresName(table.name))
          : fmt::format("({}\n)", table.query);
  return fmt::format("SELECT {} FROM {} AS t{}", list, rows, joined);
}

std::string TidList(const std::vector<int64_t>& addresses) {
  std::string list;
  for (const int64_t address : addresses) {
    list +=
        fmt::format("{}\"({},{})\"", list.empty() ? "" : ",",
                    (address >> kPlaceBits) & 0xffffffff, address & ((1 << kPlaceBits) - 1));
  }
  return fmt::format("ANY('{{{}}}'::tid[])", list);
}

std::string WhichRelation(const std::string& schema, const std::string& table) {
  return fmt::format(
      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace "
      "WHERE s.nspname = {} AND c.relname = {} AND c.relkind IN ('r', 'v', 'm', 'p', 'f')",
      QuotePostgresText(schema), QuotePostgresText(table));
}

}  // namespace

std::string RelationSql(const std::string& schema, const std::string& table) {
  return fmt::format(
      "WITH RECURSIVE relation AS (SELECT c.oid, c.relkind {}), family AS (SELECT oid FROM "
      "relation UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON f.oid = "
      "i.inhparent), holders AS (SELECT c.oid, c.relkind IN ('r', 'm') AND coalesce(a.amname = "
      "'heap', false) AS is_heap FROM family f JOIN pg_catalog.pg_class c ON c.oid = f.oid "
      "LEFT "
      "JOIN pg_catalog.pg_am a ON a.oid = c.relam WHERE c.relkind <> 'p') SELECT "
      "has_table_privilege(r.oid, 'SELECT') AS may_select, (SELECT coalesce(string_agg("
      "oid::text, ',' ORDER BY oid), '') FROM holders) AS parts, (SELECT "
      "coalesce(bool_and(is_heap), true) FROM holders) AS are_heaps FROM relation r",
      WhichRelation(schema, table));
}

std::string ColumnsSql(const std::string& schema, const std::string& table) {
  // A domain is followed to its base type; the modifier comes with the last step that has one.
  return fmt::format(
      "WITH RECURSIVE relation AS (SELECT c.oid {}), columns AS (SELECT a.attnum, a.attname, "
      "a.atttypid AS type, a.atttypmod AS modifier FROM relation r JOIN "
      "pg_catalog.pg_attribute a ON a.attrelid = r.oid WHERE a.attnum > 0 AND NOT "
      "a.attisdropped UNION ALL SELECT c.attnum, c.attname, t.typbasetype, t.typtypmod FROM "
      "columns c JOIN pg_catalog.pg_type t ON t.oid = c.type WHERE t.typtype = 'd') SELECT "
      "c.attname::text AS name, {}, {}, c.modifier AS modifier FROM columns c JOIN "
      "pg_catalog.pg_type t ON t.oid = c.type LEFT JOIN pg_catalog.pg_type e ON e.oid = "
      "t.typelem WHERE t.typtype <> 'd' ORDER BY c.attnum",
      WhichRelation(schema, table), kTypeName, kElementName);
}

std::string TypesSql() {
  return fmt::format(
      "SELECT {}, {} FROM unnest($1::oid[]) WITH ORDINALITY AS o(type, place) JOIN "
      "pg_catalog.pg_type t ON t.oid = o.type LEFT JOIN pg_catalog.pg_type e ON e.oid = "
      "t.typelem ORDER BY o.place",
      kTypeName, kElementName);
}

RowAddresses AddressesOf(const std::vector<std::string>& parts, bool are_heaps) {
  if (!are_heaps || parts.size() > kMostParts) return RowAddresses::kNone;
  return parts.size() > 1 ? RowAddresses::kTidOfParts : RowAddresses::kTid;
}

std::string RowsSql(const PostgresTable& table, AddressColumn address, int64_t max_rows) {
  std::string number, joined;
  if (address == AddressColumn::kYes) {
    number = kTidAsNumber;
    if (table.addresses == RowAddresses::kTidOfParts) {
      // A table that became a part after the snapshot was taken may have rows in it.
      number = fmt::format("(coalesce(p.place, {}) - 1) * {} + {}", kMostParts + 1,
                           int64_t{1} << kTidBits, kTidAsNumber);
      joined = fmt::format(
          " LEFT JOIN unnest('{{{}}}'::oid[]) WITH ORDINALITY AS p(part, place) ON p.part = "
          "t.tableoid",
          fmt::join(table.parts, ","));
    }
  }
  std::string sql = Select(table, number, joined);
  if (max_rows >= 0) sql += fmt::format(" LIMIT {}", max_rows);
  return sql;
}

std::string ChosenRowsSql(const PostgresTable& table, std::span<const int64_t> addresses) {
  std::map<int64_t, std::vector<int64_t>> by_part;
  for (const int64_t address : addresses) by_part[address >> kTidBits].push_back(address);
  std::string sql;
  const bool has_parts = table.addresses == RowAddresses::kTidOfParts;
  for (const auto& [part, of_part] : by_part) {
    if (has_parts && static_cast<size_t>(part) >= table.parts.size()) continue;
    sql += fmt::format(
        "{}{} WHERE t.ctid = {}{}", sql.empty() ? "" : " UNION ALL ",
        Select(
            table,
            has_parts ? fmt::format("{} + {}", part << kTidBits, kTidAsNumber) : kTidAsNumber,
            ""),
        TidList(of_part),
        has_parts ? fmt::format(" AND t.tableoid = {}", table.parts[static_cast<size_t>(part)])
                  : "");
  }
  return sql;
}

}  // namespace assay::engine
