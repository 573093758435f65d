#include "plan/value_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "plan/letter_case.h"

namespace assay::plan {
namespace {

using Kind = ValueType::Kind;

constexpr int kMaxPrecision = 38;

/// The numbers in "decimal(10, 2)"; nullopt when they are not one or two integers.
std::optional<std::vector<int>> ReadParameters(std::string_view text) {
  std::vector<int> numbers;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0) return std::nullopt;
    numbers.push_back(number);
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return numbers;
    if (!text.starts_with(',') || numbers.size() == 2) return std::nullopt;
    text.remove_prefix(1);
  }
}

Result<ValueType> ParseDecimalType(std::string_view parameters, std::string_view name) {
  const auto numbers = ReadParameters(parameters);
  if (!numbers)
    return Fail(ErrorKind::kInvalidInput, fmt::format("not a decimal type: '{}'", name));
  const int precision = numbers->front();
  const int scale = numbers->size() == 2 ? numbers->back() : 0;
  if (precision < 1 || precision > kMaxPrecision || scale > precision) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("a decimal has 1 to 38 digits and a scale within them: '{}'", name));
  }
  return ValueType::Decimal(precision, scale);
}

const std::map<std::string, ValueType, std::less<>>& SparkTypes() {
  static const std::map<std::string, ValueType, std::less<>> types = {
      {"boolean", ValueType::Boolean()},
      {"tinyint", ValueType::Integer(8)},
      {"byte", ValueType::Integer(8)},
      {"smallint", ValueType::Integer(16)},
      {"short", ValueType::Integer(16)},
      {"int", ValueType::Integer(32)},
      {"integer", ValueType::Integer(32)},
      {"bigint", ValueType::Integer(64)},
      {"long", ValueType::Integer(64)},
      {"float", ValueType::Double()},
      {"real", ValueType::Double()},
      {"double", ValueType::Double()},
      {"string", ValueType::String()},
      {"decimal", ValueType::Decimal(10, 0)},
      {"dec", ValueType::Decimal(10, 0)},
      {"numeric", ValueType::Decimal(10, 0)},
      {"date", ValueType::Date()},
      {"timestamp", ValueType::Timestamp()},
      {"timestamp_ntz", ValueType::Timestamp()},
      {"timestamp_ltz", ValueType::Timestamp()},
  };
  return types;
}

const std::map<std::string, ValueType, std::less<>>& NativeTypes() {
  static const std::map<std::string, ValueType, std::less<>> types = {
      {"boolean", ValueType::Boolean()},
      {"tinyint", ValueType::Integer(8)},
      {"utinyint", ValueType::Integer(16)},
      {"smallint", ValueType::Integer(16)},
      {"usmallint", ValueType::Integer(32)},
      {"integer", ValueType::Integer(32)},
      {"uinteger", ValueType::Integer(64)},
      {"bigint", ValueType::Integer(64)},
      {"ubigint", ValueType::Integer(128)},
      {"hugeint", ValueType::Integer(128)},
      {"float", ValueType::Double()},
      {"double", ValueType::Double()},
      {"varchar", ValueType::String()},
      {"date", ValueType::Date()},
      {"timestamp", ValueType::Timestamp()},
      {"timestamp_s", ValueType::Timestamp()},
      {"timestamp_ms", ValueType::Timestamp()},
      {"timestamp_ns", ValueType::Timestamp()},
      {"timestamp with time zone", ValueType::Timestamp()},
  };
  return types;
}

/// Digits of the largest magnitude of an integer type, as Spark counts them.
int IntegerDigits(int bits) {
  switch (bits) {
    case 8: return 3;
    case 16: return 5;
    case 32: return 10;
    case 64: return 20;
    default: return kMaxPrecision;
  }
}

}  // namespace

FieldType ToFieldType(ValueType type) {
  switch (type.kind) {
    case Kind::kBoolean: return FieldType::kBoolean;
    case Kind::kInteger: return FieldType::kIntegral;
    case Kind::kDecimal:
    case Kind::kDouble: return FieldType::kFractional;
    case Kind::kString: return FieldType::kString;
    case Kind::kDate: return FieldType::kDate;
    case Kind::kTimestamp: return FieldType::kTimestamp;
    case Kind::kNull:
    case Kind::kInterval:
    case Kind::kOther: return FieldType::kUnknown;
  }
  return FieldType::kUnknown;
}

std::string TypeName(ValueType type) {
  switch (type.kind) {
    case Kind::kNull: return "null";
    case Kind::kBoolean: return "boolean";
    case Kind::kInteger:
      switch (type.precision) {
        case 8: return "tinyint";
        case 16: return "smallint";
        case 32: return "int";
        default: return "bigint";
      }
    case Kind::kDecimal: return fmt::format("decimal({},{})", type.precision, type.scale);
    case Kind::kDouble: return "double";
    case Kind::kString: return "string";
    case Kind::kDate: return "date";
    case Kind::kTimestamp: return "timestamp";
    case Kind::kInterval: return "interval";
    case Kind::kOther: return "nested or binary";
  }
  return "null";
}

Result<ValueType> ParseTypeName(std::string_view name) {
  const std::string lower = LowerAscii(name);
  if (const auto found = SparkTypes().find(lower); found != SparkTypes().end())
    return found->second;
  const size_t open = lower.find('(');
  const std::string base = lower.substr(0, open);
  if (open != std::string::npos && lower.ends_with(')')) {
    const std::string_view parameters =
        std::string_view(lower).substr(open + 1, lower.size() - open - 2);
    if (base == "decimal" || base == "dec" || base == "numeric")
      return ParseDecimalType(parameters, name);
    // Spark treats both as string when casting.
    if ((base == "varchar" || base == "char") && ReadParameters(parameters))
      return ValueType::String();
  }
  for (const std::string_view nested :
       {"binary", "array", "map", "struct", "interval", "variant"}) {
    if (lower.starts_with(nested)) {
      return Fail(ErrorKind::kUnsupported,
                  fmt::format("casts to this type are not supported: '{}'", name));
    }
  }
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("not a type (int, bigint, double, decimal(p,s), boolean, string, "
                          "date, timestamp): '{}'",
                          name));
}

ValueType TypeOfField(const Field& field) {
  const std::string native = LowerAscii(field.native_type);
  if (const auto found = NativeTypes().find(native); found != NativeTypes().end()) {
    // A field read from text states its logical type; the native one is then that of the
    // storage.
    if (ToFieldType(found->second) == field.type) return found->second;
  } else if (native.starts_with("decimal(") && native.ends_with(')') &&
             field.type == FieldType::kFractional) {
    const auto type =
        ParseDecimalType(std::string_view(native).substr(8, native.size() - 9), native);
    if (type) return *type;
  } else if (native.starts_with("enum") && field.type == FieldType::kString) {
    return ValueType::String();
  }
  switch (field.type) {
    case FieldType::kUnknown: return ValueType::Other();
    case FieldType::kIntegral: {
      // Decimals without fraction count as Integral.
      const auto type =
          native.starts_with("decimal(")
              ? ParseDecimalType(std::string_view(native).substr(8, native.size() - 9), native)
              : Result<ValueType>(ValueType::Integer());
      return type.value_or(ValueType::Integer());
    }
    case FieldType::kFractional: return ValueType::Double();
    case FieldType::kBoolean: return ValueType::Boolean();
    case FieldType::kString: return ValueType::String();
    case FieldType::kDate: return ValueType::Date();
    case FieldType::kTimestamp: return ValueType::Timestamp();
  }
  return ValueType::Other();
}

ValueType TypeOfLiteral(const Literal& literal) {
  switch (literal.kind) {
    case LiteralKind::kNull: return ValueType::Null();
    case LiteralKind::kBoolean: return ValueType::Boolean();
    case LiteralKind::kInteger: {
      const bool fits = !Less(literal, Literal::Integer(INT64_MIN)) &&
                        !Less(Literal::Integer(INT64_MAX), literal);
      return ValueType::Integer(fits ? 64 : 128);
    }
    case LiteralKind::kDecimal: {
      const size_t point = literal.text.find('.');
      const size_t scale = point == std::string::npos ? 0 : literal.text.size() - point - 1;
      const size_t sign = literal.text.starts_with('-') ? 1 : 0;
      const size_t whole = (point == std::string::npos ? literal.text.size() : point) - sign;
      const bool below_one = whole == 1 && literal.text[sign] == '0';
      const size_t digits = std::max<size_t>(1, (below_one ? 0 : whole) + scale);
      return ValueType::Decimal(static_cast<int>(digits), static_cast<int>(scale));
    }
    case LiteralKind::kDouble: return ValueType::Double();
    case LiteralKind::kString: return ValueType::String();
    case LiteralKind::kDate: return ValueType::Date();
    case LiteralKind::kTimestamp: return ValueType::Timestamp();
  }
  return ValueType::Null();
}

ValueType AsDecimal(ValueType type) {
  return type.kind == Kind::kInteger ? ValueType::Decimal(IntegerDigits(type.precision), 0)
                                     : type;
}

ValueType BoundedDecimal(int precision, int scale) {
  if (precision <= kMaxPrecision) return ValueType::Decimal(precision, scale);
  const int whole = precision - scale;
  return ValueType::Decimal(kMaxPrecision, std::max(kMaxPrecision - whole, std::min(scale, 6)));
}

}  // namespace assay::plan
