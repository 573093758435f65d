#include "engine/duckdb/value_json.h"

#include <charconv>
#include <cmath>

#include "engine/utf8.h"

namespace assay::engine {
namespace {

constexpr int64_t kLargestExactInteger = int64_t{1} << 53;

Json NumberOrText(const std::string& text) {
  int64_t integer = 0;
  const char* const end = text.data() + text.size();
  if (const auto parsed = std::from_chars(text.data(), end, integer);
      parsed.ec == std::errc{} && parsed.ptr == end) {
    if (integer >= -kLargestExactInteger && integer <= kLargestExactInteger &&
        std::to_string(integer) == text)
      return integer;
    return text;
  }
  double number = 0;
  const auto parsed = std::from_chars(text.data(), end, number);
  constexpr size_t kExactDigits = 15;  // every decimal of so many digits survives a double
  if (parsed.ec == std::errc{} && parsed.ptr == end && std::isfinite(number) &&
      text.size() <= kExactDigits + 1)
    return number;
  return text;
}

}  // namespace

Json ValueToJson(const duckdb::Value& value, const plan::Field* field) {
  if (value.IsNull()) return nullptr;
  switch (value.type().id()) {
    case duckdb::LogicalTypeId::BOOLEAN: return value.GetValue<bool>();
    case duckdb::LogicalTypeId::TINYINT:
    case duckdb::LogicalTypeId::SMALLINT:
    case duckdb::LogicalTypeId::INTEGER:
    case duckdb::LogicalTypeId::BIGINT:
    case duckdb::LogicalTypeId::UTINYINT:
    case duckdb::LogicalTypeId::USMALLINT:
    case duckdb::LogicalTypeId::UINTEGER:
    case duckdb::LogicalTypeId::UBIGINT:
    case duckdb::LogicalTypeId::HUGEINT:
    case duckdb::LogicalTypeId::DECIMAL: return NumberOrText(value.ToString());
    case duckdb::LogicalTypeId::FLOAT:
    case duckdb::LogicalTypeId::DOUBLE: {
      const double number = value.GetValue<double>();
      return std::isfinite(number) ? Json(number) : Json(value.ToString());
    }
    case duckdb::LogicalTypeId::STRUCT: {
      Json object = Json::object();
      const auto& members = duckdb::StructValue::GetChildren(value);
      const auto& types = duckdb::StructType::GetChildTypes(value.type());
      for (size_t i = 0; i < members.size(); ++i)
        object[types[i].first] = ValueToJson(members[i], nullptr);
      return object;
    }
    case duckdb::LogicalTypeId::LIST: {
      Json list = Json::array();
      for (const auto& element : duckdb::ListValue::GetChildren(value))
        list.push_back(ValueToJson(element, nullptr));
      return list;
    }
    case duckdb::LogicalTypeId::VARCHAR: {
      std::string text = ReplaceEscapedBytes(duckdb::StringValue::Get(value));
      if (!field || field->reading != plan::Reading::kTryCast) return text;
      if (field->type == plan::FieldType::kIntegral ||
          field->type == plan::FieldType::kFractional)
        return NumberOrText(text);
      if (field->type == plan::FieldType::kBoolean && (text == "true" || text == "false"))
        return text == "true";
      return text;
    }
    default: return value.ToString();
  }
}

}  // namespace assay::engine
