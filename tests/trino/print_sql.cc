// Prints expressions as Trino's SQL, for run.py: a line of standard input each, over the
// columns of tests/parity/values.py. A line of output is a JSON object with "sql", or with
// "error" and "kind".

#include <iostream>
#include <string>

#include "base/json.h"
#include "plan/dialects/trino.h"
#include "plan/parser.h"

namespace {

using assay::Json;
using assay::plan::Field;
using assay::plan::FieldType;

assay::plan::Schema Columns() {
  assay::plan::Schema schema;
  const auto add = [&](FieldType type, const char* native,
                       std::initializer_list<const char*> names) {
    for (const char* name : names)
      schema.fields.push_back(
          {.name = name, .path = {name}, .type = type, .native_type = native});
  };
  add(FieldType::kIntegral, "bigint", {"row", "i", "j", "big"});
  add(FieldType::kFractional, "double", {"d", "e"});
  add(FieldType::kFractional, "decimal(12,2)", {"m"});
  add(FieldType::kFractional, "decimal(18,6)", {"n"});
  add(FieldType::kString, "varchar", {"s", "t", "digits"});
  add(FieldType::kBoolean, "boolean", {"b", "c"});
  add(FieldType::kDate, "date", {"dt", "du"});
  add(FieldType::kTimestamp, "timestamp(6) with time zone", {"ts", "tu"});
  return schema;
}

assay::Result<std::string> Print(const std::string& text, const assay::plan::Schema& schema) {
  ASSAY_TRY(const auto expression, assay::plan::ParseExpression(text));
  return assay::plan::dialects::Trino().Print(expression, schema);
}

}  // namespace

int main() {
  const assay::plan::Schema schema = Columns();
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto sql = Print(line, schema);
    const Json answer = sql ? Json::object({{"sql", *sql}})
                            : Json::object({{"error", sql.error().message},
                                            {"kind", assay::ErrorKindName(sql.error().kind)}});
    std::cout << answer.dump() << '\n';
  }
  return 0;
}
