// Functions over text and time whose SQL depends on what is written in their arguments.

#include <fmt/format.h>

#include <algorithm>

#include "plan/dialects/duckdb_printer.h"
#include "plan/functions.h"
#include "plan/like_pattern.h"
#include "plan/time_format.h"

namespace assay::plan::dialects {
namespace {

// LIKE

using Shape = std::vector<LikePiece::Kind>;

Shape ShapeOf(const std::vector<LikePiece>& pieces) {
  Shape shape;
  for (const LikePiece& piece : pieces) shape.push_back(piece.kind);
  return shape;
}

Result<std::string> PrintLike(const Typed& call, const Arguments& arguments) {
  const std::string op = call.function->name == "like" ? "LIKE" : "ILIKE";
  const std::string escape = arguments.size() == 3 ? call.arguments[2].literal.text : "\\";
  if (!IsLiteral(call.arguments[1], LiteralKind::kString)) {
    // A faulty pattern in the data gives null.
    return fmt::format("TRY({} {} {} ESCAPE {})", arguments[0], op, arguments[1],
                       DuckDbString(escape));
  }
  ASSAY_TRY(const std::vector<LikePiece> pieces,
            ParseLikePattern(call.arguments[1].literal.text, escape[0]));
  const bool escapes = std::ranges::any_of(pieces, [](const LikePiece& piece) {
    return piece.text.find_first_of("%_") != std::string::npos;
  });
  const std::string pattern = DuckDbString(
      PrintLikePattern(pieces, escapes ? LikeEscapes::kBackslash : LikeEscapes::kNone));
  if (!escapes) return fmt::format("({} {} {})", arguments[0], op, pattern);
  // Matching with ESCAPE is slow in the engine.
  using enum LikePiece::Kind;
  const Shape shape = ShapeOf(pieces);
  if (op == "LIKE") {
    if (shape == Shape{kText})
      return fmt::format("({} = {})", arguments[0], DuckDbString(pieces[0].text));
    if (shape == Shape{kText, kAnyText})
      return fmt::format("starts_with({}, {})", arguments[0], DuckDbString(pieces[0].text));
    if (shape == Shape{kAnyText, kText})
      return fmt::format("ends_with({}, {})", arguments[0], DuckDbString(pieces[1].text));
    if (shape == Shape{kAnyText, kText, kAnyText})
      return fmt::format("contains({}, {})", arguments[0], DuckDbString(pieces[1].text));
  }
  return fmt::format("({} {} {} ESCAPE '\\')", arguments[0], op, pattern);
}

// Regular expressions

Result<std::string> PrintRegexMatch(const Typed&, const Arguments& arguments) {
  return fmt::format("regexp_matches({}, {})", arguments[0], arguments[1]);
}

/// "$1" becomes "\1", and a backslash before any character that character.
std::string EngineReplacement(const std::string& replacement) {
  std::string result;
  const auto add = [&](char c) {
    result += c == '\\' ? std::string("\\\\") : std::string(1, c);
  };
  for (size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] == '\\' && i + 1 < replacement.size()) {
      add(replacement[++i]);
    } else if (replacement[i] == '$' && i + 1 < replacement.size()) {
      result += '\\';
      result += replacement[++i];
    } else {
      add(replacement[i]);
    }
  }
  return result;
}

Result<std::string> PrintRegexReplace(const Typed& call, const Arguments& arguments) {
  return fmt::format("regexp_replace({}, {}, {}, 'g')", arguments[0], arguments[1],
                     DuckDbString(EngineReplacement(call.arguments[2].literal.text)));
}

Result<std::string> PrintRegexExtract(const Typed&, const Arguments& arguments) {
  return fmt::format("regexp_extract({}, {}, {})", arguments[0], arguments[1],
                     arguments.size() == 3 ? arguments[2] : "1");
}

// Parts of texts

/// A count of characters: negative ones are 0; beyond what the engine takes, its limit.
std::string Count(const Typed& node, const std::string& sql) {
  constexpr const char* kLimit = "4294967295";
  if (IsLiteral(node, LiteralKind::kInteger)) {
    if (sql.starts_with('-')) return "0";
    return sql.size() < 10 ? sql : kLimit;
  }
  return fmt::format("CASE WHEN {0} < 0 THEN 0 WHEN {0} > {1} THEN {1} ELSE {0} END", sql,
                     kLimit);
}

Result<std::string> PrintSide(const Typed& call, const Arguments& arguments) {
  return fmt::format("{}({}, {})", call.function->name, arguments[0],
                     Count(call.arguments[1], arguments[1]));
}

/// Spark's substring from a position counted from the end: a start before the text uses up
/// length.
std::string FromEnd(const std::string& text, const std::string& distance,
                    const std::string& count) {
  if (count.empty()) return fmt::format("right({}, {})", text, distance);
  return fmt::format(
      "left(right({0}, {1}), CASE WHEN {1} <= length({0}) THEN {2} WHEN {2} + length({0}) > "
      "{1} "
      "THEN {2} + length({0}) - {1} WHEN {2} >= 0 THEN 0 END)",
      text, distance, count);
}

Result<std::string> PrintSubstring(const Typed& call, const Arguments& arguments) {
  const std::string& text = arguments[0];
  const std::string& position = arguments[1];
  const std::string count = arguments.size() == 3 ? Count(call.arguments[2], arguments[2]) : "";
  const std::string and_count = count.empty() ? "" : ", " + count;
  if (IsLiteral(call.arguments[1], LiteralKind::kInteger)) {
    if (position == "0") return fmt::format("substring({}, 1{})", text, and_count);
    if (!position.starts_with('-'))
      return fmt::format("substring({}, {}{})", text, Count(call.arguments[1], position),
                         and_count);
    return FromEnd(text, position.substr(1), count);
  }
  return fmt::format(
      "CASE WHEN {1} > 0 THEN substring({0}, least({1}, 4294967295){2}) WHEN {1} = 0 THEN "
      "substring({0}, 1{2}) "
      "ELSE {3} END",
      text, position, and_count,
      FromEnd(text, fmt::format("TRY(- TRY_CAST({} AS BIGINT))", position), count));
}

Result<std::string> PrintLocateFrom(const Typed&, const Arguments& arguments) {
  return FillTemplate(
      "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN coalesce($3, 0) < 1 THEN 0 WHEN $1 = "
      "'' THEN 1 "
      "WHEN instr(substring($2, least($3, 4294967295)), $1) = 0 THEN 0 ELSE "
      "instr(substring($2, least($3, 4294967295)), $1) + $3 - 1 "
      "END",
      arguments);
}

Result<std::string> PrintPad(const Typed& call, const Arguments& arguments) {
  const std::string filler = arguments.size() == 3 ? arguments[2] : "' '";
  const std::string padded =
      fmt::format("{}({}, TRY_CAST({} AS INTEGER), {})", call.function->name, arguments[0],
                  arguments[1], filler);
  // An empty filler fills nothing, but the text is still cut.
  return fmt::format(
      "CASE WHEN {1} <= 0 THEN left({0}, 0) WHEN {2} = '' THEN left({0}, {1}) WHEN {1} <= "
      "65536 THEN {3} END",
      arguments[0], arguments[1], filler, padded);
}

// Times

Result<std::string> PrintTruncateDate(const Typed& call, const Arguments& arguments) {
  const std::string unit = TruncationUnit(call.arguments[1].literal.text).value_or("day");
  return fmt::format("TRY_CAST(TRY(date_trunc('{}', {})) AS DATE)", unit, arguments[0]);
}

Result<std::string> PrintTruncateTime(const Typed& call, const Arguments& arguments) {
  const std::string unit = TruncationUnit(call.arguments[0].literal.text).value_or("day");
  return fmt::format("TRY(date_trunc('{}', {}))", unit, arguments[1]);
}

Result<std::string> Format(const Typed& node) {
  ASSAY_TRY(const std::string format, StrftimeFormat(node.literal.text));
  return DuckDbString(format);
}

Result<std::string> PrintParseTime(const Typed& call, const Arguments& arguments) {
  ASSAY_TRY(const std::string format, Format(call.arguments[1]));
  const std::string time = fmt::format("TRY_STRPTIME({}, {})", arguments[0], format);
  const std::string& function = call.function->name;
  if (function == "to_date") return fmt::format("TRY_CAST({} AS DATE)", time);
  if (function == "to_timestamp") return time;
  return fmt::format("(epoch_us({}) // 1000000)", time);
}

Result<std::string> PrintFormatTime(const Typed& call, const Arguments& arguments) {
  ASSAY_TRY(const std::string format, Format(call.arguments[1]));
  return fmt::format("strftime({}, {})", arguments[0], format);
}

Result<std::string> PrintFromUnix(const Typed& call, const Arguments& arguments) {
  std::string format = "'%Y-%m-%d %H:%M:%S'";
  if (arguments.size() == 2) {
    ASSAY_TRY(format, Format(call.arguments[1]));
  }
  return fmt::format("strftime(TRY(make_timestamp(TRY(TRY_CAST({} AS BIGINT) * 1000000))), {})",
                     arguments[0], format);
}

}  // namespace

OwnCall DuckDbTextCall(std::string_view function) {
  if (function == "like" || function == "ilike") return PrintLike;
  if (function == "rlike") return PrintRegexMatch;
  if (function == "regexp_replace") return PrintRegexReplace;
  if (function == "regexp_extract") return PrintRegexExtract;
  if (function == "left" || function == "right") return PrintSide;
  if (function == "substring") return PrintSubstring;
  if (function == "locate") return PrintLocateFrom;
  if (function == "lpad" || function == "rpad") return PrintPad;
  if (function == "trunc") return PrintTruncateDate;
  if (function == "date_trunc") return PrintTruncateTime;
  if (function == "to_date" || function == "to_timestamp" || function == "unix_timestamp")
    return PrintParseTime;
  if (function == "date_format") return PrintFormatTime;
  if (function == "from_unixtime") return PrintFromUnix;
  return nullptr;
}

}  // namespace assay::plan::dialects
