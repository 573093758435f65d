// Casts as Spark does them: what does not parse or fit is null.

#include <fmt/format.h>

#include "plan/dialects/duckdb_printer.h"
#include "plan/dialects/text_forms.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

constexpr const char* kTimeText =
    R"(^\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[T ][0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2}(?:\.[0-9]*)?)?)"
    R"( ?(?:Z|UTC|[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?)\s*$)";
constexpr const char* kZoneAtEnd = R"(:.*(Z|UTC|[+-][0-9]{1,2}(:?[0-9]{2})?)\s*$)";

std::string Extracted(const std::string& text, const char* pattern) {
  return fmt::format("regexp_extract({}, '{}', 1)", text, pattern);
}

std::string TryCast(const std::string& value, ValueType type) {
  return fmt::format("TRY_CAST({} AS {})", value, DuckDbType(type));
}

std::string TextTo(const std::string& text, ValueType type) {
  switch (type.kind) {
    case Kind::kBoolean: return TryCast(fmt::format("trim({})", text), type);
    case Kind::kInteger:
      return fmt::format("coalesce({}, CASE WHEN regexp_matches({}, '{}') THEN 0 END)",
                         TryCast(Extracted(text, kIntegerText), type), text, kFractionText);
    case Kind::kDecimal:
    case Kind::kDouble: return TryCast(fmt::format("translate({}, '_xX', '|||')", text), type);
    case Kind::kDate: return TryCast(Extracted(text, kDateText), type);
    case Kind::kTimestamp: {
      const std::string time = Extracted(text, kTimeText);
      // A time without zone is UTC, whatever the session's time zone.
      return fmt::format(
          "CASE WHEN regexp_matches({0}, '{1}') THEN make_timestamp(epoch_us(TRY_CAST({2} AS "
          "TIMESTAMPTZ))) "
          "ELSE TRY_CAST({2} AS TIMESTAMP) END",
          text, kZoneAtEnd, time);
    }
    default: return text;
  }
}

std::string NumberTo(const std::string& number, ValueType from, ValueType type) {
  switch (type.kind) {
    case Kind::kBoolean: return fmt::format("({} <> 0)", number);
    case Kind::kInteger:
      if (from.kind == Kind::kInteger) return TryCast(number, type);
      return TryCast(fmt::format("trunc({})", number), type);
    case Kind::kTimestamp:
      if (from.kind == Kind::kInteger) {
        return fmt::format("TRY(make_timestamp(TRY(TRY_CAST({} AS BIGINT) * 1000000)))",
                           number);
      }
      return fmt::format(
          "TRY(make_timestamp(TRY_CAST(trunc(TRY_CAST({} AS DOUBLE) * 1000000) AS BIGINT)))",
          number);
    case Kind::kString:
      if (from.kind != Kind::kDouble) return TryCast(number, type);
      return fmt::format(
          "CASE WHEN isfinite({0}) THEN CAST({0} AS VARCHAR) WHEN isnan({0}) THEN 'NaN' "
          "WHEN {0} > 0 THEN 'Infinity' WHEN {0} < 0 THEN '-Infinity' END",
          number);
    default: return TryCast(number, type);
  }
}

std::string TimestampTo(const std::string& time, ValueType type) {
  switch (type.kind) {
    case Kind::kInteger:
      return TryCast(fmt::format("epoch(date_trunc('second', {}))", time), type);
    case Kind::kDecimal:
    case Kind::kDouble: return TryCast(fmt::format("epoch({})", time), type);
    default: return TryCast(time, type);
  }
}

Result<std::string> PrintCast(const Typed& call, const Arguments& arguments) {
  const ValueType from = call.arguments[0].type;
  if (from == call.type) return arguments[0];
  if (from.kind == Kind::kString) return TextTo(arguments[0], call.type);
  if (from.IsNumber()) return NumberTo(arguments[0], from, call.type);
  if (from.kind == Kind::kTimestamp) return TimestampTo(arguments[0], call.type);
  return TryCast(arguments[0], call.type);
}

/// `condition` for values that are not null, null for null.
std::string UnlessNull(const std::string& value, const std::string& condition) {
  return fmt::format("CASE WHEN {} IS NOT NULL THEN {} END", value, condition);
}

std::string TextCanBe(const std::string& text, FieldType type) {
  const auto matches = [&](const char* pattern, const char* native) {
    return UnlessNull(
        text,
        fmt::format("(TRY_CAST({0} AS {1}) IS NOT NULL AND regexp_full_match({0}, '{2}'))",
                    text, native, pattern));
  };
  switch (type) {
    case FieldType::kIntegral: return matches(kIntegerValue, "BIGINT");
    case FieldType::kFractional: return matches(kFractionalValue, "DOUBLE");
    case FieldType::kDate: return matches(kDateValue, "DATE");
    case FieldType::kTimestamp: return matches(kTimeValue, "TIMESTAMP");
    case FieldType::kBoolean:
      return UnlessNull(text, fmt::format("(TRY_CAST({} AS BOOLEAN) IS NOT NULL)", text));
    case FieldType::kString:
    case FieldType::kUnknown: return fmt::format("({0} = {0})", text);
  }
  return "";
}

/// Whether values of a typed field are values of another type too.
std::string TypedCanBe(const std::string& value, ValueType from, FieldType type) {
  const std::string always = fmt::format("({0} = {0})", value);
  const std::string never = fmt::format("({0} <> {0})", value);
  if (type == FieldType::kString || type == ToFieldType(from)) return always;
  if (from.IsNumber()) {
    if (type == FieldType::kFractional) return always;
    if (type == FieldType::kBoolean) return fmt::format("({} IN (0, 1))", value);
    if (type == FieldType::kIntegral)
      return UnlessNull(
          value,
          fmt::format("(TRY_CAST({0} AS HUGEINT) IS NOT NULL AND trunc({0}) = {0})", value));
  }
  if (from.kind == Kind::kDate && type == FieldType::kTimestamp) return always;
  if (from.kind == Kind::kTimestamp && type == FieldType::kDate) {
    return fmt::format("({0} = date_trunc('day', {0}))", value);
  }
  return never;
}

Result<std::string> PrintCanCast(const Typed& call, const Arguments& arguments) {
  const Typed& value = call.arguments[0];
  ASSAY_TRY(const FieldType type, ParseFieldType(call.arguments[1].literal.text));
  if (value.type.kind == Kind::kNull) return std::string("CAST(NULL AS BOOLEAN)");
  // What was read from text is judged by the text.
  const bool stored_as_text =
      value.kind == Expression::Kind::kColumn && value.field->reading == Reading::kTryCast;
  if (stored_as_text) return TextCanBe(DuckDbStored(*value.field), type);
  if (value.type.kind == Kind::kString) return TextCanBe(arguments[0], type);
  return TypedCanBe(arguments[0], value.type, type);
}

}  // namespace

OwnCall DuckDbCastCall(std::string_view function) {
  if (function == "cast") return PrintCast;
  if (function == "can_cast") return PrintCanCast;
  return nullptr;
}

}  // namespace assay::plan::dialects
