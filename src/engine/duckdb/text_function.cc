#include "engine/duckdb/text_function.h"

#include <duckdb/common/vector_operations/unary_executor.hpp>

#include "engine/utf8.h"

namespace assay::engine {
namespace {

void BytesToText(duckdb::DataChunk& arguments, duckdb::ExpressionState&,
                 duckdb::Vector& result) {
  std::string text;
  duckdb::UnaryExecutor::Execute<duckdb::string_t, duckdb::string_t>(
      arguments.data[0], result, arguments.size(), [&](duckdb::string_t bytes) {
        text.clear();
        AppendEscaped({bytes.GetData(), bytes.GetSize()}, InputEnds::kYes, text);
        return duckdb::StringVector::AddString(result, text);
      });
}

}  // namespace

duckdb::ScalarFunction MakeTextFunction() {
  return duckdb::ScalarFunction("assay_text", {duckdb::LogicalType::BLOB},
                                duckdb::LogicalType::VARCHAR, BytesToText);
}

}  // namespace assay::engine
