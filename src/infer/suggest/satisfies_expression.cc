// Suggests satisfiesExpression: a number of a row that is the sum or product of two others.

#include <fmt/format.h>

#include "infer/arithmetic.h"
#include "infer/order_pairs.h"

namespace assay::infer::suggest {
namespace {

std::vector<Candidate> Relate(const TrainingRows& rows) {
  std::vector<Candidate> candidates;
  for (const ArithmeticRelation& relation : FindArithmetic(rows)) {
    const auto name = [&](size_t field) { return QuotedField(rows.fields[field].field.name); };
    const std::string formula =
        fmt::format("{} {} {}", name(relation.a),
                    relation.operation == Operation::kSum ? "+" : "*", name(relation.b));
    // Somewhat wider: a difference of doubles is not exact.
    const std::string expression =
        relation.tolerance == 0
            ? fmt::format("{} = {}", formula, name(relation.result))
            : fmt::format("abs({} - {}) <= {:.7g}", formula, name(relation.result),
                          1.001 * relation.tolerance);
    candidates.push_back(
        {.definition = {.rule = "satisfiesExpression",
                        .properties = Json::object({{"expression", expression}}),
                        .description = fmt::format("{} is {}", name(relation.result), formula)},
         .min_holding_share = 1 - MostFailing(relation.chance_failing_share),
         .chance_failing_share = relation.chance_failing_share});
  }
  return candidates;
}

}  // namespace

Suggestion satisfies_expression() {
  return {.name = "satisfiesExpression", .level = 3, .relate = Relate};
}

}  // namespace assay::infer::suggest
