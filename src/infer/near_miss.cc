#include "infer/near_miss.h"

#include <string>

#include "rules/nearest_name.h"

namespace assay::infer {
namespace {

size_t MostEdits(size_t length) {
  if (length == 4) return 1;
  return length < 12 ? 2 : 3;
}

bool AreExchanged(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i + 1 < a.size(); ++i) {
    std::string exchanged(a);
    std::swap(exchanged[i], exchanged[i + 1]);
    if (exchanged != a && rules::EditDistance(exchanged, b) == 0) return true;
  }
  return false;
}

}  // namespace

bool DifferByOneSlip(std::string_view a, std::string_view b) {
  return rules::EditDistance(a, b) == 1 || AreExchanged(a, b);
}

bool IsNearMiss(std::string_view text, std::string_view right) {
  if (right.size() >= 4) return rules::EditDistance(text, right) <= MostEdits(right.size());
  if (right.size() == 3 || text.size() != right.size()) return DifferByOneSlip(text, right);
  return AreExchanged(text, right);
}

}  // namespace assay::infer
