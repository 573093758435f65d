#include "engine/duckdb/parse_function.h"

#include <duckdb/common/vector_operations/unary_executor.hpp>

#include "engine/text_value.h"

namespace assay::engine {
namespace {

using duckdb::LogicalTypeId;

duckdb::hugeint_t ToHugeint(profile::Int128 value) {
  return {static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value)};
}

/// `parse` gives an optional of what `convert` makes a Stored of.
template <class Stored, class Parse, class Convert>
void ParseEach(duckdb::DataChunk& arguments, duckdb::Vector& result, const Parse& parse,
               const Convert& convert) {
  duckdb::UnaryExecutor::ExecuteWithNulls<duckdb::string_t, Stored>(
      arguments.data[0], result, arguments.size(),
      [&](duckdb::string_t text, duckdb::ValidityMask& validity, duckdb::idx_t row) {
        const auto value = parse(std::string_view(text.GetData(), text.GetSize()));
        if (value) return convert(*value);
        validity.SetInvalid(row);
        return Stored();
      });
}

void Parse(duckdb::DataChunk& arguments, duckdb::ExpressionState&, duckdb::Vector& result) {
  const duckdb::LogicalType& type = result.GetType();
  switch (type.id()) {
    case LogicalTypeId::BOOLEAN:
      return ParseEach<bool>(arguments, result, TextToBoolean, std::identity());
    case LogicalTypeId::BIGINT:
      return ParseEach<int64_t>(arguments, result, TextToBigint, std::identity());
    case LogicalTypeId::HUGEINT:
      return ParseEach<duckdb::hugeint_t>(arguments, result, TextToHugeint, ToHugeint);
    case LogicalTypeId::DOUBLE:
      return ParseEach<double>(arguments, result, TextToDouble, std::identity());
    case LogicalTypeId::DECIMAL: {
      const int scale = duckdb::DecimalType::GetScale(type);
      return ParseEach<duckdb::hugeint_t>(
          arguments, result, [&](std::string_view text) { return TextToDecimal(text, scale); },
          ToHugeint);
    }
    case LogicalTypeId::DATE:
      return ParseEach<duckdb::date_t>(arguments, result, TextToDate,
                                       [](int32_t days) { return duckdb::date_t(days); });
    default:
      return ParseEach<duckdb::timestamp_t>(arguments, result, TextToTimestamp,
                                            [](int64_t us) { return duckdb::timestamp_t(us); });
  }
}

bool IsParsed(const duckdb::LogicalType& type) {
  switch (type.id()) {
    case LogicalTypeId::BOOLEAN:
    case LogicalTypeId::BIGINT:
    case LogicalTypeId::HUGEINT:
    case LogicalTypeId::DOUBLE:
    case LogicalTypeId::DATE:
    case LogicalTypeId::TIMESTAMP: return true;
    case LogicalTypeId::DECIMAL: return type.InternalType() == duckdb::PhysicalType::INT128;
    default: return false;
  }
}

duckdb::unique_ptr<duckdb::FunctionData> Bind(
    duckdb::ClientContext&, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  function.return_type = arguments[1]->return_type;
  if (!IsParsed(function.return_type)) {
    throw duckdb::BinderException("assay_parse does not read " +
                                  function.return_type.ToString());
  }
  duckdb::Function::EraseArgument(function, arguments, 1);
  return nullptr;
}

}  // namespace

duckdb::ScalarFunction MakeParseFunction() {
  duckdb::ScalarFunction function("assay_parse",
                                  {duckdb::LogicalType::VARCHAR, duckdb::LogicalType::ANY},
                                  duckdb::LogicalType::ANY, Parse, Bind);
  // Else the null that tells the type would make every result null.
  function.null_handling = duckdb::FunctionNullHandling::SPECIAL_HANDLING;
  return function;
}

}  // namespace assay::engine
