#include "report/html/field_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/distribution.h"
#include "report/html/chart.h"
#include "report/html/markup.h"
#include "report/number_format.h"
#include "report/profile_facts.h"

namespace assay::report {
namespace {

constexpr size_t kMostBars = 6;
constexpr size_t kMostPatterns = 4;
constexpr size_t kMostCorrelations = 3;
constexpr size_t kFewNumbers = 6;

/// The list of statistics, each left out where it has no meaning.
class Statistics {
 public:
  explicit Statistics(const engine::FieldProfile& profile) : profile_(profile) {}

  void Add(std::string_view label, const std::string& value) {
    if (value.empty()) return;
    const std::string shown = EscapeCut(value, 120);
    items_ +=
        fmt::format("<div><dt>{}</dt><dd title=\"{}\">{}</dd></div>\n", label, shown, shown);
  }
  void AddNumber(std::string_view label, const std::optional<double>& number) {
    if (number) Add(label, FormatNumber(*number));
  }
  void AddCount(std::string_view label, const std::optional<int64_t>& count) {
    if (count) Add(label, FormatCount(*count));
  }
  void AddValue(std::string_view label, const std::optional<std::string>& value) {
    if (value) Add(label, FormatValue(*value, profile_.field.type));
  }
  std::string Print() const {
    return items_.empty() ? "" : "<dl class=\"statistics\">\n" + items_ + "</dl>\n";
  }

 private:
  const engine::FieldProfile& profile_;
  std::string items_;
};

std::string StatisticsOf(const engine::FieldProfile& profile) {
  Statistics statistics(profile);
  statistics.Add("distinct", (profile.distinct_is_exact ? "" : "≈ ") +
                                 FormatCount(profile.approximate_distinct_values));
  if (profile.unique_distinct_ratio) {
    statistics.Add("occur once", FormatShare(*profile.unique_distinct_ratio));
  }
  if (profile.entropy) statistics.Add("entropy", FormatNumber(*profile.entropy) + " bits");
  statistics.AddCount("min length", profile.min_length);
  statistics.AddNumber("mean length", profile.mean_length);
  statistics.AddCount("max length", profile.max_length);
  statistics.AddValue("min", profile.min);
  statistics.AddValue("lower quartile", profile.q1);
  statistics.AddValue("median", profile.median);
  statistics.AddValue("upper quartile", profile.q3);
  statistics.AddValue("max", profile.max);
  statistics.AddNumber("mean", profile.mean);
  statistics.AddNumber("standard deviation", profile.std_dev);
  if (profile.sum) statistics.Add("sum", FormatExactNumber(*profile.sum));
  statistics.AddNumber("skewness", profile.skewness);
  statistics.AddNumber("excess kurtosis", profile.kurtosis);
  return statistics.Print();
}

std::string DistributionOfCard(const engine::FieldProfile& profile) {
  const Distribution distribution = DistributionOf(profile);
  const int64_t values = profile.record_count - profile.null_count;
  switch (distribution.kind) {
    case Distribution::Kind::kNone: return "";
    case Distribution::Kind::kCategories:
      // Numbers are in their own order, so cutting them off would hide the largest.
      if (!IsMeasured(profile.field.type) || distribution.bars.size() <= kFewNumbers) {
        return ValueBars(distribution, values, kMostBars);
      }
      break;
    case Distribution::Kind::kRange: break;
  }
  std::string chart = ColumnChart(distribution, "histogram") + QuartileBar(profile);
  if (profile.min && profile.max) {
    chart += fmt::format("<div class=\"ends\"><span>{}</span><span>{}</span></div>\n",
                         EscapeCut(FormatValue(*profile.min, profile.field.type), 60),
                         EscapeCut(FormatValue(*profile.max, profile.field.type), 60));
  }
  return chart;
}

std::string PatternList(const engine::FieldProfile& profile) {
  if (profile.patterns.empty()) return "";
  std::string list = "<h4>Patterns</h4><div class=\"bars\" style=\"margin-top:0\">\n";
  const double values =
      static_cast<double>(std::max<int64_t>(1, profile.record_count - profile.null_count));
  for (size_t i = 0; i < profile.patterns.size() && i < kMostPatterns; ++i) {
    const engine::CharacterPattern& pattern = profile.patterns[i];
    const double share = static_cast<double>(pattern.count) / values;
    list += fmt::format(
        "<code class=\"label\" title=\"{1}\">{0}</code><span class=\"label faint\">{1}</span>"
        "<span class=\"share\">{2}</span>\n",
        EscapeCut(pattern.pattern, 80), EscapeCut(pattern.example, 80), ShareMarkup(share));
  }
  return list + "</div>\n";
}

std::string CorrelationList(const engine::FieldProfile& profile) {
  if (profile.correlations.empty()) return "";
  std::vector<std::pair<std::string, double>> strongest(profile.correlations.begin(),
                                                        profile.correlations.end());
  std::ranges::stable_sort(strongest, std::ranges::greater(),
                           [](const auto& pair) { return std::abs(pair.second); });
  std::string list = "<h4>Moves with</h4><div class=\"bars\" style=\"margin-top:0\">\n";
  for (size_t i = 0; i < strongest.size() && i < kMostCorrelations; ++i) {
    const auto& [other, correlation] = strongest[i];
    list += fmt::format(
        "<span class=\"label\">{}</span><span class=\"track\"><i "
        "style=\"width:{:.1f}%\"></i></span>"
        "<span class=\"share\">{:+.2f}</span>\n",
        EscapeCut(other, 80), 100 * std::min(1.0, std::abs(correlation)), correlation);
  }
  return list + "</div>\n";
}

std::string Notes(const engine::FieldProfile& profile,
                  const std::vector<sensitive::FieldTag>& tags) {
  std::string notes;
  for (const auto& note : TagNotes(tags))
    notes += fmt::format("<span class=\"note\">{}</span>", EscapeMarkup(note));
  for (const auto& oddity : FieldOddities(profile)) {
    notes += fmt::format("<span class=\"note\">{}</span>", EscapeMarkup(oddity));
  }
  const auto plain = [&](std::string_view text) {
    notes += fmt::format("<span class=\"note plain\">{}</span>", text);
  };
  if (profile.field.is_partition) plain("partition");
  if (profile.field.origin == plan::TypeOrigin::kInferred) plain("type inferred");
  if (profile.is_not_normal.value_or(false)) plain("not normally distributed");
  return notes.empty() ? "" : "<div class=\"notes\">" + notes + "</div>\n";
}

}  // namespace

std::string FieldCard(const engine::FieldProfile& profile,
                      const std::vector<sensitive::FieldTag>& tags, const std::string& id) {
  std::string card = fmt::format(
      "<article class=\"card field\" id=\"{}\">\n<div class=\"head\"><h3>{}</h3>"
      "<span class=\"type\" title=\"{}\">{}</span></div>\n",
      id, EscapeCut(profile.field.name, 200), EscapeCut(profile.field.native_type, 200),
      plan::FieldTypeName(profile.field.type));
  card += CompletenessMeter(profile);
  card += DistributionOfCard(profile);
  card += StatisticsOf(profile);
  card += PatternList(profile);
  card += CorrelationList(profile);
  card += Notes(profile, tags);
  return card + "</article>\n";
}

}  // namespace assay::report
