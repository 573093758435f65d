#include "plan/dialects/trino.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/dialects/trino_printer.h"
#include "plan/functions.h"
#include "plan/letter_case.h"
#include "plan/portable_pattern.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

std::string Stored(const Field& field) {
  const SqlDialect& dialect = TrinoSql();
  if (field.path.empty()) return dialect.QuoteIdentifier(field.name);
  std::string sql = dialect.QuoteIdentifier(field.path.front());
  // "a"."b" alone could also be column b of a table a.
  if (field.path.size() > 1) sql = fmt::format("coalesce({}, NULL)", sql);
  for (size_t i = 1; i < field.path.size(); ++i)
    sql += "." + dialect.QuoteIdentifier(field.path[i]);
  return sql;
}

std::unexpected<Error> CannotRead(const Field& field) {
  return Fail(ErrorKind::kUnsupported,
              fmt::format("Trino cannot read a field of type {} as {}: '{}'", field.native_type,
                          FieldTypeName(field.type), field.name));
}

/// Whether SQL is more than a column or a literal: has a parenthesis, or a word such as CASE,
/// outside of quotes.
bool Computes(const std::string& sql) {
  char quote = '\0';
  for (const char c : sql) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[') {
      return true;
    }
  }
  return sql.starts_with("CASE ");
}

class TrinoDialect final : public SqlDialect {
 public:
  std::string_view name() const override { return "trino"; }
  std::string_view title() const override { return "Trino"; }
  size_t max_sql_bytes() const override { return size_t{256} << 10; }
  std::string PrintLiteral(const Literal& literal) const override {
    return TrinoLiteral(literal);
  }

  Result<std::string> PrintField(const Field& field) const override {
    const std::string stored = Stored(field);
    const std::string native = LowerAscii(field.native_type);
    if (field.reading == Reading::kTryCast) return CannotRead(field);
    if (field.type == FieldType::kTimestamp && native != "timestamp(6)") {
      const bool has_zone = native.ends_with("with time zone");
      return fmt::format("CAST({}{} AS timestamp(6))", stored,
                         has_zone ? " AT TIME ZONE 'UTC'" : "");
    }
    if (field.type != FieldType::kString || native.empty() || native.starts_with("varchar"))
      return stored;
    if (native.starts_with("char") || native == "uuid" || native == "ipaddress")
      return fmt::format("CAST({} AS varchar)", stored);
    return CannotRead(field);
  }

  std::string PrintType(ValueType type) const override { return TrinoType(type); }
  const Templates& templates() const override { return TrinoTemplates(); }
  OwnCall FindOwn(std::string_view function) const override {
    for (const auto find : {TrinoArithmeticCall, TrinoCastCall, TrinoTextCall, TrinoPatternCall,
                            TrinoTimeCall, TrinoAggregateCall}) {
      if (const OwnCall print = find(function)) return print;
    }
    return nullptr;
  }
  std::string_view Without(std::string_view function) const override {
    return TrinoWithout(function);
  }

  // Trino 476 forgets the value that it looks for when an item of IN computes something, and
  // makes IN of equalities with the same left side: so what is computed is never an item of it.
  std::string PrintEquality(std::string_view comparison, const std::string& a,
                            const std::string& b) const override {
    if (!Computes(b)) return fmt::format("({} {} {})", a, comparison, b);
    if (!Computes(a)) return fmt::format("({} {} {})", b, comparison, a);
    return fmt::format("({}contains(ARRAY[{}], {}))", comparison == "=" ? "" : "NOT ", b, a);
  }
  std::string PrintMembership(const std::string& value, const Arguments& items) const override {
    if (std::ranges::none_of(items, Computes)) return SqlDialect::PrintMembership(value, items);
    return fmt::format("contains(ARRAY[{}], {})", fmt::join(items, ", "), value);
  }
  std::string PrintConstant(const std::string& value, bool outcome) const override {
    return fmt::format("CASE WHEN {} IS NOT NULL THEN {} END", value,
                       outcome ? "TRUE" : "FALSE");
  }

  NanOrder nan_order() const override { return NanOrder::kIeee; }
  std::string IsNan(const std::string& number) const override {
    return fmt::format("is_nan({})", number);
  }
  std::string Truncated(const std::string& number) const override {
    return fmt::format("truncate({})", number);
  }
  std::string_view whole_division() const override { return "/"; }
  Result<std::string> OverDecimals(const Typed& call, const Arguments& arguments,
                                   std::string_view op) const override {
    return TrinoOverDecimals(call, arguments, op);
  }
  Result<std::string> OverTime(const Typed& call, const Arguments& arguments,
                               std::string_view op) const override {
    return TrinoOverTime(call, arguments, op);
  }
};

/// With six digits of a second always, so that every timestamp has one type.
std::string TimestampText(std::string text) {
  constexpr size_t kFractionDigits = 6;
  const size_t point = text.find('.');
  if (point == std::string::npos) text += '.';
  const size_t digits = point == std::string::npos ? 0 : text.size() - point - 1;
  return text.append(digits < kFractionDigits ? kFractionDigits - digits : 0, '0');
}

std::string DoubleText(const std::string& text) {
  if (text == "NaN") return "nan()";
  if (text == "Infinity") return "infinity()";
  if (text == "-Infinity") return "(- infinity())";
  return text.find('e') == std::string::npos ? text + "e0" : text;
}

}  // namespace

const SqlDialect& TrinoSql() {
  static const TrinoDialect dialect;
  return dialect;
}

const Dialect& Trino() {
  return TrinoSql();
}

std::string TrinoString(std::string_view text) {
  return TrinoSql().QuoteString(text);
}

std::string TrinoLiteral(const Literal& literal) {
  switch (literal.kind) {
    case LiteralKind::kNull: return "NULL";
    case LiteralKind::kBoolean: return literal.text == "true" ? "TRUE" : "FALSE";
    case LiteralKind::kInteger:
      if (TypeOfLiteral(literal).precision == 64) return literal.text;
      return fmt::format("DECIMAL '{}'", literal.text);
    case LiteralKind::kDecimal: return fmt::format("DECIMAL '{}'", literal.text);
    case LiteralKind::kDouble: return DoubleText(literal.text);
    case LiteralKind::kString: return TrinoString(literal.text);
    case LiteralKind::kDate: return "DATE " + TrinoString(literal.text);
    case LiteralKind::kTimestamp:
      return "TIMESTAMP " + TrinoString(TimestampText(literal.text));
  }
  return "NULL";
}

std::string TrinoType(ValueType type) {
  switch (type.kind) {
    case Kind::kBoolean: return "boolean";
    case Kind::kInteger:
      switch (type.precision) {
        case 8: return "tinyint";
        case 16: return "smallint";
        case 32: return "integer";
        case 64: return "bigint";
        default: return "decimal(38,0)";
      }
    case Kind::kDecimal: return fmt::format("decimal({},{})", type.precision, type.scale);
    case Kind::kDouble: return "double";
    case Kind::kDate: return "date";
    case Kind::kTimestamp: return "timestamp(6)";
    case Kind::kString:
    case Kind::kInterval:
    case Kind::kNull:
    case Kind::kOther: return "varchar";
  }
  return "varchar";
}

std::string TrinoOnce(const Typed& operand, const std::string& sql,
                      const std::function<std::string(const std::string&)>& body) {
  if (operand.kind != Expression::Kind::kCall) return body(sql);
  return fmt::format("element_at(transform(ARRAY[{}], v -> {}), 1)", sql, body("v"));
}

std::unexpected<Error> TrinoLacks(const Typed& call, std::string_view what) {
  return Lacking(TrinoSql(), fmt::format("{} ({})", call.function->name, what));
}

std::string TrinoPattern(std::string_view pattern) {
  // The tests print all of them: none falls back to what matches nothing.
  return TrinoString(MakePortable(pattern).value_or(PortablePattern{"\\z[^\\n]"}).text);
}

}  // namespace assay::plan::dialects
