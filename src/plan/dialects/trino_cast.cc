// Casts as Spark does them: what does not parse or fit is null.

#include <fmt/format.h>

#include "plan/dialects/text_forms.h"
#include "plan/dialects/trino_printer.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

using Kind = ValueType::Kind;

// Trino would read more: "1d" as a double, zones by name, exponents that take it forever.
constexpr const char* kNumberText =
    R"(^[\t\n\v\f\r ]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[\t\n\v\f\r ]*$)";
constexpr const char* kDecimalText =
    R"(^[\t\n\v\f\r ]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?0*[0-9]{1,4})?)[\t\n\v\f\r ]*$)";
constexpr const char* kNanText = R"(^[\t\n\v\f\r ]*[+-]?[nN][aA][nN][\t\n\v\f\r ]*$)";
constexpr const char* kInfinityText =
    R"(^[\t\n\v\f\r ]*\+?[iI][nN][fF](?:[iI][nN][iI][tT][yY])?[\t\n\v\f\r ]*$)";
constexpr const char* kNegativeInfinityText =
    R"(^[\t\n\v\f\r ]*-[iI][nN][fF](?:[iI][nN][iI][tT][yY])?[\t\n\v\f\r ]*$)";
// Groups: date, hours and minutes, hours to seconds, six digits behind them, offset of the
// zone.
constexpr const char* kTimeText =
    R"(^\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:[T ](?:([0-9]{1,2}:[0-9]{1,2})|)"
    R"(([0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2})(?:\.([0-9]{0,6})[0-9]*)?)"
    R"((?:Z| UTC|([+-][0-9]{2}(?::?[0-9]{2})?))?))?\s*$)";
constexpr int kZoneGroup = 5;

/// A decimal from a double is rounded within the whole numbers that a bigint holds.
constexpr int kMostDigitsOfDouble = 18;

std::string TryCast(const std::string& value, ValueType type) {
  return fmt::format("TRY_CAST({} AS {})", value, TrinoType(type));
}

std::string Extracted(const std::string& text, const char* pattern, int group = 1) {
  return fmt::format("regexp_extract({}, {}, {})", text, TrinoPattern(pattern), group);
}

std::string Matches(const std::string& text, std::string_view pattern) {
  return fmt::format("regexp_like({}, {})", text, TrinoPattern(pattern));
}

std::string TextToBoolean(const std::string& text) {
  return fmt::format(
      "CASE WHEN lower(trim(BOTH ' ' FROM {0})) IN ('t', 'true', 'y', 'yes', '1') THEN TRUE "
      "WHEN lower(trim(BOTH ' ' FROM {0})) IN ('f', 'false', 'n', 'no', '0') THEN FALSE END",
      text);
}

std::string TextToDouble(const std::string& text) {
  return fmt::format(
      "CASE WHEN {1} THEN TRY_CAST({2} AS double) WHEN {3} THEN nan() WHEN {4} THEN infinity() "
      "WHEN {5} THEN (- infinity()) END",
      text, Matches(text, kNumberText), Extracted(text, kNumberText), Matches(text, kNanText),
      Matches(text, kInfinityText), Matches(text, kNegativeInfinityText));
}

/// "+0230" as minutes; 0 for null.
std::string MinutesOfZone(const std::string& zone) {
  return fmt::format(
      "coalesce(CASE WHEN starts_with({0}, '-') THEN -1 ELSE 1 END * "
      "(CAST(substr({0}, 2, 2) AS bigint) * 60 + "
      "coalesce(TRY_CAST(substr(replace({0}, ':'), 4, 2) AS bigint), 0)), 0)",
      zone);
}

std::string TextToTime(const std::string& text) {
  const std::string plain =
      fmt::format("trim(TRAILING '. ' FROM regexp_replace({}, {}, '$1 $2$3.$4'))", text,
                  TrinoPattern(kTimeText));
  // A time without zone is UTC, whatever the session's time zone.
  return fmt::format(
      "CASE WHEN {} THEN TRY(date_add('minute', - {}, CAST({} AS timestamp(6)))) END",
      Matches(text, kTimeText), MinutesOfZone(Extracted(text, kTimeText, kZoneGroup)), plain);
}

std::string TextTo(const std::string& text, ValueType type) {
  switch (type.kind) {
    case Kind::kBoolean: return TextToBoolean(text);
    case Kind::kInteger:
      return fmt::format("coalesce({}, CASE WHEN {} THEN 0 END)",
                         TryCast(Extracted(text, kIntegerText), type),
                         Matches(text, kFractionText));
    case Kind::kDecimal: return TryCast(Extracted(text, kDecimalText), type);
    case Kind::kDouble: return TextToDouble(text);
    case Kind::kDate: return TryCast(Extracted(text, kDateText), type);
    case Kind::kTimestamp: return TextToTime(text);
    default: return text;
  }
}

/// Rounded in binary, half away from zero.
Result<std::string> DoubleToDecimal(const Typed& call, const std::string& number,
                                    ValueType type) {
  if (type.precision > kMostDigitsOfDouble)
    return TrinoLacks(call, "doubles to decimals of more than 18 digits");
  const std::string unit =
      type.scale == 0 ? "1"
                      : "0." + std::string(static_cast<size_t>(type.scale) - 1, '0') + "1";
  return TryCast(
      fmt::format(
          "(CAST(TRY_CAST(round({} * 1e{}) AS bigint) AS decimal(19,0)) * DECIMAL '{}')",
          number, type.scale, unit),
      type);
}

Result<std::string> NumberTo(const Typed& call, const std::string& number, ValueType from,
                             ValueType type) {
  const bool whole = from.kind == Kind::kInteger;
  switch (type.kind) {
    case Kind::kBoolean: return fmt::format("({} <> 0)", number);
    case Kind::kInteger:
      return TryCast(whole ? number : fmt::format("truncate({})", number), type);
    case Kind::kDecimal:
      if (from.kind == Kind::kDouble) return DoubleToDecimal(call, number, type);
      return TryCast(number, type);
    case Kind::kTimestamp:
      if (!whole) return TrinoLacks(call, "fractional numbers to timestamps");
      return TrinoFromSeconds(number);
    case Kind::kString:
      if (from.kind == Kind::kDouble) return TrinoLacks(call, "doubles to text");
      return TryCast(number, type);
    default: return TryCast(number, type);
  }
}

/// Seconds since 1970 as a double, from whole microseconds: to_unixtime is less exact.
std::string FractionalSeconds(const std::string& time) {
  return fmt::format(
      "(CAST({} * 1000000 + CAST(substr(CAST({} AS varchar), -6) AS bigint) AS double) / 1e6)",
      TrinoToSeconds(time), time);
}

Result<std::string> TimestampTo(const Typed& call, const std::string& time, ValueType type) {
  switch (type.kind) {
    case Kind::kInteger: return TryCast(TrinoToSeconds(time), type);
    case Kind::kDouble: return FractionalSeconds(time);
    case Kind::kDecimal: return DoubleToDecimal(call, FractionalSeconds(time), type);
    case Kind::kString:
      // Without the zeros that Trino writes behind the seconds.
      return fmt::format("trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST({} AS varchar)))",
                         time);
    default: return TryCast(time, type);
  }
}

Result<std::string> PrintCast(const Typed& call, const Arguments& arguments) {
  const ValueType from = call.arguments[0].type;
  if (from == call.type) return arguments[0];
  if (from.kind == Kind::kString) {
    return TrinoOnce(call.arguments[0], arguments[0],
                     [&](const std::string& text) { return TextTo(text, call.type); });
  }
  if (from.IsNumber()) return NumberTo(call, arguments[0], from, call.type);
  if (from.kind == Kind::kTimestamp) return TimestampTo(call, arguments[0], call.type);
  return TryCast(arguments[0], call.type);
}

std::string FullMatch(const std::string& text, std::string_view pattern) {
  return Matches(text, fmt::format("^(?:{})$", pattern));
}

std::string TextCanBe(const std::string& text, FieldType type) {
  const auto matches = [&](const char* pattern, ValueType as) {
    return fmt::format("CASE WHEN {0} IS NOT NULL THEN (({1}) IS NOT NULL AND {2}) END", text,
                       TextTo(text, as), FullMatch(text, pattern));
  };
  switch (type) {
    case FieldType::kIntegral: return matches(kIntegerValue, ValueType::Integer());
    case FieldType::kFractional: return matches(kFractionalValue, ValueType::Double());
    case FieldType::kDate: return matches(kDateValue, ValueType::Date());
    case FieldType::kTimestamp: return matches(kTimeValue, ValueType::Timestamp());
    case FieldType::kBoolean:
      return fmt::format("CASE WHEN {} IS NOT NULL THEN (({}) IS NOT NULL) END", text,
                         TextToBoolean(text));
    case FieldType::kString:
    case FieldType::kUnknown: return fmt::format("({0} = {0})", text);
  }
  return "";
}

/// Whether values of a typed field are values of another type too.
std::string TypedCanBe(const std::string& value, ValueType from, FieldType type) {
  const std::string always = fmt::format("CASE WHEN {} IS NOT NULL THEN TRUE END", value);
  const std::string never = fmt::format("CASE WHEN {} IS NOT NULL THEN FALSE END", value);
  if (type == FieldType::kString || type == ToFieldType(from)) return always;
  if (from.IsNumber()) {
    if (type == FieldType::kFractional) return always;
    if (type == FieldType::kBoolean) return fmt::format("({} IN (0, 1))", value);
    // What the widest integer, of 128 bits, holds.
    if (type == FieldType::kIntegral && from.kind == Kind::kDouble)
      return fmt::format("(abs({0}) < 1.7014118346046923e38 AND truncate({0}) = {0})", value);
    if (type == FieldType::kIntegral) return fmt::format("(truncate({0}) = {0})", value);
  }
  if (from.kind == Kind::kDate && type == FieldType::kTimestamp) return always;
  if (from.kind == Kind::kTimestamp && type == FieldType::kDate)
    return fmt::format("(date_trunc('day', {0}) = {0})", value);
  return never;
}

Result<std::string> PrintCanCast(const Typed& call, const Arguments& arguments) {
  const Typed& value = call.arguments[0];
  ASSAY_TRY(const FieldType type, ParseFieldType(call.arguments[1].literal.text));
  if (value.type.kind == Kind::kNull) return std::string("CAST(NULL AS boolean)");
  return TrinoOnce(value, arguments[0], [&](const std::string& sql) {
    return value.type.kind == Kind::kString ? TextCanBe(sql, type)
                                            : TypedCanBe(sql, value.type, type);
  });
}

}  // namespace

OwnCall TrinoCastCall(std::string_view function) {
  if (function == "cast") return PrintCast;
  if (function == "can_cast") return PrintCanCast;
  return nullptr;
}

}  // namespace assay::plan::dialects
