// Arithmetic and numeric functions.

#include "plan/functions/groups.h"
#include "plan/typing.h"

namespace assay::plan::functions {

FunctionGroup Arithmetic() {
  return {"Arithmetic",
          {
              {"add",
               {},
               "a + b",
               2,
               2,
               AddRule,
               "Also a date plus days or an interval. Null when beyond 64 bits or 38 digits "
               "(Spark wraps integers)."},
              {"subtract",
               {},
               "a - b",
               2,
               2,
               SubtractRule,
               "Also a date or timestamp minus days or an interval. Limits as for +."},
              {"multiply", {}, "a * b", 2, 2, MultiplyRule, "Limits as for +."},
              {"divide",
               {},
               "a / b",
               2,
               2,
               DivideRule,
               "Integers give a double, decimals a decimal of about 15 exact digits. Null when "
               "b is 0."},
              {"remainder",
               {"mod"},
               "a % b, mod(a, b)",
               2,
               2,
               RemainderRule,
               "Has the sign of a. Null when b is 0."},
              {"integer_divide",
               {},
               "a div b",
               2,
               2,
               WholeDivideRule,
               "The quotient as bigint, its fraction cut off. Null when b is 0."},
              {"negate", {"negative"}, "-a", 1, 1, KeepsType("n"), "Null when beyond 64 bits."},
          }};
}

FunctionGroup Numbers() {
  const ValueType number = ValueType::Double();
  return {
      "Numbers",
      {
          {"abs", {"abs"}, "abs(number)", 1, 1, KeepsType("n"), "Null when beyond 64 bits."},
          {"ceil",
           {"ceil", "ceiling"},
           "ceil(number)",
           1,
           1,
           WholeRule,
           "A bigint (null when it does not fit), or a decimal without fraction."},
          {"floor",
           {"floor"},
           "floor(number)",
           1,
           1,
           WholeRule,
           "A bigint (null when it does not fit), or a decimal without fraction."},
          {"round",
           {"round"},
           "round(number[, digits])",
           1,
           2,
           RoundRule,
           "Half away from zero; digits may be negative. Doubles are rounded in binary: "
           "round(1.005D, 2) is 1.0."},
          {"sign",
           {"sign", "signum"},
           "sign(number)",
           1,
           1,
           Takes("d", number),
           "-1, 0 or 1 as double."},
          {"sqrt", {"sqrt"}, "sqrt(number)", 1, 1, Takes("d", number), "NaN below 0."},
          {"power",
           {"power", "pow"},
           "power(base, exponent)",
           2,
           2,
           Takes("d", number),
           "A double."},
          {"exp", {"exp"}, "exp(number)", 1, 1, Takes("d", number), "A double."},
          {"ln", {"ln"}, "ln(number)", 1, 1, Takes("d", number), "Null at and below 0."},
          {"log",
           {"log"},
           "log([base,] number)",
           1,
           2,
           Takes("d", number),
           "Natural without base. Null at and below 0."},
          {"log10",
           {"log10"},
           "log10(number)",
           1,
           1,
           Takes("d", number),
           "Null at and below 0."},
          {"log2", {"log2"}, "log2(number)", 1, 1, Takes("d", number), "Null at and below 0."},
      }};
}

}  // namespace assay::plan::functions
