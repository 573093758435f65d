// Letting through statements of users that can do nothing but read given tables.

#pragma once

#include <set>
#include <string>

#include "base/result.h"
#include "engine/session.h"

namespace assay::engine {

/// Parses `sql`, one SELECT of DuckDB's SQL, and lets it through if every part of its tree is
/// of a kind that is known to only compute: it reads from `tables`, from its own subqueries and
/// from what it names in WITH (without recursion), and calls functions of a list
/// (statement_functions.h). Refused are table functions (read_csv, glob, ...), other tables,
/// files named as tables, settings, variables, parameters, samples, and every other statement.
///
/// The statement, printed anew from what was looked at: only this may be run, never the text.
/// Names of tables compare without regard to ASCII case. kInvalidInput with line and column,
/// where they are known.
Result<std::string> CheckStatement(Session& session, const std::string& sql,
                                   const std::set<std::string>& tables);

}  // namespace assay::engine
