// Suggests greaterThanField: a number or time that is at least another one of its row.

#include "infer/order_pairs.h"
#include "infer/suggestion.h"

namespace assay::infer::suggest {
namespace {

std::vector<Candidate> Relate(const TrainingRows& rows) {
  return OrderCandidates(rows, OrderRule::kGreaterThanField);
}

}  // namespace

Suggestion greater_than_field() {
  return {.name = "greaterThanField", .level = 3, .relate = Relate};
}

}  // namespace assay::infer::suggest
