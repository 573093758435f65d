#include "report/html/scan_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/html/anomaly_card.h"
#include "report/html/markup.h"
#include "report/html/page.h"
#include "report/number_format.h"
#include "report/profile_facts.h"
#include "report/scan_text.h"

namespace assay::report {
namespace {

using Assertion = engine::CheckOutcome::Assertion;

constexpr size_t kMostGroups = 200;

std::string ResultPill(const operations::CheckResult& result) {
  switch (result.outcome.assertion) {
    case Assertion::kPassed: return "<span class=\"pill good\">holds</span>";
    case Assertion::kFailed: return "<span class=\"pill bad\">fails</span>";
    case Assertion::kUnasserted:
      return result.error.empty() ? "<span class=\"pill\">no rows</span>"
                                  : "<span class=\"pill warning\">not run</span>";
  }
  return "";
}

int Order(const operations::CheckResult* result) {
  switch (result->outcome.assertion) {
    case Assertion::kFailed: return 0;
    case Assertion::kUnasserted: return 1;
    case Assertion::kPassed: return 2;
  }
  return 2;
}

/// What the check asks for in words: its description, properties, filter, or why it did not
/// run.
std::string Expectation(const operations::CheckResult& result) {
  const rules::CheckDefinition& check = result.check.definition;
  std::vector<std::string> parts;
  if (!check.description.empty()) parts.push_back(EscapeCut(check.description, 400));
  if (const std::string properties = PropertiesText(check.properties); !properties.empty()) {
    parts.push_back(fmt::format("<span class=\"mono\">{}</span>", EscapeCut(properties, 300)));
  }
  if (check.filter)
    parts.push_back(
        fmt::format("where <span class=\"mono\">{}</span>", EscapeCut(*check.filter, 300)));
  if (check.coverage < 1)
    parts.push_back(fmt::format("for {} of rows", ShareMarkup(check.coverage)));
  if (!result.outcome.detail.empty()) parts.push_back(EscapeCut(result.outcome.detail, 600));
  if (!result.error.empty()) {
    parts.push_back(
        fmt::format("<span class=\"warning\">{}</span>", EscapeCut(result.error, 600)));
  }
  return fmt::format("{}", fmt::join(parts, "<br>"));
}

std::string CheckTable(const operations::ContainerScan& scan) {
  std::vector<const operations::CheckResult*> ordered;
  for (const auto& check : scan.checks) ordered.push_back(&check);
  std::ranges::stable_sort(ordered, {}, Order);
  std::string table =
      "<div class=\"card scroll "
      "checks\"><table>\n<tr><th>Result</th><th>Check</th><th>Expects</th>"
      "<th class=\"number\">Rows</th><th class=\"number\">Failing</th><th "
      "class=\"number\">Share</th></tr>\n";
  for (const auto* check : ordered) {
    const auto& [asserted, failing] = check->outcome.total;
    table += fmt::format(
        "<tr><td>{}</td><td class=\"name\"><code>{}</code></td><td class=\"small soft "
        "value\">{}</td>"
        "<td class=\"number\">{}</td><td class=\"number{}\">{}</td><td class=\"number "
        "soft\">{}</td></tr>\n",
        ResultPill(*check), EscapeCut(CheckName(*check), 300), Expectation(*check),
        asserted > 0 ? FormatCount(asserted) : "", failing > 0 ? " bad" : "",
        asserted > 0 ? FormatCount(failing) : "",
        failing > 0 && asserted > 0
            ? ShareMarkup(static_cast<double>(failing) / static_cast<double>(asserted))
            : "");
  }
  return table + "</table></div>\n";
}

std::string ContainerSection(const operations::ContainerScan& scan, size_t index) {
  std::string section = fmt::format(
      "<section id=\"{}\">\n<h2>{}</h2>\n<p class=\"facts\">{} · {} · {}</p>\n",
      SectionId(index), EscapeCut(scan.container, 500), FormatCountOf(scan.record_count, "row"),
      FormatCountOf(static_cast<int64_t>(scan.files.size()), "file"),
      FormatCountOf(static_cast<int64_t>(scan.checks.size()), "check"));
  section += FileFailureList(scan.failures);
  const std::vector<AnomalyGroup> groups = GroupAnomalies(scan);
  if (!groups.empty()) section += "<h3 class=\"list\">What was found</h3>\n";
  for (size_t i = 0; i < groups.size() && i < kMostGroups; ++i) {
    section += AnomalyCard(groups[i], scan);
  }
  if (groups.size() > kMostGroups) {
    section += fmt::format(
        "<p class=\"soft\">{} further combinations of failed checks are in the JSON "
        "output.</p>\n",
        FormatCount(static_cast<int64_t>(groups.size() - kMostGroups)));
  }
  if (!scan.checks.empty()) section += "<h3 class=\"list\">Checks</h3>\n" + CheckTable(scan);
  return section + "</section>\n";
}

}  // namespace

std::string ScanPage(const ScanReport& report) {
  const Verdict verdict = VerdictOf(report);
  const std::string subtitle =
      report.containers.size() == 1
          ? report.containers.front().container
          : FormatCountOf(static_cast<int64_t>(report.containers.size()), "container");
  const char* kind = verdict.failed > 0                              ? "bad"
                     : verdict.checks == 0 || !verdict.is_complete() ? "warning"
                                                                     : "good";
  std::string body = PageHeader("Data quality scan", subtitle, report.time);
  body += fmt::format("<div class=\"verdict {0}\"><span class=\"{0}\">{1}</span></div>\n", kind,
                      VerdictText(verdict));
  body += FigureRow({
      {FormatCount(verdict.rows), "rows read", ""},
      {FormatCount(verdict.passed), verdict.passed == 1 ? "check holds" : "checks hold", ""},
      {FormatCount(verdict.failed), verdict.failed == 1 ? "check failed" : "checks failed",
       verdict.failed > 0 ? "bad" : ""},
      {FormatCount(verdict.anomalies), verdict.anomalies == 1 ? "anomaly" : "anomalies",
       verdict.anomalies > 0 ? "bad" : ""},
  });
  body += UnreadList(report.unread);
  for (size_t i = 0; i < report.containers.size(); ++i)
    body += ContainerSection(report.containers[i], i);
  if (!report.enrichment_uri.empty()) {
    body += fmt::format(
        "<footer>All failing records and measures are in <span "
        "class=\"mono\">{}</span></footer>\n",
        EscapeCut(report.enrichment_uri, 1000));
  }
  return HtmlPage("Data quality scan: " + subtitle, body);
}

}  // namespace assay::report
