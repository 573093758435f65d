// The function "assay_text_is" that the engine gives its sessions, for tests that run SQL in a
// plain DuckDB.

#pragma once

#include <duckdb.h>
#include <gtest/gtest.h>

#include <string>

#include "plan/text_predicate.h"

namespace assay::plan {

inline std::string_view TextAt(duckdb_vector vector, idx_t row) {
  auto* const texts = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
  return {duckdb_string_t_data(&texts[row]), duckdb_string_t_length(texts[row])};
}

inline void RunTextIs(duckdb_function_info info, duckdb_data_chunk input,
                      duckdb_vector output) {
  const duckdb_vector texts = duckdb_data_chunk_get_vector(input, 0);
  const duckdb_vector names = duckdb_data_chunk_get_vector(input, 1);
  auto* const results = static_cast<bool*>(duckdb_vector_get_data(output));
  uint64_t* const known = duckdb_vector_get_validity(texts);
  for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
    if (known != nullptr && !duckdb_validity_row_is_valid(known, row)) {
      duckdb_vector_ensure_validity_writable(output);
      duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), row);
      continue;
    }
    const auto predicate = FindTextPredicate(TextAt(names, row));
    if (!predicate)
      return duckdb_scalar_function_set_error(info, predicate.error().message.c_str());
    results[row] = (*predicate)(TextAt(texts, row));
  }
}

/// Registers the function; a failure fails the test.
inline void RegisterTextIs(duckdb_connection connection) {
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
  duckdb_logical_type boolean = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
  duckdb_scalar_function_set_name(function, "assay_text_is");
  duckdb_scalar_function_add_parameter(function, text);
  duckdb_scalar_function_add_parameter(function, text);
  duckdb_scalar_function_set_return_type(function, boolean);
  duckdb_scalar_function_set_function(function, RunTextIs);
  EXPECT_EQ(duckdb_register_scalar_function(connection, function), DuckDBSuccess);
  duckdb_destroy_logical_type(&boolean);
  duckdb_destroy_logical_type(&text);
  duckdb_destroy_scalar_function(&function);
}

}  // namespace assay::plan
