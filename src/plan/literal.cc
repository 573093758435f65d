#include "plan/literal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/number_text.h"

namespace assay::plan {
namespace {

/// What DECIMAL holds in Spark and in the engines.
constexpr size_t kMaxDigits = 38;

bool IsNumber(const Literal& literal) {
  return literal.kind == LiteralKind::kInteger || literal.kind == LiteralKind::kDecimal ||
         literal.kind == LiteralKind::kDouble;
}

bool IsDateOrTime(const Literal& literal) {
  return literal.kind == LiteralKind::kDate || literal.kind == LiteralKind::kTimestamp;
}

/// Infinities as -1 or 1 beyond all digits.
int InfinitySign(const Literal& number) {
  if (number.text == "Infinity") return 1;
  return number.text == "-Infinity" ? -1 : 0;
}

DecimalDigits DigitsOf(const Literal& number) {
  if (number.kind == LiteralKind::kDouble) {
    return ExactDigits(ReadDouble(number.text).value_or(0));
  }
  return ReadDecimal(number.text).value_or(DecimalDigits{});
}

std::partial_ordering CompareNumbers(const Literal& a, const Literal& b) {
  if (a.text == "NaN" || b.text == "NaN") return std::partial_ordering::unordered;
  const int a_infinity = InfinitySign(a);
  const int b_infinity = InfinitySign(b);
  if (a_infinity != 0 || b_infinity != 0) return a_infinity <=> b_infinity;
  return DigitsOf(a) <=> DigitsOf(b);
}

std::string WithTimeOfDay(const Literal& literal) {
  return literal.kind == LiteralKind::kDate ? literal.text + " 00:00:00" : literal.text;
}

/// The decimal of a double's shortest text when that has few enough digits, as users mean it
/// when they write 12.5 or 1e20 in JSON; else the double.
Literal FromDouble(double value) {
  const std::string text = ShortestText(value);
  const size_t mark = text.find('e');
  if (mark == std::string::npos) return Literal::Number(text).value_or(Literal::Double(value));
  const DecimalDigits mantissa = *ReadDecimal(text.substr(0, mark));
  const int exponent = std::atoi(text.c_str() + mark + 1);
  std::string digits = mantissa.whole + mantissa.fraction;
  if (exponent < 0) {
    digits = "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
  } else if (const size_t whole = 1 + static_cast<size_t>(exponent); digits.size() > whole) {
    digits.insert(whole, ".");
  } else {
    digits.append(whole - digits.size(), '0');
  }
  if (mantissa.negative) digits.insert(0, "-");
  return Literal::Number(digits).value_or(Literal::Double(value));
}

Result<Literal> NumberFromJson(const Json& json) {
  if (json.is_number_float()) return FromDouble(json.get<double>());
  if (json.is_number()) return Literal::Number(json.dump());
  if (json.is_string()) {
    const auto text = json.get<std::string>();
    if (text == "NaN" || InfinitySign({LiteralKind::kString, text}) != 0) {
      return Literal{LiteralKind::kDouble, text};
    }
    return Literal::Number(text);
  }
  return Fail(ErrorKind::kInvalidInput, "must be a number");
}

}  // namespace

Literal Literal::Double(double value) {
  return {LiteralKind::kDouble, ShortestText(value)};
}

Literal Literal::Time(Timestamp time) {
  std::string text = FormatTimestamp(time);
  text.pop_back();
  text[text.find('T')] = ' ';
  return {LiteralKind::kTimestamp, std::move(text)};
}

Result<Literal> Literal::Number(std::string_view text) {
  if (const auto digits = ReadDecimal(text)) {
    const size_t point = text.find('.');
    const size_t scale = point == std::string_view::npos ? 0 : text.size() - point - 1;
    if (digits->whole.size() + scale > kMaxDigits) {
      return Fail(
          ErrorKind::kInvalidInput,
          fmt::format("more than {} digits, the most a decimal holds: '{}'", kMaxDigits, text));
    }
    std::string canonical = digits->negative ? "-" : "";
    canonical += digits->whole.empty() ? "0" : digits->whole;
    if (scale > 0) fmt::format_to(std::back_inserter(canonical), ".{}", text.substr(point + 1));
    return Literal{
        point == std::string_view::npos ? LiteralKind::kInteger : LiteralKind::kDecimal,
        std::move(canonical)};
  }
  if (const auto value = ReadDouble(text); value && std::isfinite(*value))
    return Double(*value);
  return Fail(ErrorKind::kInvalidInput, fmt::format("not a number: '{}'", text));
}

Result<Literal> Literal::DateOrTime(std::string_view text) {
  ASSAY_TRY(const Timestamp time, ParseTimestamp(text));
  const bool is_date = text.size() == std::string_view("2026-01-31").size();
  return is_date ? Literal{LiteralKind::kDate, std::string(text)} : Time(time);
}

Result<Literal> Literal::FromJson(const Json& json, FieldType type) {
  if (json.is_null()) return Null();
  switch (type) {
    case FieldType::kIntegral:
    case FieldType::kFractional: return NumberFromJson(json);
    case FieldType::kBoolean:
      if (json.is_boolean()) return Boolean(json.get<bool>());
      if (json == "true" || json == "false") return Boolean(json == "true");
      return Fail(ErrorKind::kInvalidInput, "must be true or false");
    case FieldType::kString:
      if (json.is_string()) return String(json.get<std::string>());
      return Fail(ErrorKind::kInvalidInput, "must be a text");
    case FieldType::kDate:
    case FieldType::kTimestamp:
      if (json.is_string()) return DateOrTime(json.get<std::string>());
      return Fail(ErrorKind::kInvalidInput,
                  "must be a date or time such as \"2026-01-31\" or \"2026-01-31T08:30:00Z\"");
    case FieldType::kUnknown: return JsonCodec<Literal>::Parse(json);
  }
  return Fail(ErrorKind::kInternal, "no such field type");
}

Json Literal::ToJson() const {
  switch (kind) {
    case LiteralKind::kNull: return nullptr;
    case LiteralKind::kBoolean: return text == "true";
    case LiteralKind::kInteger: {
      const Literal number{LiteralKind::kInteger, text};
      const bool fits = !Less(number, Integer(INT64_MIN)) && !Less(Integer(INT64_MAX), number);
      return fits ? Json(std::stoll(text)) : Json(text);
    }
    case LiteralKind::kDecimal: {
      // A JSON number when reading it back gives the same decimal.
      const double nearest = ReadDouble(text).value_or(0);
      return Compare(FromDouble(nearest), *this) == 0 ? Json(nearest) : Json(text);
    }
    case LiteralKind::kDouble: {
      const double value = ReadDouble(text).value_or(0);
      return std::isfinite(value) ? Json(value) : Json(text);
    }
    case LiteralKind::kString:
    case LiteralKind::kDate: return text;
    case LiteralKind::kTimestamp: {
      std::string iso = text + "Z";
      std::ranges::replace(iso, ' ', 'T');
      return iso;
    }
  }
  return nullptr;
}

std::partial_ordering Compare(const Literal& a, const Literal& b) {
  if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b);
  // Canonical times have the same width up to the fraction, so that bytes order them.
  if (IsDateOrTime(a) && IsDateOrTime(b)) return WithTimeOfDay(a) <=> WithTimeOfDay(b);
  const bool comparable =
      a.kind == b.kind && (a.kind == LiteralKind::kString || a.kind == LiteralKind::kBoolean);
  return comparable ? std::partial_ordering(a.text <=> b.text)
                    : std::partial_ordering::unordered;
}

}  // namespace assay::plan

namespace assay {

Result<plan::Literal> JsonCodec<plan::Literal>::Parse(const Json& json) {
  if (json.is_null()) return plan::Literal::Null();
  if (json.is_boolean()) return plan::Literal::Boolean(json.get<bool>());
  if (json.is_string()) return plan::Literal::String(json.get<std::string>());
  if (json.is_number()) return plan::Literal::FromJson(json, plan::FieldType::kFractional);
  return Fail(ErrorKind::kInvalidInput, "must be a number, a text, true or false");
}

}  // namespace assay
