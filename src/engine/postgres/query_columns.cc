#include "engine/postgres/query_columns.h"

#include <fmt/format.h>
#include <strings.h>

#include "engine/postgres/table_sql.h"

namespace assay::engine {
namespace {

Status CheckNames(const std::vector<PostgresClient::Column>& columns) {
  if (columns.empty())
    return Fail(ErrorKind::kInvalidInput, "gives no columns: write a SELECT statement");
  for (size_t i = 0; i < columns.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      if (strcasecmp(columns[i].name.c_str(), columns[k].name.c_str()) != 0) continue;
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("two columns have the name {}; give one of them another with AS",
                              columns[i].name));
    }
  }
  return {};
}

}  // namespace

std::string PreferSchemaSql(const std::string& schema, SettingExtent extent) {
  return fmt::format(
      "SELECT set_config('search_path', concat_ws(', ', {}, "
      "nullif(current_setting('search_path'), '')), {})",
      QuotePostgresText(QuotePostgresName(schema)), extent == SettingExtent::kTransaction);
}

Result<std::vector<PostgresColumn>> ColumnsOfQuery(PostgresClient& client,
                                                   const std::string& query,
                                                   std::stop_token stop) {
  // By itself first: what is one statement of its own cannot end the one that it is put into.
  ASSAY_TRY(const auto columns, client.Describe(query, stop));
  ASSAY_RETURN_IF_ERROR(CheckNames(columns));
  const PostgresTable table{.query = query};
  const std::string rows = RowsSql(table, AddressColumn::kNo, -1);
  ASSAY_RETURN_IF_ERROR(client.Describe(rows, stop));
  // Rights are looked at when a plan is made ready to run, which is as far as EXPLAIN goes.
  ASSAY_RETURN_IF_ERROR(client.Query("EXPLAIN " + rows, {}, stop));
  std::vector<uint32_t> oids;
  for (const PostgresClient::Column& column : columns) oids.push_back(column.type);
  ASSAY_TRY(const auto types,
            client.Query(TypesSql(), {fmt::format("{{{}}}", fmt::join(oids, ","))}, stop));
  if (types.size() != columns.size())
    return Fail(ErrorKind::kUnavailable,
                "the server no longer knows the types of its columns: try again");
  std::vector<PostgresColumn> described;
  for (size_t i = 0; i < columns.size(); ++i) {
    described.push_back({.name = columns[i].name,
                         .type = types[i][0].value_or(""),
                         .element = types[i][1].value_or(""),
                         .modifier = columns[i].modifier});
  }
  return described;
}

}  // namespace assay::engine
