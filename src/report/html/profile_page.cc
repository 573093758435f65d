#include "report/html/profile_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "operations/completeness.h"
#include "report/distribution.h"
#include "report/html/chart.h"
#include "report/html/field_card.h"
#include "report/html/markup.h"
#include "report/html/page.h"
#include "report/number_format.h"
#include "report/profile_facts.h"

namespace assay::report {
namespace {

constexpr size_t kSparklineBars = 16;

std::string Summary(const ProfileReport& report) {
  int64_t rows = 0, fields = 0, not_read = static_cast<int64_t>(report.unread.size());
  for (const auto& container : report.containers) {
    rows += container.record_count;
    fields += static_cast<int64_t>(container.fields.size());
    not_read += static_cast<int64_t>(container.failures.size());
  }
  std::vector<Figure> figures = {
      {FormatCount(static_cast<int64_t>(report.containers.size())),
       report.containers.size() == 1 ? "container" : "containers", ""},
      {FormatCount(rows), rows == 1 ? "row" : "rows", ""},
      {FormatCount(fields), fields == 1 ? "field" : "fields", ""},
      {FormatShare(operations::Completeness(report.containers)), "of cells filled", ""},
  };
  if (not_read > 0) figures.push_back({FormatCount(not_read), "not read", "bad"});
  return FigureRow(figures);
}

/// Links to the sections, when there are several.
std::string Contents(const ProfileReport& report) {
  if (report.containers.size() < 2) return "";
  std::string table =
      "<div class=\"card scroll\"><table>\n<tr><th>Container</th><th class=\"number\">Rows</th>"
      "<th class=\"number\">Fields</th><th class=\"number\">Files</th><th "
      "class=\"number\">Filled</th></tr>\n";
  for (size_t i = 0; i < report.containers.size(); ++i) {
    const engine::ContainerProfile& container = report.containers[i];
    table += fmt::format(
        "<tr><td class=\"name\"><a href=\"#{}\">{}</a></td><td class=\"number\">{}</td>"
        "<td class=\"number\">{}</td><td class=\"number\">{}</td><td "
        "class=\"number\">{}</td></tr>\n",
        SectionId(i), EscapeCut(container.name, 300), FormatCount(container.record_count),
        container.fields.size(), container.files.size(),
        ShareMarkup(operations::Completeness({&container, 1})));
  }
  return table + "</table></div>\n";
}

std::string CutCell(const std::string& text) {
  const std::string shown = EscapeCut(text, 80);
  return fmt::format("<td class=\"number cut\" title=\"{}\">{}</td>", shown, shown);
}

std::string FieldRow(const engine::FieldProfile& field, const std::string& id) {
  const plan::FieldType type = field.field.type;
  std::string row = fmt::format(
      "<tr><td class=\"name\"><a href=\"#{}\">{}</a></td><td class=\"soft\">{}</td>"
      "<td class=\"number{}\">{}</td><td class=\"number\">{}{}</td>",
      id, EscapeCut(field.field.name, 200), plan::FieldTypeName(type),
      field.completeness < 1 ? " warning" : "", ShareMarkup(field.completeness),
      field.distinct_is_exact ? "" : "≈ ", FormatCount(field.approximate_distinct_values));
  row += CutCell(field.min ? FormatValue(*field.min, type) : "");
  row += CutCell(field.max ? FormatValue(*field.max, type) : "");
  row +=
      CutCell(field.mean && type != plan::FieldType::kString ? FormatNumber(*field.mean) : "");
  row += fmt::format("<td class=\"spark\">{}</td></tr>\n",
                     ColumnChart(Coarsen(DistributionOf(field), kSparklineBars), "spark"));
  return row;
}

std::string ContainerSection(const ProfileReport& report, size_t index) {
  const engine::ContainerProfile& profile = report.containers[index];
  const auto field_id = [&](size_t field) {
    return fmt::format("{}-field-{}", SectionId(index), field + 1);
  };
  std::string section = fmt::format(
      "<section id=\"{}\">\n<h2>{}</h2>\n<p class=\"facts\">{}</p>\n", SectionId(index),
      EscapeCut(profile.name, 500), fmt::join(ContainerFacts(profile), " · "));
  section +=
      "<div class=\"card scroll\"><table>\n<tr><th>Field</th><th>Type</th><th "
      "class=\"number\">Complete</th>"
      "<th class=\"number\">Distinct</th><th class=\"number\">Min</th><th "
      "class=\"number\">Max</th>"
      "<th class=\"number\">Mean</th><th>Distribution</th></tr>\n";
  for (size_t i = 0; i < profile.fields.size(); ++i)
    section += FieldRow(profile.fields[i], field_id(i));
  section += "</table></div>\n" + FileFailureList(profile.failures) + "<div class=\"cards\">\n";
  for (size_t i = 0; i < profile.fields.size(); ++i)
    section += FieldCard(profile.fields[i], report.TagsOf(index, profile.fields[i].field.name),
                         field_id(i));
  return section + "</div>\n</section>\n";
}

}  // namespace

std::string ProfilePage(const ProfileReport& report) {
  const std::string subtitle =
      report.containers.size() == 1
          ? report.containers.front().name
          : FormatCountOf(static_cast<int64_t>(report.containers.size()), "container");
  std::string body = PageHeader("Data profile", subtitle, report.time);
  body += Summary(report);
  body += UnreadList(report.unread);
  body += Contents(report);
  for (size_t i = 0; i < report.containers.size(); ++i) body += ContainerSection(report, i);
  return HtmlPage("Data profile: " + subtitle, body);
}

}  // namespace assay::report
