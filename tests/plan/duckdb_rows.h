// SQL run by the real engine, for tests of what printed expressions mean.

#pragma once

#include <duckdb.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/plan/text_is_function.h"

namespace assay::plan {

/// An in-memory database whose session is far from UTC, so that a dependence on its zone shows.
class DuckDbRows {
 public:
  DuckDbRows() {
    if (duckdb_open(nullptr, &database_) != DuckDBSuccess ||
        duckdb_connect(database_, &connection_) != DuckDBSuccess) {
      ADD_FAILURE() << "cannot open an in-memory database";
    }
    RegisterTextIs(connection_);
    Query("SET TimeZone = 'Asia/Tokyo'");
    Query("SET max_expression_depth = 10000");  // as the engine does
  }
  ~DuckDbRows() {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
  }
  DuckDbRows(const DuckDbRows&) = delete;
  DuckDbRows& operator=(const DuckDbRows&) = delete;

  /// The first column as text, "null" for null. A failed query gives one row "error: ...".
  std::vector<std::string> Query(const std::string& sql) {
    duckdb_result result;
    std::vector<std::string> rows;
    if (duckdb_query(connection_, sql.c_str(), &result) != DuckDBSuccess) {
      rows.push_back(std::string("error: ") + duckdb_result_error(&result));
    } else {
      for (idx_t row = 0; row < duckdb_row_count(&result); ++row) {
        char* text = duckdb_value_varchar(&result, 0, row);
        rows.push_back(text == nullptr ? "null" : text);
        duckdb_free(text);
      }
    }
    duckdb_destroy_result(&result);
    return rows;
  }

 private:
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

}  // namespace assay::plan
