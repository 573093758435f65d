// The functions and operators of expressions, declared once: names, spellings, arguments,
// types.
//
// The parser knows a function by its spellings, Expression::Call by its name. A dialect maps
// names to its SQL. docs/expressions.md is printed from this table
// (tests/plan/functions_test.cc).

#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/typed.h"

namespace assay::plan {

/// For Function::max_arguments.
constexpr int kAnyNumber = 1 << 20;

/// Casts the arguments to what the function takes, and gives its result.
/// The number of arguments is already known to be right.
using TypeRule = std::function<Result<ValueType>(std::vector<Typed>& arguments)>;

struct Function {
  /// What a call sees: one row, or as an aggregate all of them.
  enum class Sees { kOneRow, kAllRows };

  std::string name;                    // in Expression::Call: "add", "upper"
  std::vector<std::string> spellings;  // called as spelling(...); empty: has syntax of its own
  std::string syntax;                  // as users write it: "a + b", "upper(text)"
  int min_arguments = 0;
  int max_arguments = 0;
  TypeRule type;
  std::string doc;  // one sentence; what differs from Spark is said here
  Sees sees = Sees::kOneRow;
};

/// A titled part of the table, in the order in which the documentation prints it.
struct FunctionGroup {
  std::string title;
  std::vector<Function> functions;
};

/// All functions. Built once; safe from any thread.
std::span<const FunctionGroup> AllFunctions();

/// By name; nullptr when there is none.
const Function* FindFunction(std::string_view name);

/// By spelling in any letter case; nullptr when there is none.
const Function* FindSpelling(std::string_view spelling);

/// Fails with "upper takes 1 argument, found 2" when `count` does not suit the function.
Status CheckArgumentCount(const Function& function, size_t count);

/// The spelling nearest to a misspelt one; empty when none is near.
std::string NearestSpelling(std::string_view spelling);

/// What is near: the candidate with the fewest edits, at most a third of the length; or empty.
std::string NearestName(std::string_view name, std::span<const std::string> candidates);

}  // namespace assay::plan
