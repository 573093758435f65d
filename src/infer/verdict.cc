#include "infer/verdict.h"

#include <cmath>

#include "infer/evidence.h"

namespace assay::infer {
namespace {

constexpr double kUncertainty = 0.10;
constexpr double kLeastLogOdds = 13.8;  // one in a million

/// p ln(p / q); 0 for p = 0.
double Divergence(double p, double q) {
  return p > 0 ? p * std::log(p / q) : 0;
}

}  // namespace

bool Holds(double min_holding_share, const engine::CheckCounts& counts) {
  if (counts.asserted_rows <= 0) return false;
  const double most = 1 - min_holding_share;
  const double failing =
      static_cast<double>(counts.failing_rows) / static_cast<double>(counts.asserted_rows);
  return failing <= most &&
         UpperShare(counts.failing_rows, counts.asserted_rows) <= most + kUncertainty;
}

bool IsBeyondChance(double chance_failing_share, const engine::CheckCounts& counts) {
  if (chance_failing_share <= 0) return true;
  if (counts.asserted_rows <= 0) return false;
  const auto rows = static_cast<double>(counts.asserted_rows);
  const double failing = static_cast<double>(counts.failing_rows) / rows;
  if (failing >= chance_failing_share) return false;
  if (chance_failing_share >= 1) return true;
  return rows * (Divergence(failing, chance_failing_share) +
                 Divergence(1 - failing, 1 - chance_failing_share)) >=
         kLeastLogOdds;
}

}  // namespace assay::infer
