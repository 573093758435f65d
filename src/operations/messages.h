// Sentences that tell people what failed.

#pragma once

#include <optional>
#include <string>

#include "engine/scan.h"
#include "rules/check.h"

namespace assay::operations {

/// Longest value shown, in code points; more is cut and ends in "…".
inline constexpr size_t kMaxMessageValue = 80;
/// Longest message that the data itself gives, in code points.
inline constexpr size_t kMaxGivenMessage = 1000;

/// The value of a field in a record. Members of structs ("a.b") are found by their full name or
/// inside their struct; null when there is none.
Json RecordValue(const Json& record, const std::string& field);

/// For one failing row: "amount is below 0 (value -5)", "a and b do not satisfy a < b (a 2, b
/// 1)". Texts are quoted; a single null value is not shown.
std::string RowMessage(const rules::CompiledCheck& check, const Json& record);

/// For one row that a query check returned: "the row is returned by the query (country "PE",
/// total -1)", with the first values of the row.
std::string ReturnedRowMessage(const rules::CompiledCheck& check, const Json& record);

/// The value of `field` in a failing row as its message, cut at kMaxGivenMessage code points:
/// texts as they are, others as JSON. nullopt when it is absent, null or empty.
std::optional<std::string> GivenMessage(const Json& record, const std::string& field);

/// For a check that fails in many rows or as a whole: "amount is below 0 in 120 of 6000 rows
/// (2.000 %)", and with a coverage below 1 how many may.
std::string CountMessage(const rules::CompiledCheck& check, const engine::CheckCounts& counts);

/// For a check that compares with another container: "3 records differ between orders (10) and
/// copy of orders (11)", and with a coverage below 1 how many may.
std::string DifferenceMessage(const std::string& container, const rules::CompiledCheck& check,
                              const engine::CheckOutcome& outcome);
/// For a check that fails as a whole, by its form: as SchemaMessage or CountMessage; of a
/// measure "the sum of amount is not 10: it is 12"; of its change "... did not change by 30 to
/// 70: it was 220 and is 300"; of group sizes "created has fewer than 5
/// rows in 1 of 2 months (50.000 %): 2026-01-01 has 4", with the container where the check
/// names no fields; of a query "the query returned 3 rows".
std::string WholeMessage(const std::string& container, const rules::CompiledCheck& check,
                         const engine::CheckOutcome& outcome);

/// For a schema check: "orders_*.csv does not have the expected fields: id is missing".
std::string SchemaMessage(const std::string& container, const rules::CompiledCheck& check,
                          const std::string& detail);

}  // namespace assay::operations
