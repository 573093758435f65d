#include "report/html/anomaly_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/html/markup.h"
#include "report/number_format.h"
#include "report/profile_facts.h"

namespace assay::report {
namespace {

constexpr size_t kMostRows = 50;
constexpr size_t kMostFields = 60;
constexpr size_t kCellCodePoints = 160;

int64_t RowsOf(const AnomalyGroup& group) {
  int64_t rows = 0;
  for (const auto* anomaly : group.anomalies) rows += anomaly->anomalous_records_count;
  return rows;
}

std::vector<const operations::SourceRecord*> Examples(const AnomalyGroup& group) {
  std::vector<const operations::SourceRecord*> examples;
  for (const auto* anomaly : group.anomalies) {
    for (const auto& record : anomaly->source_records) examples.push_back(&record);
  }
  return examples;
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// Fields that fail in any example first, then the others in the order of the record.
std::vector<std::string> FieldOrder(
    const std::vector<const operations::SourceRecord*>& examples) {
  std::vector<std::string> failing, others;
  for (const auto* example : examples) {
    for (const auto& name : example->failing_fields) {
      if (!Contains(failing, name)) failing.push_back(name);
    }
  }
  if (!examples.empty() && examples.front()->record.is_object()) {
    for (const auto& [name, value] : examples.front()->record.items()) {
      if (!Contains(failing, name)) others.push_back(name);
    }
  }
  failing.insert(failing.end(), others.begin(), others.end());
  return failing;
}

std::string Cell(const operations::SourceRecord& example, const std::string& field) {
  const char* css_class = Contains(example.failing_fields, field) ? " class=\"failing\"" : "";
  const auto found = example.record.find(field);
  if (found == example.record.end()) return fmt::format("<td{}></td>", css_class);
  if (found->is_null())
    return fmt::format("<td{}><span class=\"null\">null</span></td>", css_class);
  const std::string text = found->is_string() ? found->get<std::string>() : PrintJson(*found);
  if (text.empty())
    return fmt::format("<td{}><span class=\"null\">empty</span></td>", css_class);
  return fmt::format("<td{}>{}</td>", css_class, EscapeCut(text, kCellCodePoints));
}

std::string ExampleTable(const std::vector<const operations::SourceRecord*>& examples) {
  if (examples.empty()) return "";
  std::vector<std::string> fields = FieldOrder(examples);
  const size_t left_out = fields.size() > kMostFields ? fields.size() - kMostFields : 0;
  fields.resize(fields.size() - left_out);
  std::string table =
      "<div class=\"scroll\"><table>\n<tr><th>File</th><th class=\"number\">Row</th>";
  for (const auto& field : fields) {
    const bool is_failing = std::ranges::any_of(examples, [&](const auto* example) {
      return Contains(example->failing_fields, field);
    });
    table += fmt::format("<th{}>{}</th>", is_failing ? " class=\"failing\"" : "",
                         EscapeCut(field, 80));
  }
  if (left_out > 0)
    table += fmt::format("<th>and {} more</th>",
                         FormatCountOf(static_cast<int64_t>(left_out), "field"));
  table += "</tr>\n";
  for (size_t i = 0; i < examples.size() && i < kMostRows; ++i) {
    table += fmt::format(
        "<tr><td class=\"soft\" title=\"{0}\">{0}</td><td class=\"number soft\">{1}</td>",
        EscapeCut(examples[i]->relative_path, 200),
        examples[i]->row_number < 0 ? "" : FormatCount(examples[i]->row_number + 1));
    for (const auto& field : fields) table += Cell(*examples[i], field);
    if (left_out > 0) table += "<td></td>";
    table += "</tr>\n";
  }
  return table + "</table></div>\n";
}

std::string Where(const AnomalyGroup& group, size_t examples) {
  const operations::Anomaly& first = *group.anomalies.front();
  const int64_t rows = RowsOf(group);
  std::string text =
      first.type == operations::AnomalyType::kShape ? "concerns the container as a whole" : "";
  if (rows > 0) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", FormatCountOf(rows, "row"));
    if (static_cast<int64_t>(std::min(examples, kMostRows)) < rows && examples > 0) {
      text += fmt::format(", {} shown",
                          FormatCount(static_cast<int64_t>(std::min(examples, kMostRows))));
    }
  }
  return text;
}

}  // namespace

std::vector<AnomalyGroup> GroupAnomalies(const operations::ContainerScan& scan) {
  std::map<std::pair<bool, std::vector<size_t>>, AnomalyGroup> groups;
  for (const auto& anomaly : scan.anomalies) {
    std::vector<size_t> failed;
    for (const auto& check : anomaly.failed_checks) failed.push_back(check.check_index);
    std::ranges::sort(failed);
    const bool is_single_row =
        anomaly.type == operations::AnomalyType::kRecord && !anomaly.is_rolled_up;
    AnomalyGroup& group = groups[{is_single_row, failed}];
    group.failed_checks = failed;
    group.anomalies.push_back(&anomaly);
  }
  std::vector<AnomalyGroup> ordered;
  for (auto& [key, group] : groups) ordered.push_back(std::move(group));
  std::ranges::stable_sort(ordered, std::ranges::greater(), RowsOf);
  return ordered;
}

std::string AnomalyCard(const AnomalyGroup& group, const operations::ContainerScan& scan) {
  const std::vector<const operations::SourceRecord*> examples = Examples(group);
  std::string card = "<article class=\"card anomaly\">\n<div class=\"head\">\n";
  if (group.anomalies.size() == 1) {
    for (const auto& failed : group.anomalies.front()->failed_checks) {
      card += fmt::format("<p>{}</p>\n", EscapeCut(failed.message, 1000));
    }
  } else {
    for (const size_t check : group.failed_checks) {
      const rules::CheckDefinition& definition = scan.checks[check].check.definition;
      card += fmt::format("<p><code>{}</code> <span class=\"soft small\">{}</span></p>\n",
                          EscapeCut(CheckName(scan.checks[check]), 300),
                          EscapeCut(PropertiesText(definition.properties), 300));
    }
  }
  card += fmt::format("<div class=\"where\">{}</div>\n</div>\n", Where(group, examples.size()));
  return card + ExampleTable(examples) + "</article>\n";
}

}  // namespace assay::report
