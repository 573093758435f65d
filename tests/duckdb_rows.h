// Looking at result files from outside: through DuckDB's C interface, as a user would.

#pragma once

#include <duckdb.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace assay {

/// Rows of a query as texts joined by '|', nulls as "NULL". A query that fails fails the test.
inline std::vector<std::string> DuckDbRows(const std::string& sql) {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  duckdb_result result;
  std::vector<std::string> rows;
  if (duckdb_open(nullptr, &database) != DuckDBSuccess ||
      duckdb_connect(database, &connection) != DuckDBSuccess) {
    ADD_FAILURE() << "DuckDB does not open";
    return rows;
  }
  if (duckdb_query(connection, sql.c_str(), &result) != DuckDBSuccess) {
    ADD_FAILURE() << duckdb_result_error(&result) << "\nin " << sql;
  } else {
    for (idx_t row = 0; row < duckdb_row_count(&result); ++row) {
      std::string text;
      for (idx_t column = 0; column < duckdb_column_count(&result); ++column) {
        char* value = duckdb_value_varchar(&result, column, row);
        text += (column == 0 ? "" : "|") + std::string(value != nullptr ? value : "NULL");
        duckdb_free(value);
      }
      rows.push_back(text);
    }
  }
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return rows;
}

}  // namespace assay
