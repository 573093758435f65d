#include "infer/evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "rules/field_words.h"

namespace assay::infer {
namespace {

constexpr double kWilsonZ = 1.96;         // 95 %, two-sided
constexpr double kSharesApart = 3;        // standard errors, of a share that is asked for
constexpr double kOrdinaryChange = 0.05;  // of a distribution over time

template <size_t n>
bool HasWord(std::string_view name, const std::array<std::string_view, n>& wanted) {
  return std::ranges::any_of(rules::WordsOfField(name), [&](const std::string& word) {
    return std::ranges::find(wanted, word) != wanted.end();
  });
}

}  // namespace

double UpperShare(int64_t exceptions, int64_t total) {
  if (total <= 0) return 1;
  const auto n = static_cast<double>(total);
  const double share = static_cast<double>(exceptions) / n;
  const double z2 = kWilsonZ * kWilsonZ;
  const double spread = kWilsonZ * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return (share + z2 / (2 * n) + spread) / (1 + z2 / n);
}

double HoldingShare(double error_share) {
  return std::max(0.0, 1 - std::min(2 * error_share + 0.01, 1.25 * error_share + 0.03));
}

double CoverageBelow(double share, int64_t total) {
  if (total <= 0) return 0;
  const double uncertainty =
      kSharesApart * std::sqrt(share * (1 - share) / static_cast<double>(total));
  return std::max(0.0, std::floor(100 * (share - uncertainty - kOrdinaryChange)) / 100);
}

int64_t ValueCount(const engine::FieldProfile& profile) {
  return profile.record_count - profile.null_count;
}

bool IsIdentifierName(std::string_view name) {
  constexpr std::array<std::string_view, 15> kWords = {
      "id",  "ids",   "uuid",   "guid", "key",      "code", "number", "no",
      "num", "phone", "mobile", "zip",  "postcode", "iban", "barcode"};
  return HasWord(name, kWords);
}

bool IsSignedName(std::string_view name) {
  constexpr std::array<std::string_view, 17> kWords = {
      "balance",     "latitude", "longitude", "lat",    "lon",       "lng",
      "temperature", "temp",     "delta",     "change", "diff",      "difference",
      "offset",      "profit",   "margin",    "net",    "adjustment"};
  return HasWord(name, kWords);
}

}  // namespace assay::infer
