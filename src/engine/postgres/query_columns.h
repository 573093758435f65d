// A statement that a user wrote as something to read from: what it gives, and whether it only
// gives that.

#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "engine/postgres/client.h"
#include "engine/postgres/column_reading.h"

namespace assay::engine {

enum class SettingExtent { kSession, kTransaction };

/// A statement after which names without a schema mean those of `schema` first.
std::string PreferSchemaSql(const std::string& schema, SettingExtent extent);

/// The columns that a statement gives, which is planned and not run. kInvalidInput, with what
/// the server says, when it is not one statement that can stand in a FROM clause (SELECT, WITH,
/// VALUES), has no columns, or two of one name, whatever their case; kDenied when something in
/// it may not be read; kNotFound when something is not there.
Result<std::vector<PostgresColumn>> ColumnsOfQuery(PostgresClient& client,
                                                   const std::string& query,
                                                   std::stop_token stop);

}  // namespace assay::engine
