// DuckDB's types as fields of the product.

#pragma once

#include <string>
#include <vector>

#include "engine/duckdb/duckdb_library.h"
#include "engine/profile/profile_state.h"
#include "plan/schema.h"

namespace assay::engine {

plan::FieldType FieldTypeOf(const duckdb::LogicalType& type);

/// The column as fields: itself, and members of structs as "a.b" to any depth (at most 16).
std::vector<plan::Field> FieldsOf(const std::string& column, const duckdb::LogicalType& type);

/// What a field needs to be profiled: SQL expressions over the file's columns, and what their
/// values mean. Lists and maps give their lengths and, as further fields "a[]", "m.key[]",
/// "m.value[]", their elements.
struct ProfileExpression {
  std::string sql;
  profile::ProfiledColumn column;
};
std::vector<ProfileExpression> ProfileExpressionsOf(const plan::Field& field,
                                                    const std::string& sql,
                                                    const duckdb::LogicalType& type);

}  // namespace assay::engine
