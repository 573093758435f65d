#include "plan/dialects/duckdb.h"

#include <fmt/format.h>

#include "plan/coercion.h"
#include "plan/dialects/duckdb_printer.h"
#include "plan/letter_case.h"
#include "plan/number_text.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

class DuckDbDialect final : public Dialect {
 public:
  std::string_view name() const override { return "duckdb"; }
  std::string QuoteIdentifier(std::string_view identifier) const override {
    return DuckDbIdentifier(identifier);
  }
  std::string QuoteString(std::string_view text) const override { return DuckDbString(text); }
  std::string PrintLiteral(const Literal& literal) const override {
    return DuckDbLiteral(literal);
  }
  std::string PrintField(const Field& field) const override { return DuckDbField(field); }

  Result<std::string> Print(const Expression& expression, const Schema& schema) const override {
    ASSAY_TRY(const Typed typed, Analyze(expression, schema));
    return DuckDbPrint(typed);
  }

  Result<Comparable> PrintComparable(const Expression& a, const Schema& schema_of_a,
                                     const Expression& b,
                                     const Schema& schema_of_b) const override {
    ASSAY_TRY(Typed typed_a, Analyze(a, schema_of_a));
    ASSAY_TRY(Typed typed_b, Analyze(b, schema_of_b));
    ASSAY_RETURN_IF_ERROR(MakeComparable(typed_a, typed_b));
    Comparable printed;
    ASSAY_TRY(printed.a, DuckDbPrint(typed_a));
    ASSAY_TRY(printed.b, DuckDbPrint(typed_b));
    return printed;
  }
};

std::string Doubled(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result + quote;
}

/// Digits that DuckDB counts when it reads a decimal: also a zero in front of the point.
size_t DigitCount(const std::string& text) {
  size_t digits = 0;
  for (const char c : text) digits += c >= '0' && c <= '9' ? 1 : 0;
  return digits;
}

constexpr size_t kMaxDigits = 38;

}  // namespace

const Dialect& DuckDb() {
  static const DuckDbDialect dialect;
  return dialect;
}

std::string DuckDbIdentifier(std::string_view identifier) {
  return Doubled(identifier, '"');
}

std::string DuckDbString(std::string_view text) {
  // A query cannot hold NUL.
  const size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return Doubled(text, '\'');
  std::string result = "(";
  size_t start = 0;
  for (size_t at = nul; at != std::string_view::npos; at = text.find('\0', start)) {
    result += Doubled(text.substr(start, at - start), '\'') + " || chr(0) || ";
    start = at + 1;
  }
  return result + Doubled(text.substr(start), '\'') + ")";
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
  if (field.path.empty()) return DuckDbIdentifier(field.name);
  std::string sql = DuckDbIdentifier(field.path.front());
  // As a function, because "a"."b" could also be column b of a table a.
  for (size_t i = 1; i < field.path.size(); ++i) {
    sql = fmt::format("struct_extract({}, {})", sql, DuckDbString(field.path[i]));
  }
  return sql;
}

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

}  // namespace assay::plan::dialects
