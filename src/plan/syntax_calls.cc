// CASE, CAST and function calls.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plan/functions.h"
#include "plan/letter_case.h"
#include "plan/syntax.h"

namespace assay::plan {
namespace {

/// Aggregates of Spark that this language does not have.
constexpr std::array<std::string_view, 20> kOtherAggregates = {"any_value",
                                                               "approx_count_distinct",
                                                               "bool_and",
                                                               "bool_or",
                                                               "collect_list",
                                                               "collect_set",
                                                               "corr",
                                                               "covar_pop",
                                                               "covar_samp",
                                                               "every",
                                                               "first",
                                                               "first_value",
                                                               "kurtosis",
                                                               "last",
                                                               "last_value",
                                                               "max_by",
                                                               "min_by",
                                                               "mode",
                                                               "percentile_approx",
                                                               "skewness"};

constexpr std::array<std::string_view, 9> kWindowFunctions = {
    "row_number", "rank",         "dense_rank", "lag",      "lead",
    "ntile",      "percent_rank", "cume_dist",  "nth_value"};

constexpr std::array<std::string_view, 8> kCollectionFunctions = {
    "transform", "filter", "aggregate", "forall", "array", "map", "struct", "named_struct"};

constexpr std::array<std::string_view, 6> kVolatileFunctions = {
    "rand", "randn", "random", "uuid", "shuffle", "monotonically_increasing_id"};

/// EXTRACT's fields and the functions that give them.
constexpr std::array<std::pair<std::string_view, const char*>, 17> kExtractFields = {{
    {"year", "year"},
    {"years", "year"},
    {"quarter", "quarter"},
    {"month", "month"},
    {"months", "month"},
    {"week", "weekofyear"},
    {"weeks", "weekofyear"},
    {"day", "day"},
    {"days", "day"},
    {"dayofweek", "dayofweek"},
    {"dow", "dayofweek"},
    {"doy", "dayofyear"},
    {"hour", "hour"},
    {"hours", "hour"},
    {"minute", "minute"},
    {"minutes", "minute"},
    {"dayofyear", "dayofyear"},
}};

template <size_t kSize>
bool Lists(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Status Syntax::RefuseKnownFunction(const Token& name) const {
  const std::string lower = LowerAscii(name.text);
  const auto refuse = [&](const char* what) {
    return Refuse(ErrorKind::kUnsupported, name, fmt::format("{}: '{}'", what, name.text));
  };
  const Function* known = FindSpelling(lower);
  const bool is_known_aggregate = known != nullptr && known->sees == Function::Sees::kAllRows;
  if (aggregates_ == Aggregates::kRefused &&
      (is_known_aggregate || Lists(kOtherAggregates, lower))) {
    return refuse("aggregate functions are not supported, an expression sees one row");
  }
  if (Lists(kOtherAggregates, lower)) return refuse("this aggregate is not supported");
  if (Lists(kWindowFunctions, lower)) {
    return refuse("window functions are not supported, an expression sees one row");
  }
  if (Lists(kCollectionFunctions, lower))
    return refuse("functions over lists, maps and structs are not supported");
  if (Lists(kVolatileFunctions, lower)) {
    return refuse("functions whose value changes from call to call are not supported");
  }
  if (lower == "exists") return refuse("subqueries are not supported");
  if (lower == "each") return refuse("it stands for one value at a time in templates only");
  return {};
}

Result<Expression> Syntax::FunctionCall() {
  if (IsWord("CAST") || IsWord("TRY_CAST")) return Cast();
  if (IsWord("TRIM")) return Trim();
  if (IsWord("SUBSTRING") || IsWord("SUBSTR")) return Substring();
  if (IsWord("EXTRACT")) return Extract();
  if (IsWord("POSITION")) return PositionOf();
  if (IsWord("CASE")) return Case();
  if (IsWord("SELECT") || IsWord("IN") || IsWord("NOT") || IsWord("AND") || IsWord("OR"))
    return Expected("a value");
  const Token name = Take();
  ASSAY_RETURN_IF_ERROR(RefuseKnownFunction(name));
  const Function* function = FindSpelling(name.text);
  if (function == nullptr) {
    const std::string nearest = NearestSpelling(name.text);
    return Refuse(ErrorKind::kInvalidInput, name,
                  nearest.empty() ? fmt::format("no such function: '{}'", name.text)
                                  : fmt::format("no such function: '{}'; did you mean '{}'?",
                                                name.text, nearest));
  }
  if (function->sees == Function::Sees::kAllRows) return AggregateCall(*function, name);
  Take();
  std::vector<Expression> arguments;
  if (!TakeSymbol(")")) {
    if (IsWord("DISTINCT"))
      return Refuse(ErrorKind::kUnsupported, Peek(), "DISTINCT is not supported here");
    do {
      ASSAY_TRY(Expression argument, Or());
      arguments.push_back(std::move(argument));
    } while (TakeSymbol(","));
    if (!TakeSymbol(")")) return Expected("',' or ')'");
  }
  if (IsWord("OVER")) return Expected("an operator or the end");
  // Spark puts the characters to trim first.
  const bool trims_one_end = function->name == "ltrim" || function->name == "rtrim";
  if (trims_one_end && arguments.size() == 2) std::swap(arguments[0], arguments[1]);
  if (Status status = CheckArgumentCount(*function, arguments.size()); !status) {
    return Refuse(ErrorKind::kInvalidInput, name, status.error().message);
  }
  return Call(function->name, std::move(arguments));
}

Result<Expression> Syntax::AggregateCall(const Function& function, const Token& name) {
  if (in_aggregate_) {
    return Refuse(ErrorKind::kInvalidInput, name,
                  fmt::format("aggregates cannot be nested: '{}'", name.text));
  }
  Take();
  ++aggregate_calls_;
  in_aggregate_ = true;
  const bool is_count = function.name == "count";
  std::string called = function.name;
  std::vector<Expression> arguments;
  if (!is_count || !TakeSymbol("*")) {
    if (IsWord("DISTINCT") && !is_count) {
      return Refuse(ErrorKind::kUnsupported, Peek(), "DISTINCT is supported in count only");
    }
    if (TakeWord("DISTINCT")) called = "count_distinct";
    do {
      ASSAY_TRY(Expression argument, Or());
      arguments.push_back(std::move(argument));
    } while (TakeSymbol(","));
  }
  if (!TakeSymbol(")")) return Expected("',' or ')'");
  if (Status status = CheckArgumentCount(function, arguments.size()); !status) {
    return Refuse(ErrorKind::kInvalidInput, name, status.error().message);
  }
  Result<Expression> call = IsWord("FILTER") ? Filtered(std::move(called), std::move(arguments))
                                             : Call(std::move(called), std::move(arguments));
  in_aggregate_ = false;
  return call;
}

/// `FILTER (WHERE condition)` behind an aggregate, of which every one leaves nulls out.
Result<Expression> Syntax::Filtered(std::string function, std::vector<Expression> arguments) {
  Take();
  ASSAY_RETURN_IF_ERROR(Expect("("));
  ASSAY_RETURN_IF_ERROR(Expect("WHERE"));
  ASSAY_TRY(Expression condition, Or());
  ASSAY_RETURN_IF_ERROR(Expect(")"));
  if (arguments.empty()) return Call("count_if", {std::move(condition)});
  ASSAY_TRY(arguments.front(), Call("if", {std::move(condition), std::move(arguments.front()),
                                           Expression::Constant(Literal::Null())}));
  return Call(std::move(function), std::move(arguments));
}

Result<Expression> Syntax::Case() {
  Take();
  std::vector<Expression> arguments;
  const bool has_base = !IsWord("WHEN");
  if (has_base) {
    ASSAY_TRY(Expression base, Or());
    arguments.push_back(std::move(base));
  }
  if (!IsWord("WHEN")) return Expected("WHEN");
  while (TakeWord("WHEN")) {
    ASSAY_TRY(Expression when, Or());
    ASSAY_RETURN_IF_ERROR(Expect("THEN"));
    ASSAY_TRY(Expression then, Or());
    arguments.push_back(std::move(when));
    arguments.push_back(std::move(then));
  }
  if (TakeWord("ELSE")) {
    ASSAY_TRY(Expression otherwise, Or());
    arguments.push_back(std::move(otherwise));
  }
  if (!TakeWord("END")) return Expected("WHEN, ELSE or END");
  return Call(has_base ? "switch" : "case", std::move(arguments));
}

Result<Expression> Syntax::Cast() {
  Take();
  Take();
  ASSAY_TRY(Expression value, Or());
  ASSAY_RETURN_IF_ERROR(Expect("AS"));
  ASSAY_TRY(std::string type, Type());
  ASSAY_RETURN_IF_ERROR(Expect(")"));
  return Call("cast",
              {std::move(value), Expression::Constant(Literal::String(std::move(type)))});
}

Result<Expression> Syntax::Trim() {
  Take();
  Take();
  const char* function = "trim";
  if (TakeWord("LEADING")) {
    function = "ltrim";
  } else if (TakeWord("TRAILING")) {
    function = "rtrim";
  } else {
    TakeWord("BOTH");
  }
  std::vector<Expression> arguments;
  if (!TakeWord("FROM")) {
    ASSAY_TRY(Expression first, Or());
    arguments.push_back(std::move(first));
    if (!TakeWord("FROM")) {
      ASSAY_RETURN_IF_ERROR(Expect(")"));
      return Call(function, std::move(arguments));
    }
  }
  ASSAY_TRY(Expression text, Or());
  arguments.insert(arguments.begin(), std::move(text));
  ASSAY_RETURN_IF_ERROR(Expect(")"));
  return Call(function, std::move(arguments));
}

Result<Expression> Syntax::Substring() {
  const Token name = Take();
  Take();
  std::vector<Expression> arguments;
  ASSAY_TRY(Expression text, Or());
  arguments.push_back(std::move(text));
  const bool words = TakeWord("FROM");
  if (!words && !TakeSymbol(",")) return Expected("',' or FROM");
  ASSAY_TRY(Expression position, Or());
  arguments.push_back(std::move(position));
  if (words ? TakeWord("FOR") : TakeSymbol(",")) {
    ASSAY_TRY(Expression length, Or());
    arguments.push_back(std::move(length));
  }
  ASSAY_RETURN_IF_ERROR(Expect(")"));
  return Call("substring", std::move(arguments));
}

Result<Expression> Syntax::Extract() {
  Take();
  Take();
  const Token field = Take();
  const std::string lower = LowerAscii(field.text);
  const auto* found = std::ranges::find(kExtractFields, lower,
                                        &std::pair<std::string_view, const char*>::first);
  if (field.kind != TokenKind::kWord || found == kExtractFields.end()) {
    return Refuse(ErrorKind::kUnsupported, field,
                  fmt::format("EXTRACT knows year, quarter, month, week, day, dow, doy, hour "
                              "and minute, not '{}'",
                              field.text));
  }
  ASSAY_RETURN_IF_ERROR(Expect("FROM"));
  ASSAY_TRY(Expression value, Or());
  ASSAY_RETURN_IF_ERROR(Expect(")"));
  return Call(found->second, {std::move(value)});
}

Result<Expression> Syntax::PositionOf() {
  Take();
  Take();
  std::vector<Expression> arguments;
  // The operand ends before IN, which is no predicate here.
  ASSAY_TRY(Expression part, Sum());
  arguments.push_back(std::move(part));
  if (!TakeWord("IN")) {
    while (TakeSymbol(",")) {
      ASSAY_TRY(Expression argument, Or());
      arguments.push_back(std::move(argument));
    }
  } else {
    ASSAY_TRY(Expression text, Or());
    arguments.push_back(std::move(text));
  }
  const Token end = Peek();
  ASSAY_RETURN_IF_ERROR(Expect(")"));
  if (arguments.size() < 2 || arguments.size() > 3) {
    return Refuse(ErrorKind::kInvalidInput, end,
                  fmt::format("position takes 2 to 3 arguments, found {}", arguments.size()));
  }
  return Call("locate", std::move(arguments));
}

}  // namespace assay::plan
