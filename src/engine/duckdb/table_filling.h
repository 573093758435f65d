// Filling scratch tables with values of ours.

#pragma once

#include <functional>
#include <string>

#include "duckdb/main/appender.hpp"
#include "engine/duckdb/scratch_table.h"

namespace assay::engine {

/// Creates the table with `columns`, as CREATE TABLE takes them, and lets `append` fill it. The
/// first failure is returned, also of `append`.
Status FillTable(const ScratchTable& table, const std::string& columns,
                 const std::function<Status(duckdb::Appender&)>& append);

}  // namespace assay::engine
