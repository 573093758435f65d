// Constant values in plans, kept exact.

#pragma once

#include <compare>
#include <string>

#include "base/fields.h"
#include "base/result.h"
#include "plan/schema.h"

namespace assay::plan {

enum class LiteralKind {
  kNull,
  kBoolean,
  kInteger,
  kDecimal,
  kDouble,
  kString,
  kDate,
  kTimestamp
};

/// A constant. The text is canonical and exact, so that no integer or decimal passes through a
/// double: "true", "-42", "12.50", "1e300", "NaN", the string itself, "2026-01-31",
/// "2026-01-31 08:30:00.000001" (UTC).
struct Literal {
  LiteralKind kind = LiteralKind::kNull;
  std::string text;

  static Literal Null() { return {}; }
  static Literal Boolean(bool value) {
    return {LiteralKind::kBoolean, value ? "true" : "false"};
  }
  static Literal Integer(int64_t value) {
    return {LiteralKind::kInteger, std::to_string(value)};
  }
  static Literal Double(double value);
  static Literal String(std::string text) { return {LiteralKind::kString, std::move(text)}; }
  static Literal Time(Timestamp time);

  /// A number from its text: an integer, a decimal ("12.50") or, with an exponent, a double.
  static Result<Literal> Number(std::string_view text);
  /// "2026-01-31", or a time with 'T' or space; an offset is converted to UTC.
  static Result<Literal> DateOrTime(std::string_view text);

  /// The literal for a JSON property given for a field of `type`: for Date and Timestamp fields
  /// a text is read as a time. kInvalidInput when the value cannot be compared with that type.
  static Result<Literal> FromJson(const Json& json, FieldType type);
  Json ToJson() const;

  friend bool operator==(const Literal&, const Literal&) = default;
};

/// Order of two numbers (exact, whatever their kinds), two texts (bytewise), two dates or
/// times. unordered when they cannot be compared, or one is NaN or null.
std::partial_ordering Compare(const Literal& a, const Literal& b);
inline bool Less(const Literal& a, const Literal& b) {
  return Compare(a, b) < 0;
}

}  // namespace assay::plan

namespace assay {

/// In rule properties: numbers, texts, booleans; times stay texts until compared with a field.
template <>
struct JsonCodec<plan::Literal> {
  static Result<plan::Literal> Parse(const Json& json);
  static Json Print(const plan::Literal& value) { return value.ToJson(); }
  static Json Schema() { return Json::object(); }
};

}  // namespace assay
