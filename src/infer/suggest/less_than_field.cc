// Suggests lessThanField: a number or time that is at most another one of its row.

#include "infer/order_pairs.h"
#include "infer/suggestion.h"

namespace assay::infer::suggest {
namespace {

std::vector<Candidate> Relate(const TrainingRows& rows) {
  return OrderCandidates(rows, OrderRule::kLessThanField);
}

}  // namespace

Suggestion less_than_field() {
  return {.name = "lessThanField", .level = 3, .relate = Relate};
}

}  // namespace assay::infer::suggest
