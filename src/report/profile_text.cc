#include "report/profile_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "report/distribution.h"
#include "report/number_format.h"
#include "report/profile_facts.h"

namespace assay::report {
namespace {

constexpr size_t kSparklineCells = 12;
constexpr size_t kSparklineCellsOfNarrow = 8;
constexpr size_t kNarrow = 100;  // of the terminal
constexpr size_t kDateLength = 10;
constexpr size_t kMostNotes = 20;
constexpr double kStrongCorrelation = 0.9;

Tone CompletenessTone(double completeness) {
  if (completeness >= 1) return Tone::kPlain;
  return completeness < 0.5 ? Tone::kBad : Tone::kWarning;
}

/// A time gives way to its date where there is no room for it.
TableCell ValueCell(const std::optional<std::string>& value, plan::FieldType type) {
  if (!value) return {};
  const bool has_date = type == plan::FieldType::kTimestamp;
  return {.text = FormatValue(*value, type),
          .brief = has_date ? value->substr(0, kDateLength) : ""};
}

TerminalTable FieldTable(const engine::ContainerProfile& profile, const TerminalStyle& style) {
  const size_t sparkline_cells =
      style.width > 0 && style.width < kNarrow ? kSparklineCellsOfNarrow : kSparklineCells;
  const auto value = [](std::string title, int drop_order) {
    return TableColumn{.title = std::move(title),
                       .alignment = Alignment::kRight,
                       .min_width = kDateLength,
                       .max_width = 22,
                       .drop_order = drop_order};
  };
  TerminalTable table({
      {.title = "field", .min_width = 10, .max_width = 36},
      {.title = "type", .min_width = 10, .max_width = 10, .drop_order = 5},
      {.title = "complete", .alignment = Alignment::kRight, .min_width = 8},
      {.title = "distinct", .alignment = Alignment::kRight, .min_width = 20},
      value("min", 4),
      value("max", 3),
      value("mean", 2),
      {.title = "distribution", .min_width = sparkline_cells, .drop_order = 6},
      {.title = "most common", .min_width = 14, .max_width = 56, .drop_order = 1},
  });
  for (const auto& field : profile.fields) {
    const plan::FieldType type = field.field.type;
    const std::string distinct =
        (field.distinct_is_exact ? "" : "~") + FormatCount(field.approximate_distinct_values);
    table.AddRow({
        {.text = field.field.name, .tone = Tone::kStrong},
        {.text = plan::FieldTypeName(type), .tone = Tone::kFaint},
        {.text = FormatShare(field.completeness), .tone = CompletenessTone(field.completeness)},
        {.text = distinct},
        ValueCell(field.min, type),
        ValueCell(field.max, type),
        {.text =
             field.mean && type != plan::FieldType::kString ? FormatNumber(*field.mean) : ""},
        {.text = Sparkline(DistributionOf(field), sparkline_cells), .tone = Tone::kAccent},
        {.text = MostCommon(field, 3), .tone = Tone::kFaint},
    });
  }
  return table;
}

}  // namespace

std::string PrintNotes(const std::vector<std::string>& notes, Tone tone,
                       const TerminalStyle& style) {
  std::string text;
  for (size_t i = 0; i < notes.size() && i < kMostNotes; ++i) {
    text += "  " + Paint(Printable(notes[i]), tone, style) + "\n";
  }
  if (notes.size() > kMostNotes) {
    text += Paint(fmt::format("  and {} more\n",
                              FormatCount(static_cast<int64_t>(notes.size() - kMostNotes))),
                  Tone::kFaint, style);
  }
  return text;
}

std::string PrintContainerHeading(const std::string& name,
                                  const std::vector<std::string>& facts,
                                  const TerminalStyle& style) {
  return fmt::format("{}   {}\n", Paint(Printable(name), Tone::kStrong, style),
                     Paint(fmt::format("{}", fmt::join(facts, " · ")), Tone::kFaint, style));
}

std::string PrintFileFailures(const std::vector<engine::FileFailure>& failures,
                              const TerminalStyle& style) {
  std::vector<std::string> notes;
  for (const auto& failure : failures) {
    notes.push_back(
        fmt::format("not read: {}: {}", failure.relative_path, failure.error.message));
  }
  return PrintNotes(notes, Tone::kBad, style);
}

std::string PrintUnread(const std::vector<Unread>& unread, const TerminalStyle& style) {
  std::vector<std::string> notes;
  for (const auto& source : unread) {
    notes.push_back(fmt::format("not read: {}: {}", source.name, source.error.message));
  }
  return PrintNotes(notes, Tone::kBad, style);
}

std::string PrintProfiles(const ProfileReport& report, const TerminalStyle& style) {
  std::string text;
  for (size_t i = 0; i < report.containers.size(); ++i) {
    const engine::ContainerProfile& profile = report.containers[i];
    if (!text.empty()) text += "\n";
    text += PrintContainerHeading(profile.name, ContainerFacts(profile), style);
    if (!profile.fields.empty()) text += "\n" + FieldTable(profile, style).Print(style, 2);

    std::vector<std::string> notes;
    for (const auto& field : profile.fields) {
      std::vector<std::string> oddities = FieldOddities(field);
      std::ranges::move(TagNotes(report.TagsOf(i, field.field.name)),
                        std::back_inserter(oddities));
      if (oddities.empty()) continue;
      notes.push_back(fmt::format("{}: {}", field.field.name, fmt::join(oddities, ", ")));
    }
    for (const auto& pair : CorrelatedPairs(profile)) {
      if (std::abs(pair.correlation) < kStrongCorrelation) continue;
      notes.push_back(
          fmt::format("{} and {} correlate: {:.2f}", pair.a, pair.b, pair.correlation));
    }
    if (!notes.empty()) text += "\n" + PrintNotes(notes, Tone::kPlain, style);
    if (!profile.failures.empty()) text += "\n" + PrintFileFailures(profile.failures, style);
  }
  if (!report.unread.empty()) {
    text += (text.empty() ? "" : "\n") + PrintUnread(report.unread, style);
  }
  return text;
}

}  // namespace assay::report
