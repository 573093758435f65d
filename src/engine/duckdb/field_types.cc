#include "engine/duckdb/field_types.h"

#include <fmt/format.h>

namespace assay::engine {
namespace {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using profile::ColumnMeaning;
using profile::KernelType;
using profile::PhysicalType;
using profile::ValueFormat;

constexpr size_t kDeepestNesting = 16;

std::string Quoted(const std::string& identifier) {
  std::string quoted = "\"";
  for (const char c : identifier) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void AddFields(std::vector<std::string> path, const std::string& name, const LogicalType& type, std::vector<plan::Field>& fields) {
  fields.push_back({.name = name, .path = path, .type = FieldTypeOf(type), .native_type = type.ToString()});
  if (type.id() != LogicalTypeId::STRUCT || path.size() >= kDeepestNesting) return;
  for (const auto& [member, member_type] : duckdb::StructType::GetChildTypes(type)) {
    path.push_back(member);
    AddFields(path, name + "." + member, member_type, fields);
    path.pop_back();
  }
}

PhysicalType IntegerOfWidth(duckdb::PhysicalType type) {
  switch (type) {
    case duckdb::PhysicalType::INT16: return PhysicalType::kInt16;
    case duckdb::PhysicalType::INT32: return PhysicalType::kInt32;
    case duckdb::PhysicalType::INT128: return PhysicalType::kInt128;
    default: return PhysicalType::kInt64;
  }
}

/// How values of a type are profiled: by which kernel, after which cast (empty: none).
struct Treatment {
  KernelType kernel;
  std::string cast;
};

Treatment TreatmentOf(const LogicalType& type) {
  const auto integer = [](PhysicalType physical) { return Treatment{{physical, ValueFormat::kInteger, 0}, ""}; };
  switch (type.id()) {
    case LogicalTypeId::BOOLEAN: return {{PhysicalType::kBool, ValueFormat::kBoolean, 0}, ""};
    case LogicalTypeId::TINYINT: return integer(PhysicalType::kInt8);
    case LogicalTypeId::SMALLINT: return integer(PhysicalType::kInt16);
    case LogicalTypeId::INTEGER: return integer(PhysicalType::kInt32);
    case LogicalTypeId::BIGINT: return integer(PhysicalType::kInt64);
    case LogicalTypeId::UTINYINT: return integer(PhysicalType::kUint8);
    case LogicalTypeId::USMALLINT: return integer(PhysicalType::kUint16);
    case LogicalTypeId::UINTEGER: return integer(PhysicalType::kUint32);
    case LogicalTypeId::UBIGINT: return integer(PhysicalType::kUint64);
    case LogicalTypeId::HUGEINT: return integer(PhysicalType::kInt128);
    case LogicalTypeId::FLOAT: return {{PhysicalType::kFloat, ValueFormat::kReal, 0}, ""};
    case LogicalTypeId::DOUBLE: return {{PhysicalType::kDouble, ValueFormat::kReal, 0}, ""};
    case LogicalTypeId::DECIMAL:
      return {{IntegerOfWidth(type.InternalType()), ValueFormat::kDecimal, duckdb::DecimalType::GetScale(type)}, ""};
    case LogicalTypeId::DATE: return {{PhysicalType::kInt32, ValueFormat::kDate, 0}, ""};
    case LogicalTypeId::TIMESTAMP:
    case LogicalTypeId::TIMESTAMP_TZ: return {{PhysicalType::kInt64, ValueFormat::kTimestamp, 0}, ""};
    case LogicalTypeId::TIMESTAMP_SEC:
    case LogicalTypeId::TIMESTAMP_MS:
    case LogicalTypeId::TIMESTAMP_NS: return {{PhysicalType::kInt64, ValueFormat::kTimestamp, 0}, "TIMESTAMP"};
    case LogicalTypeId::VARCHAR: return {{PhysicalType::kText, ValueFormat::kText, 0}, ""};
    case LogicalTypeId::BLOB: return {{PhysicalType::kText, ValueFormat::kBinary, 0}, ""};
    default: return {{PhysicalType::kText, ValueFormat::kText, 0}, "VARCHAR"};
  }
}

}  // namespace

plan::FieldType FieldTypeOf(const LogicalType& type) {
  switch (type.id()) {
    case LogicalTypeId::BOOLEAN: return plan::FieldType::kBoolean;
    case LogicalTypeId::TINYINT:
    case LogicalTypeId::SMALLINT:
    case LogicalTypeId::INTEGER:
    case LogicalTypeId::BIGINT:
    case LogicalTypeId::HUGEINT:
    case LogicalTypeId::UTINYINT:
    case LogicalTypeId::USMALLINT:
    case LogicalTypeId::UINTEGER:
    case LogicalTypeId::UBIGINT:
    case LogicalTypeId::UHUGEINT: return plan::FieldType::kIntegral;
    case LogicalTypeId::FLOAT:
    case LogicalTypeId::DOUBLE: return plan::FieldType::kFractional;
    case LogicalTypeId::DECIMAL:
      return duckdb::DecimalType::GetScale(type) == 0 ? plan::FieldType::kIntegral : plan::FieldType::kFractional;
    case LogicalTypeId::DATE: return plan::FieldType::kDate;
    case LogicalTypeId::TIMESTAMP:
    case LogicalTypeId::TIMESTAMP_TZ:
    case LogicalTypeId::TIMESTAMP_SEC:
    case LogicalTypeId::TIMESTAMP_MS:
    case LogicalTypeId::TIMESTAMP_NS: return plan::FieldType::kTimestamp;
    case LogicalTypeId::VARCHAR:
    case LogicalTypeId::UUID:
    case LogicalTypeId::ENUM:
    case LogicalTypeId::TIME:
    case LogicalTypeId::TIME_TZ: return plan::FieldType::kString;
    default: return plan::FieldType::kUnknown;
  }
}

std::vector<plan::Field> FieldsOf(const std::string& column, const LogicalType& type) {
  std::vector<plan::Field> fields;
  AddFields({column}, column, type, fields);
  return fields;
}

std::vector<ProfileExpression> ProfileExpressionsOf(const plan::Field& field, const std::string& sql, const LogicalType& type) {
  std::vector<ProfileExpression> expressions;
  const auto derived = [&](const std::string& suffix, const LogicalType& element) {
    plan::Field inner = field;
    inner.name += suffix;
    inner.type = FieldTypeOf(element);
    inner.native_type = element.ToString();
    return inner;
  };
  switch (type.id()) {
    case LogicalTypeId::LIST:
    case LogicalTypeId::ARRAY: {
      const bool is_array = type.id() == LogicalTypeId::ARRAY;
      const LogicalType element = is_array ? duckdb::ArrayType::GetChildType(type) : duckdb::ListType::GetChildType(type);
      expressions.push_back({fmt::format("len({})", sql), {field, {PhysicalType::kInt64, ValueFormat::kInteger, 0}, ColumnMeaning::kLengths}});
      const Treatment treatment = TreatmentOf(element);
      const bool is_nested = element.IsNested() && element.id() != LogicalTypeId::STRUCT;
      const std::string list = is_array ? fmt::format("CAST({} AS {}[])", sql, element.ToString()) : sql;
      if (element.id() == LogicalTypeId::STRUCT) {
        for (const auto& [member, member_type] : duckdb::StructType::GetChildTypes(element)) {
          const Treatment inner = TreatmentOf(member_type);
          const std::string value = fmt::format("x.{}", Quoted(member));
          expressions.push_back({fmt::format("list_transform({}, lambda x: {})", list,
                                             inner.cast.empty() ? value : fmt::format("CAST({} AS {})", value, inner.cast)),
                                 {derived("[]." + member, member_type), inner.kernel, ColumnMeaning::kElements}});
        }
      } else if (is_nested) {
        expressions.push_back({fmt::format("CAST({} AS VARCHAR[])", list),
                               {derived("[]", element), {PhysicalType::kText, ValueFormat::kText, 0}, ColumnMeaning::kElements}});
      } else {
        expressions.push_back({treatment.cast.empty() ? list : fmt::format("CAST({} AS {}[])", list, treatment.cast),
                               {derived("[]", element), treatment.kernel, ColumnMeaning::kElements}});
      }
      return expressions;
    }
    case LogicalTypeId::MAP: {
      expressions.push_back({fmt::format("cardinality({})", sql),
                             {field, {PhysicalType::kUint64, ValueFormat::kInteger, 0}, ColumnMeaning::kLengths}});
      for (const auto& [suffix, function, element] :
           {std::tuple(".key[]", "map_keys", duckdb::MapType::KeyType(type)), std::tuple(".value[]", "map_values", duckdb::MapType::ValueType(type))}) {
        const Treatment treatment = element.IsNested() ? Treatment{{PhysicalType::kText, ValueFormat::kText, 0}, "VARCHAR"} : TreatmentOf(element);
        const std::string list = fmt::format("{}({})", function, sql);
        expressions.push_back({treatment.cast.empty() ? list : fmt::format("CAST({} AS {}[])", list, treatment.cast),
                               {derived(suffix, element), treatment.kernel, ColumnMeaning::kElements}});
      }
      return expressions;
    }
    case LogicalTypeId::STRUCT:
      // Its members are fields of their own; of itself only whether it is there.
      expressions.push_back({fmt::format("CASE WHEN {} IS NOT NULL THEN true END", sql),
                             {field, {PhysicalType::kBool, ValueFormat::kBoolean, 0}, ColumnMeaning::kValues}});
      return expressions;
    default: {
      const Treatment treatment = TreatmentOf(type);
      expressions.push_back({treatment.cast.empty() ? sql : fmt::format("CAST({} AS {})", sql, treatment.cast),
                             {field, treatment.kernel, ColumnMeaning::kValues}});
      return expressions;
    }
  }
}

}  // namespace assay::engine
