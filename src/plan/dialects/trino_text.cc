// Functions over text whose SQL depends on what is written in their arguments.

#include <fmt/format.h>

#include "plan/dialects/trino_printer.h"
#include "plan/functions.h"

namespace assay::plan::dialects {
namespace {

// A trim without characters takes what Unicode calls a space separator.
constexpr std::string_view kSpaces =
    " \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F"
    "\u205F\u3000";

constexpr std::string_view kMostCharacters = "4294967295";

/// A count of characters between 0 and what no text reaches.
std::string Count(const Typed& node, const std::string& sql) {
  if (!IsLiteral(node, LiteralKind::kInteger))
    return fmt::format("least(greatest({}, 0), {})", sql, kMostCharacters);
  if (sql.starts_with('-')) return "0";
  return sql.size() < kMostCharacters.size() ? sql : std::string(kMostCharacters);
}

Result<std::string> PrintTrim(const Typed& call, const Arguments& arguments) {
  const std::string& name = call.function->name;
  const std::string_view side = name == "trim"    ? "BOTH"
                                : name == "ltrim" ? "LEADING"
                                                  : "TRAILING";
  return fmt::format("trim({} {} FROM {})", side,
                     arguments.size() == 2 ? arguments[1] : TrinoString(kSpaces), arguments[0]);
}

Result<std::string> PrintLeft(const Typed& call, const Arguments& arguments) {
  return fmt::format("substr({}, 1, {})", arguments[0], Count(call.arguments[1], arguments[1]));
}

Result<std::string> PrintRight(const Typed& call, const Arguments& arguments) {
  return fmt::format("substr({0}, greatest(length({0}) - {1} + 1, 1))", arguments[0],
                     Count(call.arguments[1], arguments[1]));
}

/// Where a substring starts: below 1 when that is in front of the text.
std::string StartOf(const std::string& text, const Typed& position,
                    const std::string& position_sql) {
  const std::string from_end = fmt::format("(length({}) + {} + 1)", text, position_sql);
  if (IsLiteral(position, LiteralKind::kInteger)) {
    if (position_sql == "0") return "1";
    return position_sql.starts_with('-') ? from_end : position_sql;
  }
  return fmt::format("CASE WHEN {0} > 0 THEN least({0}, {1}) WHEN {0} = 0 THEN 1 ELSE {2} END",
                     position_sql, kMostCharacters, from_end);
}

/// A start in front of the text uses up length.
Result<std::string> PrintSubstring(const Typed& call, const Arguments& arguments) {
  const std::string& text = arguments[0];
  const Typed& position = call.arguments[1];
  const std::string start = StartOf(text, position, arguments[1]);
  const bool inside =
      IsLiteral(position, LiteralKind::kInteger) && !arguments[1].starts_with('-');
  const std::string first = inside ? start : fmt::format("greatest({}, 1)", start);
  if (arguments.size() == 2) return fmt::format("substr({}, {})", text, first);
  const std::string count = Count(call.arguments[2], arguments[2]);
  if (inside) return fmt::format("substr({}, {}, {})", text, first, count);
  return fmt::format("substr({0}, {1}, greatest({2} + {3} - {1}, 0))", text, first, start,
                     count);
}

Result<std::string> PrintPad(const Typed& call, const Arguments& arguments) {
  const std::string filler = arguments.size() == 3 ? arguments[2] : "' '";
  // An empty filler fills nothing, but the text is still cut.
  return fmt::format(
      "CASE WHEN {1} <= 0 THEN substr({0}, 1, 0) WHEN {2} = '' THEN substr({0}, 1, {1}) WHEN "
      "{1} <= 65536 THEN {3}({0}, {1}, {2}) END",
      arguments[0], arguments[1], filler, call.function->name);
}

Result<std::string> PrintTextIs(const Typed& call, const Arguments& arguments) {
  const std::string& form = call.arguments[1].literal.text;
  if (form != "luhn") return TrinoLacks(call, form);
  return FillTemplate(*TrinoTemplates().Find("luhn_check", 1), arguments);
}

}  // namespace

OwnCall TrinoTextCall(std::string_view function) {
  if (function == "trim" || function == "ltrim" || function == "rtrim") return PrintTrim;
  if (function == "left") return PrintLeft;
  if (function == "right") return PrintRight;
  if (function == "substring") return PrintSubstring;
  if (function == "lpad" || function == "rpad") return PrintPad;
  if (function == "text_is") return PrintTextIs;
  return nullptr;
}

}  // namespace assay::plan::dialects
