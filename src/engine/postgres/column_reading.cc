#include "engine/postgres/column_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::engine {
namespace {

constexpr int kMostDigits = 38;  // of the engine's decimals
constexpr int kMostBigintDigits = 18;

constexpr std::array<std::string_view, 12> kReadAsTheyAre = {
    "bool", "int2",      "int4",        "int8", "float4", "float8",
    "date", "timestamp", "timestamptz", "uuid", "text",   "varchar"};

bool IsReadAsItIs(std::string_view type) {
  return std::ranges::find(kReadAsTheyAre, type) != kReadAsTheyAre.end();
}

std::string Doubled(const std::string& text, char quote) {
  std::string doubled(1, quote);
  for (const char c : text) {
    if (c == quote) doubled += quote;
    doubled += c;
  }
  return doubled + quote;
}

ColumnReading Numeric(const std::string& value, int modifier) {
  // numeric.c: 4 bytes of header, 16 bits of precision, 11 bits of signed scale.
  const int precision = modifier < 4 ? kMostDigits + 1 : ((modifier - 4) >> 16) & 0xffff;
  const int scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
  const int digits = std::max(precision, scale) - std::min(scale, 0);
  if (modifier < 4 || digits > kMostDigits) return {.sql = value + "::float8"};
  ColumnReading reading{.sql = value + "::text"};
  if (scale > 0) {
    reading.text_of = fmt::format("DECIMAL({},{})", kMostDigits, scale);
    reading.type_of_text = plan::FieldType::kFractional;
  } else {
    reading.text_of = digits <= kMostBigintDigits ? "BIGINT" : "HUGEINT";
    reading.type_of_text = plan::FieldType::kIntegral;
  }
  return reading;
}

/// The engine takes lists of one depth only, while any array of PostgreSQL may have more.
std::string AsOneList(const std::string& array) {
  return fmt::format(
      "CASE WHEN array_ndims({0}) > 1 THEN ARRAY(SELECT unnest({0})) ELSE {0} END", array);
}

}  // namespace

ColumnReading ReadingOf(const PostgresColumn& column) {
  const std::string value = "t." + QuotePostgresName(column.name);
  if (column.type.starts_with('_')) {
    if (IsReadAsItIs(column.element)) return {.sql = AsOneList(value)};
    const char* elements = column.element == "numeric" ? "float8" : "text";
    return {.sql = AsOneList(fmt::format("{}::{}[]", value, elements))};
  }
  // The engine's own conversion makes null of an infinity.
  if (column.type == "timestamptz") return {.sql = value + " AT TIME ZONE 'UTC'"};
  if (IsReadAsItIs(column.type) || column.type == "bytea") return {.sql = value};
  if (column.type == "numeric") return Numeric(value, column.modifier);
  if (column.type == "oid") return {.sql = value + "::int8"};
  return {.sql = value + "::text"};
}

std::string QuotePostgresName(const std::string& name) {
  return Doubled(name, '"');
}

std::string QuotePostgresText(const std::string& text) {
  return Doubled(text, '\'');
}

}  // namespace assay::engine
