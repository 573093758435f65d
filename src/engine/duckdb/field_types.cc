#include "engine/duckdb/field_types.h"

#include <fmt/format.h>

#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using profile::ColumnMeaning;
using profile::KernelType;
using profile::PhysicalType;
using profile::ValueFormat;

constexpr size_t kDeepestNesting = 100;

void AddFields(std::vector<std::string> path, const std::string& name, const LogicalType& type,
               std::vector<plan::Field>& fields) {
  fields.push_back(
      {.name = name, .path = path, .type = FieldTypeOf(type), .native_type = type.ToString()});
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
  const auto integer = [](PhysicalType physical) {
    return Treatment{{physical, ValueFormat::kInteger, 0}, ""};
  };
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
      return {{IntegerOfWidth(type.InternalType()), ValueFormat::kDecimal,
               duckdb::DecimalType::GetScale(type)},
              ""};
    case LogicalTypeId::DATE: return {{PhysicalType::kInt32, ValueFormat::kDate, 0}, ""};
    case LogicalTypeId::TIMESTAMP:
    case LogicalTypeId::TIMESTAMP_TZ:
      return {{PhysicalType::kInt64, ValueFormat::kTimestamp, 0}, ""};
    case LogicalTypeId::TIMESTAMP_SEC:
    case LogicalTypeId::TIMESTAMP_MS:
    case LogicalTypeId::TIMESTAMP_NS:
      return {{PhysicalType::kInt64, ValueFormat::kTimestamp, 0}, "TIMESTAMP"};
    case LogicalTypeId::VARCHAR: return {{PhysicalType::kText, ValueFormat::kText, 0}, ""};
    case LogicalTypeId::BLOB: return {{PhysicalType::kText, ValueFormat::kBinary, 0}, ""};
    default: return {{PhysicalType::kText, ValueFormat::kText, 0}, "VARCHAR"};
  }
}

/// A value of a row or, of elements, all the values that a row has in its lists.
struct Nested {
  plan::Field field;
  std::string sql;  // of elements: a LIST of `type`
  LogicalType type;
  bool is_of_elements;

  /// `expression`, written for x, of the value or of each element.
  std::string Each(const std::string& expression) const {
    return is_of_elements ? fmt::format("list_transform({}, lambda x: {})", sql,
                                        fmt::format(fmt::runtime(expression), "x"))
                          : fmt::format(fmt::runtime(expression), sql);
  }
  /// The same of an expression that yields lists: the elements of them all.
  std::string EachElement(const std::string& expression) const {
    return is_of_elements ? fmt::format("flatten({})", Each(expression)) : Each(expression);
  }
  /// All elements below, known by the field's name and `suffix`.
  Nested Below(const std::string& suffix, std::string elements,
               const LogicalType& element) const {
    Nested below{
        .field = field, .sql = std::move(elements), .type = element, .is_of_elements = true};
    below.field.name += suffix;
    below.field.type = FieldTypeOf(element);
    below.field.native_type = element.ToString();
    return below;
  }
};

void AddExpressions(const Nested& value, std::vector<ProfileExpression>& expressions) {
  const LogicalType& type = value.type;
  const auto add = [&](std::string sql, KernelType kernel, ColumnMeaning of_row,
                       ColumnMeaning of_elements) {
    expressions.push_back(
        {std::move(sql), {value.field, kernel, value.is_of_elements ? of_elements : of_row}});
  };
  const auto add_lengths = [&](const std::string& expression) {
    add(value.Each(expression), {PhysicalType::kInt64, ValueFormat::kInteger, 0},
        ColumnMeaning::kLengths, ColumnMeaning::kElementLengths);
  };
  switch (type.id()) {
    case LogicalTypeId::ARRAY: {
      const LogicalType list = LogicalType::LIST(duckdb::ArrayType::GetChildType(type));
      Nested as_list = value;
      as_list.sql = value.Each(fmt::format("CAST({{}} AS {})", list.ToString()));
      as_list.type = list;
      return AddExpressions(as_list, expressions);
    }
    case LogicalTypeId::LIST:
      add_lengths("len({})");
      return AddExpressions(
          value.Below("[]", value.EachElement("{}"), duckdb::ListType::GetChildType(type)),
          expressions);
    case LogicalTypeId::MAP:
      add_lengths("CAST(cardinality({}) AS BIGINT)");
      AddExpressions(value.Below(".key[]", value.EachElement("map_keys({})"),
                                 duckdb::MapType::KeyType(type)),
                     expressions);
      return AddExpressions(value.Below(".value[]", value.EachElement("map_values({})"),
                                        duckdb::MapType::ValueType(type)),
                            expressions);
    case LogicalTypeId::STRUCT:
      // Of a struct itself only whether it is there. The members of a row's are fields of their
      // own.
      add(value.Each("CASE WHEN {} IS NOT NULL THEN true END"),
          {PhysicalType::kBool, ValueFormat::kBoolean, 0}, ColumnMeaning::kValues,
          ColumnMeaning::kElements);
      if (!value.is_of_elements) return;
      for (const auto& [member, member_type] : duckdb::StructType::GetChildTypes(type)) {
        const std::string members =
            fmt::format("list_transform({}, lambda x: struct_extract(x, {}))", value.sql,
                        QuoteText(member));
        AddExpressions(value.Below("." + member, members, member_type), expressions);
      }
      return;
    default: {
      const Treatment treatment = TreatmentOf(type);
      add(treatment.cast.empty() ? value.sql
                                 : value.Each(fmt::format("CAST({{}} AS {})", treatment.cast)),
          treatment.kernel, ColumnMeaning::kValues, ColumnMeaning::kElements);
    }
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
      return duckdb::DecimalType::GetScale(type) == 0 ? plan::FieldType::kIntegral
                                                      : plan::FieldType::kFractional;
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

std::vector<ProfileExpression> ProfileExpressionsOf(const plan::Field& field,
                                                    const std::string& sql,
                                                    const LogicalType& type) {
  std::vector<ProfileExpression> expressions;
  AddExpressions({.field = field, .sql = sql, .type = type, .is_of_elements = false},
                 expressions);
  return expressions;
}

}  // namespace assay::engine
