// Filters from anyone: reading, typing and printing must give a result or an error, never a
// crash.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "plan/bind_now.h"
#include "plan/dialects/duckdb.h"
#include "plan/dialects/trino.h"
#include "plan/parser.h"

namespace {

using assay::plan::Field;
using assay::plan::FieldType;

const assay::plan::Schema& FixedSchema() {
  const auto field = [](const char* name, FieldType type, const char* native) {
    Field field;
    field.name = name;
    field.path = {name};
    field.type = type;
    field.native_type = native;
    return field;
  };
  static const assay::plan::Schema schema{
      {field("i", FieldType::kIntegral, "BIGINT"), field("j", FieldType::kIntegral, "INTEGER"),
       field("m", FieldType::kFractional, "DECIMAL(18,2)"),
       field("x", FieldType::kFractional, "DOUBLE"), field("s", FieldType::kString, "VARCHAR"),
       field("b", FieldType::kBoolean, "BOOLEAN"), field("d", FieldType::kDate, "DATE"),
       field("t", FieldType::kTimestamp, "TIMESTAMP WITH TIME ZONE"),
       field("o", FieldType::kUnknown, "BLOB")}};
  return schema;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const assay::plan::Variables variables = {{"v", "DATE '2026-01-31'"},
                                                   {"w", "INTERVAL 1 DAY"}};
  if (const auto aggregate = assay::plan::ParseAggregate(text, FixedSchema(), variables))
    static_cast<void>(assay::plan::dialects::DuckDb().Print(*aggregate, FixedSchema()));
  const auto expression = assay::plan::ParseExpression(text, variables);
  if (!expression) return 0;
  const auto bound = assay::plan::BindNow(*expression, assay::Timestamp{});
  const auto type = assay::plan::TypeOf(bound, FixedSchema());
  const auto sql = assay::plan::dialects::DuckDb().Print(bound, FixedSchema());
  const auto elsewhere = assay::plan::dialects::Trino().Print(bound, FixedSchema());
  // What cannot be typed cannot be printed either.
  if (!type && (sql || elsewhere)) std::abort();
  return 0;
}
