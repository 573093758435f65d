// Which fields of a row are never above which others.

#pragma once

#include <vector>

#include "infer/suggestion.h"

namespace assay::infer {

/// Values of `lower` are at most those of `upper`, in nearly all rows.
struct OrderPair {
  size_t lower = 0, upper = 0;      // into TrainingRows::fields
  double failing_share = 0;         // of the sampled rows
  double chance_failing_share = 0;  // if both were drawn independently
};

/// The pairs of quantities, and of dates and times, at most 400, the strongest first.
/// Identifiers (IsIdentifierName) are no quantities.
///
/// A pair says something only where independent values would be out of order in at least 5 % of
/// the rows; it holds when at most a third of that are, and no more than 15 %. Left out: pairs
/// of fields that are equal in nearly all rows, and those that other pairs imply (a <= c when
/// a <= b and b <= c, of which none has more exceptions).
std::vector<OrderPair> FindOrderedPairs(const TrainingRows& rows);

/// The share of rows of a relation that may fail: a third of what would fail without it.
double MostFailing(double chance_failing_share);

/// The candidates of lessThanField or greaterThanField: a pair is told of its field that comes
/// first in the table.
enum class OrderRule { kLessThanField, kGreaterThanField };
std::vector<Candidate> OrderCandidates(const TrainingRows& rows, OrderRule rule);

}  // namespace assay::infer
