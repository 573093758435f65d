// Literals, names, placeholders and parentheses.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "plan/letter_case.h"
#include "plan/number_text.h"
#include "plan/syntax.h"
#include "plan/value_type.h"

namespace assay::plan {
namespace {

/// Months, days and microseconds of one unit of an interval.
struct IntervalUnit {
  std::string_view name;
  int64_t months;
  int64_t days;
  int64_t microseconds;
};

constexpr std::array<IntervalUnit, 9> kUnits = {{
    {"year", 12, 0, 0},
    {"month", 1, 0, 0},
    {"week", 0, 7, 0},
    {"day", 0, 1, 0},
    {"hour", 0, 0, 3'600'000'000},
    {"minute", 0, 0, 60'000'000},
    {"second", 0, 0, 1'000'000},
    {"millisecond", 0, 0, 1'000},
    {"microsecond", 0, 0, 1},
}};

const IntervalUnit* FindUnit(std::string_view word) {
  std::string name = LowerAscii(word);
  if (name.ends_with('s')) name.pop_back();
  const auto* found = std::ranges::find(kUnits, name, &IntervalUnit::name);
  return found == kUnits.end() ? nullptr : found;
}

/// Removes the letters behind a number: "5L" leaves "L" as suffix.
std::string_view CutSuffix(std::string_view& number) {
  const bool exponent_only = number.find_first_of("eE") != std::string_view::npos;
  size_t end = number.size();
  while (end > 0 && !(number[end - 1] >= '0' && number[end - 1] <= '9') &&
         number[end - 1] != '.')
    --end;
  const std::string_view suffix = number.substr(end);
  number = number.substr(0, end);
  // "1e" has no exponent: the e is then part of the suffix, which no suffix is.
  return exponent_only && suffix.empty() ? std::string_view() : suffix;
}

constexpr std::array<std::string_view, 16> kReserved = {
    "AND", "OR",   "NOT",   "WHEN", "THEN",    "ELSE", "END",  "IN",
    "IS",  "LIKE", "ILIKE", "FROM", "BETWEEN", "AS",   "OVER", "SELECT"};

}  // namespace

Result<Expression> Syntax::Primary() {
  const Token& token = Peek();
  switch (token.kind) {
    case TokenKind::kNumber: return Number(false);
    case TokenKind::kString: {
      std::string text = Take().text;
      // Neighbours join, as in Spark.
      while (Peek().kind == TokenKind::kString) text += Take().text;
      return Expression::Constant(Literal::String(std::move(text)));
    }
    case TokenKind::kPlaceholder: return Placeholder();
    case TokenKind::kQuotedWord: return Name();
    case TokenKind::kWord: return WordPrimary();
    case TokenKind::kSymbol:
      if (TakeSymbol("(")) {
        ASSAY_TRY(Expression inner, Or());
        if (IsSymbol(",")) {
          return Refuse(ErrorKind::kUnsupported, Peek(),
                        "rows of several values in parentheses are not supported");
        }
        ASSAY_RETURN_IF_ERROR(Expect(")"));
        return inner;
      }
      return Expected("a value");
    case TokenKind::kEnd: return Expected("a value");
  }
  return Expected("a value");
}

Result<Expression> Syntax::WordPrimary() {
  if (IsSymbol("(", 1)) return FunctionCall();
  if (IsWord("CASE")) return Case();
  if (TakeWord("NULL")) return Expression::Constant(Literal::Null());
  if (TakeWord("TRUE")) return Expression::Constant(Literal::Boolean(true));
  if (TakeWord("FALSE")) return Expression::Constant(Literal::Boolean(false));
  if (Peek(1).kind == TokenKind::kString) {
    if (IsWord("DATE")) return TypedText(LiteralKind::kDate);
    if (IsWord("TIMESTAMP") || IsWord("TIMESTAMP_NTZ") || IsWord("TIMESTAMP_LTZ")) {
      return TypedText(LiteralKind::kTimestamp);
    }
    if (IsWord("X")) {
      return Refuse(ErrorKind::kUnsupported, Peek(), "binary literals are not supported");
    }
  }
  if (IsWord("INTERVAL") && !IsSymbol(".", 1) &&
      (Peek(1).kind != TokenKind::kSymbol || IsSymbol("-", 1)) &&
      (Peek(1).kind == TokenKind::kNumber || Peek(1).kind == TokenKind::kString ||
       Peek(2).kind == TokenKind::kNumber)) {
    return Interval(false);
  }
  for (const char* function : {"current_date", "current_timestamp"}) {
    if (IsWord(function) && !IsSymbol(".", 1)) {
      Take();
      return Call(function, {});
    }
  }
  for (const std::string_view reserved : kReserved) {
    if (IsWord(reserved)) return Expected("a value");
  }
  return Name();
}

Result<Expression> Syntax::TypedText(LiteralKind kind) {
  Take();
  const Token text = Take();
  const char* type = kind == LiteralKind::kDate ? "DATE" : "TIMESTAMP";
  auto literal = Literal::DateOrTime(text.text);
  if (literal && literal->kind == LiteralKind::kDate && kind == LiteralKind::kTimestamp) {
    literal = Literal{kind, literal->text + " 00:00:00"};
  }
  if (literal && literal->kind == kind) return Expression::Constant(*std::move(literal));
  return Refuse(ErrorKind::kInvalidInput, text,
                fmt::format("not a {} (2026-01-31{}): '{}'", type,
                            kind == LiteralKind::kDate ? "" : " 08:30:00", text.text));
}

Result<Expression> Syntax::Number(bool negative) {
  const Token token = Take();
  std::string_view digits = token.text;
  const std::string suffix = LowerAscii(CutSuffix(digits));
  const std::string text = (negative ? "-" : "") + std::string(digits);
  const auto refused = [&] {
    return Refuse(ErrorKind::kInvalidInput, token,
                  fmt::format("not a number: '{}'", token.text));
  };
  const bool whole = digits.find_first_of(".eE") == std::string_view::npos;
  if (suffix == "d" || suffix == "f") {
    const auto value = ReadDouble(text);
    if (!value) return refused();
    return Expression::Constant(Literal::Double(
        suffix == "d" ? *value : static_cast<double>(static_cast<float>(*value))));
  }
  const bool integer_suffix = suffix == "l" || suffix == "s" || suffix == "y";
  if (!suffix.empty() && suffix != "bd" && !(integer_suffix && whole)) return refused();
  auto literal = Literal::Number(text);
  if (!literal) return Refuse(ErrorKind::kInvalidInput, token, literal.error().message);
  if (suffix == "bd" && literal->kind == LiteralKind::kDouble) return refused();
  if (suffix == "bd") literal->kind = LiteralKind::kDecimal;
  if (!whole && literal->kind == LiteralKind::kInteger) literal->kind = LiteralKind::kDecimal;
  return Expression::Constant(*std::move(literal));
}

Result<Expression> Syntax::Interval(bool negative) {
  const Token start = Take();
  int64_t parts[3] = {0, 0, 0};
  // Text such as '7 days' holds the units itself.
  const bool all_in_text =
      Peek().kind == TokenKind::kString && Peek().text.find(' ') != std::string::npos;
  std::vector<Token> tokens;
  if (all_in_text) {
    ASSAY_TRY(tokens, Tokenize(Take().text));
  }
  size_t at = 0;
  const auto peek = [&]() -> const Token& { return all_in_text ? tokens[at] : Peek(); };
  const auto take = [&] { all_in_text ? static_cast<void>(++at) : static_cast<void>(Take()); };
  int units = 0;
  while (peek().kind == TokenKind::kNumber || peek().kind == TokenKind::kString ||
         (peek().kind == TokenKind::kSymbol && peek().text == "-" &&
          (units == 0 || all_in_text))) {
    bool minus = negative;
    if (peek().kind == TokenKind::kSymbol) {
      minus = !minus;
      take();
    }
    const auto literal = Literal::Number(peek().text);
    if (!literal || literal->kind != LiteralKind::kInteger || literal->text.size() > 9) {
      return Refuse(ErrorKind::kInvalidInput, start,
                    fmt::format("an interval needs an integer of at most 9 digits, found '{}'",
                                peek().text));
    }
    const int64_t count = (minus ? -1 : 1) * std::stoll(literal->text);
    take();
    const IntervalUnit* unit =
        peek().kind == TokenKind::kWord ? FindUnit(peek().text) : nullptr;
    if (unit == nullptr) {
      return Refuse(ErrorKind::kInvalidInput, start,
                    fmt::format("expected a unit of time (year, month, week, day, hour, "
                                "minute, second), found '{}'",
                                peek().text));
    }
    take();
    const int64_t steps[3] = {unit->months, unit->days, unit->microseconds};
    for (size_t i = 0; i < 3; ++i) parts[i] += count * steps[i];
    // What the engines hold: 32 bits of months and days, 64 of microseconds; no sum overflows
    // here.
    if (std::abs(parts[0]) > INT32_MAX || std::abs(parts[1]) > INT32_MAX ||
        std::abs(parts[2]) > INT64_MAX / 2) {
      return Refuse(ErrorKind::kInvalidInput, start, "the interval is too long");
    }
    ++units;
  }
  if (units == 0 || (all_in_text && peek().kind != TokenKind::kEnd)) {
    return Refuse(ErrorKind::kInvalidInput, start,
                  "an interval is a count and a unit: INTERVAL 7 DAYS");
  }
  if (IsWord("TO"))
    return Refuse(ErrorKind::kUnsupported, Peek(),
                  "intervals from unit to unit are not supported");
  std::vector<Expression> arguments;
  for (const int64_t part : parts)
    arguments.push_back(Expression::Constant(Literal::Integer(part)));
  return Call("interval", std::move(arguments));
}

Result<Expression> Syntax::Placeholder() {
  const Token token = Take();
  const auto found = variables_.find(token.text);
  if (found == variables_.end()) {
    return Refuse(ErrorKind::kInvalidInput, token,
                  fmt::format("no value is given for the variable '{}'", token.text));
  }
  const auto refused = [&](const std::string& why) {
    return Refuse(
        ErrorKind::kInvalidInput, token,
        fmt::format(
            "the variable '{}' must be one literal such as TIMESTAMP '2026-01-31' or 'text'{}",
            token.text, why));
  };
  auto tokens = Tokenize(found->second);
  if (!tokens) return refused(": " + tokens.error().message);
  const Variables none;
  const auto value = Syntax(found->second, *std::move(tokens), none).Whole();
  if (!value) return refused(": " + value.error().message);
  const bool literal =
      value->kind() == Expression::Kind::kLiteral ||
      (value->kind() == Expression::Kind::kCall && value->name() == "interval");
  if (!literal) return refused("");
  return *value;
}

Result<Expression> Syntax::Name() {
  const Token start = Take();
  std::string name = start.text;
  while (TakeSymbol(".")) {
    if (Peek().kind != TokenKind::kWord && Peek().kind != TokenKind::kQuotedWord)
      return Expected("the name of a member");
    name += "." + Take().text;
  }
  if (IsSymbol("("))
    return Refuse(ErrorKind::kUnsupported, Peek(),
                  fmt::format("functions in a schema are not supported: '{}'", name));
  if (aggregates_ == Aggregates::kExpected && !in_aggregate_) {
    return Refuse(
        ErrorKind::kInvalidInput, start,
        fmt::format("a field must stand in an aggregate here, such as sum({0}): '{0}'", name));
  }
  return Expression::Column(std::move(name));
}

Result<std::string> Syntax::Type() {
  if (Peek().kind != TokenKind::kWord) return Expected("a type");
  const Token start = Take();
  std::string name = start.text;
  if (IsSymbol("<")) {
    return Refuse(ErrorKind::kUnsupported, start,
                  fmt::format("casts to this type are not supported: '{}'", start.text));
  }
  if (TakeSymbol("(")) {
    name += "(";
    while (Peek().kind == TokenKind::kNumber) {
      name += Take().text;
      if (TakeSymbol(",")) name += ",";
    }
    ASSAY_RETURN_IF_ERROR(Expect(")"));
    name += ")";
  }
  const auto type = ParseTypeName(name);
  if (!type) return Refuse(type.error().kind, start, type.error().message);
  return TypeName(*type);
}

}  // namespace assay::plan
