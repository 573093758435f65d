// Suggests anyNotNull for pairs of fields of which one stands in for the other.

#include <fmt/format.h>

#include <algorithm>

#include "infer/evidence.h"
#include "infer/suggestion.h"

namespace assay::infer::suggest {
namespace {

constexpr int64_t kMinRows = 200;
constexpr double kLeastNulls = 0.05;
constexpr size_t kMostFields = 24;  // so at most 276 pairs
// Were the nulls of two fields independent, at least this share of rows would have neither. If
// held-out rows have nearly none, they are not independent.
constexpr double kLeastJointNulls = 0.05;

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  struct Sparse {
    const std::string* name;
    double null_share;
  };
  std::vector<Sparse> sparse;
  for (const engine::FieldProfile& profile : fields) {
    if (profile.record_count < kMinRows || ValueCount(profile) == 0) continue;
    if (profile.field.name.ends_with("[]") || sparse.size() == kMostFields) continue;
    const double null_share =
        static_cast<double>(profile.null_count) / static_cast<double>(profile.record_count);
    if (null_share >= kLeastNulls) sparse.push_back({&profile.field.name, null_share});
  }
  std::vector<Candidate> candidates;
  for (size_t i = 0; i < sparse.size(); ++i) {
    for (size_t j = i + 1; j < sparse.size(); ++j) {
      const double joint = sparse[i].null_share * sparse[j].null_share;
      // Null shares over 1 in sum leave no way for one of both to be set everywhere.
      const double most_errors = kMaxErrorShare / 2;
      if (joint < kLeastJointNulls) continue;
      if (sparse[i].null_share + sparse[j].null_share > 1 + most_errors) continue;
      candidates.push_back(
          {.definition = {.rule = "anyNotNull",
                          .fields = {*sparse[i].name, *sparse[j].name},
                          .description =
                              fmt::format("{} or {} is set", *sparse[i].name, *sparse[j].name)},
           .min_holding_share = 1 - std::min(most_errors, joint / 4)});
    }
  }
  return candidates;
}

}  // namespace

Suggestion any_not_null() {
  return {.name = "anyNotNull", .level = 1, .propose = Propose};
}

}  // namespace assay::infer::suggest
