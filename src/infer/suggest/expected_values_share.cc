// Suggests expectedValues for a share of the rows: the few values that make up most of a field,
// such as card and credit among payments.

#include <fmt/format.h>

#include "infer/evidence.h"
#include "infer/suggestion.h"

namespace assay::infer::suggest {
namespace {

constexpr int64_t kMinValues = 200;
constexpr double kFrequent = 0.05;  // the share of a value that is listed
constexpr double kLeastShare = 0.5;
constexpr size_t kMostListed = 10;

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (profile.field.type != plan::FieldType::kString || ValueCount(profile) < kMinValues)
      continue;
    if (profile.field.name.ends_with("[]") || profile.field.is_partition) continue;
    const auto& values =
        profile.frequent_values.empty() ? profile.histogram_buckets : profile.frequent_values;
    const auto all = static_cast<double>(ValueCount(profile));
    Json list = Json::array();
    double share = 0;
    for (const engine::HistogramBucket& value : values) {
      const double of_value = static_cast<double>(value.count) / all;
      if (of_value < kFrequent || value.is_cut || list.size() == kMostListed) break;
      list.push_back(value.value);
      share += of_value;
    }
    const double coverage = CoverageBelow(share, ValueCount(profile));
    // All values would be categories, which level 1 speaks of.
    if (share < kLeastShare || coverage == 0 || list.size() == values.size()) continue;
    candidates.push_back({.definition = {.rule = "expectedValues",
                                         .fields = {profile.field.name},
                                         .coverage = coverage,
                                         .properties = Json::object({{"list", list}}),
                                         .description = fmt::format(
                                             "{} is one of {} values in {:.0f} % of the rows",
                                             profile.field.name, list.size(), 100 * coverage)},
                          .min_holding_share = coverage});
  }
  return candidates;
}

}  // namespace

Suggestion expected_values_share() {
  return {.name = "expectedValuesShare", .level = 5, .propose = Propose};
}

}  // namespace assay::infer::suggest
