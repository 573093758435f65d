// How values of a PostgreSQL type come to the engine (docs/postgresql.md).

#pragma once

#include <string>

#include "plan/schema.h"

namespace assay::engine {

/// A column as the server's catalogue describes it; domains are their base type.
struct PostgresColumn {
  std::string name;
  std::string type;     // "int4"; empty: none of PostgreSQL's own types
  std::string element;  // of arrays: the type of an element, as `type`
  int modifier = -1;    // atttypmod: precision and scale of a numeric

  friend bool operator==(const PostgresColumn&, const PostgresColumn&) = default;
};

/// What is asked of the server, and what comes.
struct ColumnReading {
  std::string sql;  // over "t", the table
  /// Set when values come as texts of another type, because the engine's binary reader takes
  /// the NaN of a numeric for 0: numeric(p,s) of at most 38 digits. Else the field is what the
  /// engine says it is.
  std::string text_of;  // "DECIMAL(38,2)", "BIGINT"
  plan::FieldType type_of_text = plan::FieldType::kString;

  friend bool operator==(const ColumnReading&, const ColumnReading&) = default;
};

/// Booleans, integers, reals, dates, timestamps, uuid, bytea and texts as they are; timestamptz
/// as the timestamp in UTC; numeric(p,s) exactly up to 38 digits, any other numeric as double;
/// arrays of these as lists, of one dimension whatever they have; anything else as the text
/// that the server prints.
ColumnReading ReadingOf(const PostgresColumn& column);

/// "name" and 'text' as PostgreSQL reads them.
std::string QuotePostgresName(const std::string& name);
std::string QuotePostgresText(const std::string& text);

}  // namespace assay::engine
