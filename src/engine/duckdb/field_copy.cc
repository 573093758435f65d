#include "engine/duckdb/field_copy.h"

#include <fmt/format.h>

#include "engine/duckdb/field_types.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/reference_copy.h"
#include "plan/dialects/duckdb.h"

namespace assay::engine {
namespace {

/// "v3", as RowCopy names its columns.
std::string ColumnName(size_t index) {
  return fmt::format("v{}", index);
}

}  // namespace

Result<FieldCopy> CopyFields(Session& session, const Dataset& dataset,
                             const DatasetSchema& schema, const std::vector<std::string>& names,
                             const std::optional<plan::Expression>& condition,
                             const std::vector<std::string>& further,
                             const std::stop_token& stop) {
  const plan::Dialect& dialect = plan::dialects::DuckDb();
  RowCopy copy{.positions = RowCopy::Positions::kLeftOut};
  for (const std::string& name : names) {
    // Printed as an expression, so that an unknown field is refused.
    ASSAY_TRY(std::string sql, dialect.Print(plan::Expression::Column(name), schema.schema));
    copy.values.push_back(std::move(sql));
  }
  FieldCopy result;
  for (const std::string& value : further) {
    result.further.push_back(ColumnName(copy.values.size()));
    copy.values.push_back(value);
  }
  if (copy.values.empty()) copy.values.push_back("true");  // rows are to be counted
  if (condition) {
    ASSAY_TRY(copy.condition, dialect.Print(*condition, schema.schema));
  }
  ASSAY_TRY(result.database, ScratchDatabase::Open(session));
  ASSAY_TRY(result.table, CopyWhole(session, dataset, schema, copy, *result.database, stop));
  ASSAY_TRY(const QueryShape shape,
            DescribeQuery(session, fmt::format("SELECT * FROM {}", result.table)));
  for (size_t i = 0; i < names.size(); ++i) {
    result.schema.fields.push_back({.name = names[i],
                                    .path = {ColumnName(i)},
                                    .type = FieldTypeOf(shape.types[i]),
                                    .native_type = shape.types[i].ToString()});
  }
  return result;
}

}  // namespace assay::engine
