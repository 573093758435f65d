#include "plan/dialects/duckdb.h"

#include <fmt/format.h>

#include "plan/dialects/duckdb_printer.h"
#include "plan/letter_case.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

/// Digits that DuckDB counts when it reads a decimal: also a zero in front of the point.
size_t DigitCount(const std::string& text) {
  size_t digits = 0;
  for (const char c : text) digits += c >= '0' && c <= '9' ? 1 : 0;
  return digits;
}

constexpr size_t kMaxDigits = 38;

std::string DuckDbField(const Field& field) {
  const std::string stored = DuckDbStored(field);
  const std::string native = LowerAscii(field.native_type);
  const ValueType type = TypeOfField(field);
  const bool has_zone = native == "timestamp with time zone" || native == "timestamptz";
  // The engine's own function: DuckDB's casts round, and do not know time zones.
  if (field.reading == Reading::kTryCast)
    return fmt::format("assay_parse({}, CAST(NULL AS {}))", stored, DuckDbType(type));
  // The UTC time whatever the session's time zone.
  if (field.type == FieldType::kTimestamp && has_zone)
    return fmt::format("make_timestamp(epoch_us({}))", stored);
  const bool other_precision =
      native == "timestamp_s" || native == "timestamp_ms" || native == "timestamp_ns";
  const bool other_text =
      type.kind == Kind::kString && !native.empty() && native != "varchar" && native != "json";
  if (other_precision || other_text)
    return fmt::format("TRY_CAST({} AS {})", stored, DuckDbType(type));
  return stored;
}

class DuckDbDialect final : public SqlDialect {
 public:
  std::string_view name() const override { return "duckdb"; }
  std::string_view title() const override { return "DuckDB"; }
  size_t max_sql_bytes() const override { return size_t{1} << 20; }
  std::string PrintLiteral(const Literal& literal) const override {
    return DuckDbLiteral(literal);
  }
  Result<std::string> PrintField(const Field& field) const override {
    return DuckDbField(field);
  }
  std::string PrintType(ValueType type) const override { return DuckDbType(type); }
  const Templates& templates() const override { return DuckDbTemplates(); }
  OwnCall FindOwn(std::string_view function) const override {
    for (const auto find : {DuckDbLogicCall, DuckDbComparisonCall, DuckDbArithmeticCall,
                            DuckDbCastCall, DuckDbTextCall, DuckDbAggregateCall}) {
      if (const OwnCall print = find(function)) return print;
    }
    return nullptr;
  }

  NanOrder nan_order() const override { return NanOrder::kAboveAll; }
  std::string IsNan(const std::string& number) const override {
    return fmt::format("isnan({})", number);
  }
  std::string Truncated(const std::string& number) const override {
    return fmt::format("trunc({})", number);
  }
  std::string_view whole_division() const override { return "//"; }
  Result<std::string> OverDecimals(const Typed& call, const Arguments& arguments,
                                   std::string_view op) const override {
    return DuckDbOverDecimals(call, arguments, op);
  }
  Result<std::string> OverTime(const Typed& call, const Arguments& arguments,
                               std::string_view op) const override {
    return DuckDbOverTime(call, arguments, op);
  }
  void CompareAsStored(const Typed& value, const Typed& literal, std::string& value_sql,
                       std::string& literal_sql) const override {
    DuckDbCompareAsStored(value, literal, value_sql, literal_sql);
  }
};

}  // namespace

const SqlDialect& DuckDbSql() {
  static const DuckDbDialect dialect;
  return dialect;
}

const Dialect& DuckDb() {
  return DuckDbSql();
}

Result<std::string> DuckDbPrint(const Typed& node) {
  return DuckDbSql().PrintTyped(node);
}

std::string DuckDbString(std::string_view text) {
  return DuckDbSql().QuoteString(text);
}

std::string DuckDbLiteral(const Literal& literal) {
  switch (literal.kind) {
    case LiteralKind::kNull: return "NULL";
    case LiteralKind::kBoolean: return literal.text == "true" ? "TRUE" : "FALSE";
    case LiteralKind::kInteger: return literal.text;
    case LiteralKind::kDecimal:
      if (DigitCount(literal.text) <= kMaxDigits) return literal.text;
      return fmt::format("CAST('{}' AS {})", literal.text, DuckDbType(TypeOfLiteral(literal)));
    case LiteralKind::kDouble:
      if (literal.text.find_first_of("nN") != std::string::npos) {  // NaN and infinities
        return fmt::format("CAST('{}' AS DOUBLE)", literal.text);
      }
      return literal.text.find('e') == std::string::npos ? literal.text + "e0" : literal.text;
    case LiteralKind::kString: return DuckDbString(literal.text);
    case LiteralKind::kDate: return "DATE " + DuckDbString(literal.text);
    case LiteralKind::kTimestamp: return "TIMESTAMP " + DuckDbString(literal.text);
  }
  return "NULL";
}

std::string DuckDbType(ValueType type) {
  switch (type.kind) {
    case Kind::kBoolean: return "BOOLEAN";
    case Kind::kInteger:
      switch (type.precision) {
        case 8: return "TINYINT";
        case 16: return "SMALLINT";
        case 32: return "INTEGER";
        case 64: return "BIGINT";
        default: return "HUGEINT";
      }
    case Kind::kDecimal: return fmt::format("DECIMAL({},{})", type.precision, type.scale);
    case Kind::kDouble: return "DOUBLE";
    case Kind::kString: return "VARCHAR";
    case Kind::kDate: return "DATE";
    case Kind::kTimestamp: return "TIMESTAMP";
    case Kind::kInterval: return "INTERVAL";
    case Kind::kNull:
    case Kind::kOther: return "VARCHAR";
  }
  return "VARCHAR";
}

std::string DuckDbStored(const Field& field) {
  if (field.path.empty()) return DuckDbSql().QuoteIdentifier(field.name);
  std::string sql = DuckDbSql().QuoteIdentifier(field.path.front());
  // As a function, because "a"."b" could also be column b of a table a.
  for (size_t i = 1; i < field.path.size(); ++i) {
    sql = fmt::format("struct_extract({}, {})", sql, DuckDbString(field.path[i]));
  }
  return sql;
}

}  // namespace assay::plan::dialects
