// Suggests matchesPattern for a share of the rows: the form of most texts of a field that has
// others too.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "infer/evidence.h"
#include "infer/suggestion.h"
#include "infer/text_pattern.h"
#include "infer/typical_shapes.h"

namespace assay::infer::suggest {
namespace {

constexpr int64_t kMinValues = 200;
constexpr double kLeastShare = 0.5;
constexpr double kMostShare = 0.95;  // of more, level 2 speaks

/// The texts of the most common shape, if it is that of most.
std::vector<WeightedText> MostCommon(const std::vector<WeightedText>& texts) {
  std::map<std::string, std::vector<WeightedText>> by_shape;
  std::map<std::string, double> weights;
  double total = 0;
  for (const WeightedText& text : texts) {
    const std::string shape = ShapeOf(text.text, ShapeDetail::kKinds);
    by_shape[shape].push_back(text);
    weights[shape] += text.weight;
    total += text.weight;
  }
  const auto heaviest =
      std::ranges::max_element(weights, {}, [](const auto& entry) { return entry.second; });
  if (heaviest == weights.end() || heaviest->second < kLeastShare * total) return {};
  return by_shape[heaviest->first];
}

std::vector<Candidate> Propose(const std::vector<engine::FieldProfile>& fields, Timestamp) {
  std::vector<Candidate> candidates;
  for (const engine::FieldProfile& profile : fields) {
    if (profile.field.type != plan::FieldType::kString || ValueCount(profile) < kMinValues)
      continue;
    if (profile.field.name.ends_with("[]") || profile.field.is_partition) continue;
    const std::vector<WeightedText> texts = TextsOf(profile);
    const std::optional<TextPattern> pattern = LearnTextPattern(MostCommon(texts));
    if (!pattern) continue;
    const double share = CoveredShare(pattern->regex, texts);
    // What is known of the texts is a sample itself.
    const auto known = std::min(ValueCount(profile), static_cast<int64_t>(texts.size()));
    const double coverage = CoverageBelow(share, known);
    if (share < kLeastShare || share > kMostShare || coverage == 0) continue;
    candidates.push_back(
        {.definition = {.rule = "matchesPattern",
                        .fields = {profile.field.name},
                        .coverage = coverage,
                        .properties = Json::object({{"pattern", pattern->regex}}),
                        .description =
                            fmt::format("{} has its usual form in {:.0f} % of the rows",
                                        profile.field.name, 100 * coverage)},
         .min_holding_share = coverage});
  }
  return candidates;
}

}  // namespace

Suggestion matches_pattern_share() {
  return {.name = "matchesPatternShare", .level = 5, .propose = Propose};
}

}  // namespace assay::infer::suggest
