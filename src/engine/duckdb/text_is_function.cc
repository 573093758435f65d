#include "engine/duckdb/text_is_function.h"

#include <duckdb/common/vector_operations/unary_executor.hpp>

#include "plan/text_predicate.h"

namespace assay::engine {
namespace {

using duckdb::LogicalType;

void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  // A constant: found once for up to 2,048 texts.
  const std::string name = arguments.data[1].GetValue(0).ToString();
  const Result<plan::TextPredicate> predicate = plan::FindTextPredicate(name);
  if (!predicate) throw duckdb::InvalidInputException(predicate.error().message);
  duckdb::UnaryExecutor::Execute<duckdb::string_t, bool>(
      arguments.data[0], result, arguments.size(), [&](duckdb::string_t text) {
        return (*predicate)(std::string_view(text.GetData(), text.GetSize()));
      });
}

}  // namespace

duckdb::ScalarFunction MakeTextIsFunction() {
  return duckdb::ScalarFunction("assay_text_is", {LogicalType::VARCHAR, LogicalType::VARCHAR},
                                LogicalType::BOOLEAN, Run);
}

}  // namespace assay::engine
