#include "infer/verdict.h"

#include "infer/evidence.h"

namespace assay::infer {
namespace {

constexpr double kUncertainty = 0.10;

}  // namespace

bool Holds(double min_holding_share, const engine::CheckCounts& counts) {
  if (counts.asserted_rows <= 0) return false;
  const double most = 1 - min_holding_share;
  const double failing =
      static_cast<double>(counts.failing_rows) / static_cast<double>(counts.asserted_rows);
  return failing <= most &&
         UpperShare(counts.failing_rows, counts.asserted_rows) <= most + kUncertainty;
}

}  // namespace assay::infer
