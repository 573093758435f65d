#include "report/html/chart.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/html/markup.h"
#include "report/number_format.h"

namespace assay::report {
namespace {

constexpr double kChartHeight = 40;
constexpr double kBarStep = 10;  // of a column with the gap behind it
constexpr double kBarGap = 1;

std::string Tooltip(const DistributionBar& bar) {
  const std::string rows = FormatCountOf(bar.count, "row");
  return bar.label.empty() ? rows : EscapeCut(bar.label, 200) + ": " + rows;
}

double ShareOf(int64_t part, int64_t total) {
  return total <= 0 ? 0 : static_cast<double>(part) / static_cast<double>(total);
}

}  // namespace

std::string ColumnChart(const Distribution& distribution, std::string_view css_class) {
  if (distribution.bars.empty()) return "";
  int64_t highest = 1;
  for (const auto& bar : distribution.bars) highest = std::max(highest, bar.count);
  std::string chart = fmt::format(
      "<svg class=\"{}\" viewBox=\"0 0 {:.0f} {:.0f}\" preserveAspectRatio=\"none\" "
      "role=\"img\" "
      "aria-label=\"distribution of values\">",
      css_class, kBarStep * static_cast<double>(distribution.bars.size()) - kBarGap,
      kChartHeight);
  double x = 0;
  for (const auto& bar : distribution.bars) {
    if (bar.count > 0) {
      // Even the smallest count stays visible.
      const double height = std::max(kChartHeight * ShareOf(bar.count, highest), 0.8);
      chart += fmt::format(
          "<rect class=\"bar\" x=\"{:.0f}\" y=\"{:.2f}\" width=\"{:.0f}\" height=\"{:.2f}\">"
          "<title>{}</title></rect>",
          x, kChartHeight - height, kBarStep - kBarGap, height, Tooltip(bar));
    }
    x += kBarStep;
  }
  return chart + "</svg>\n";
}

std::string ValueBars(const Distribution& distribution, int64_t total, size_t most) {
  if (distribution.bars.empty() || total <= 0) return "";
  int64_t highest = 1;
  for (const auto& bar : distribution.bars) highest = std::max(highest, bar.count);
  std::string bars = "<div class=\"bars\">\n";
  int64_t shown = 0;
  const size_t count = std::min(most, distribution.bars.size());
  for (size_t i = 0; i < count; ++i) {
    const DistributionBar& bar = distribution.bars[i];
    shown += bar.count;
    bars += fmt::format(
        "<span class=\"label\" title=\"{0}\">{1}</span><span class=\"track\"><i "
        "style=\"width:{2:.1f}%\">"
        "</i></span><span class=\"share\">{3}</span>\n",
        Tooltip(bar),
        bar.label.empty() ? "<i class=\"null\">empty</i>" : EscapeCut(bar.label, 80),
        100 * ShareOf(bar.count, highest), ShareMarkup(ShareOf(bar.count, total)));
  }
  if (shown < total) {
    bars += fmt::format("<span class=\"rest\">{} in other values</span>\n",
                        ShareMarkup(ShareOf(total - shown, total)));
  }
  return bars + "</div>\n";
}

std::string QuartileBar(const engine::FieldProfile& profile) {
  const auto position = [&](const std::optional<std::string>& value) -> std::optional<double> {
    return value ? PositionOf(*value, profile.field.type) : std::nullopt;
  };
  const auto min = position(profile.min), max = position(profile.max);
  const auto q1 = position(profile.q1), median = position(profile.median),
             q3 = position(profile.q3);
  if (!min || !max || !q1 || !median || !q3 || !(*max > *min)) return "";
  // Halved first: the extremes of a double are further apart than a double reaches.
  const auto percent = [&](double value) {
    return std::clamp(100 * ((value / 2 - *min / 2) / (*max / 2 - *min / 2)), 0.0, 100.0);
  };
  const double box_start = percent(*q1), box_end = percent(*q3), middle = percent(*median);
  return fmt::format(
      "<svg class=\"quartiles\" role=\"img\" aria-label=\"quartiles\">"
      "<title>quartiles: {}, {}, {}</title>"
      "<line class=\"whisker\" x1=\"0\" x2=\"100%\" y1=\"6\" y2=\"6\"/>"
      "<rect class=\"box\" x=\"{:.2f}%\" y=\"1\" width=\"{:.2f}%\" height=\"10\" rx=\"2\"/>"
      "<line class=\"median\" x1=\"{:.2f}%\" x2=\"{:.2f}%\" y1=\"0\" y2=\"12\"/></svg>\n",
      EscapeMarkup(FormatValue(*profile.q1, profile.field.type)),
      EscapeMarkup(FormatValue(*profile.median, profile.field.type)),
      EscapeMarkup(FormatValue(*profile.q3, profile.field.type)), box_start,
      std::max(box_end - box_start, 0.4), middle, middle);
}

std::string CompletenessMeter(const engine::FieldProfile& profile) {
  std::string text = ShareMarkup(profile.completeness) + " complete";
  if (profile.null_count > 0) text += fmt::format(", {} null", FormatCount(profile.null_count));
  return fmt::format(
      "<div class=\"meter\"><span class=\"track\"><i{} "
      "style=\"width:{:.2f}%\"></i></span>{}</div>\n",
      profile.completeness < 1 ? " class=\"gap\"" : "", 100 * profile.completeness, text);
}

}  // namespace assay::report
