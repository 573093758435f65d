#include "report/scan_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/number_format.h"
#include "report/profile_facts.h"
#include "report/profile_text.h"

namespace assay::report {
namespace {

using Assertion = engine::CheckOutcome::Assertion;

constexpr size_t kMostAnomalies = 30;

TableCell ResultCell(const operations::CheckResult& result) {
  switch (result.outcome.assertion) {
    case Assertion::kPassed: return {.text = "✓ holds", .tone = Tone::kGood};
    case Assertion::kFailed: return {.text = "✗ fails", .tone = Tone::kBad};
    case Assertion::kUnasserted:
      return result.error.empty() ? TableCell{.text = "– no rows", .tone = Tone::kFaint}
                                  : TableCell{.text = "! not run", .tone = Tone::kWarning};
  }
  return {};
}

int Order(const operations::CheckResult& result) {
  switch (result.outcome.assertion) {
    case Assertion::kFailed: return 0;
    case Assertion::kUnasserted: return 1;
    case Assertion::kPassed: return 2;
  }
  return 2;
}

std::string CheckTable(const operations::ContainerScan& scan, const TerminalStyle& style) {
  TerminalTable table({
      {.title = "result", .min_width = 9},
      {.title = "check", .min_width = 16, .max_width = 48},
      {.title = "rows", .alignment = Alignment::kRight, .min_width = 6, .drop_order = 2},
      {.title = "failing", .alignment = Alignment::kRight, .min_width = 7},
      {.title = "share", .alignment = Alignment::kRight, .min_width = 6, .drop_order = 3},
      {.title = "expects", .min_width = 12, .max_width = 64, .drop_order = 1},
  });
  std::vector<const operations::CheckResult*> ordered;
  for (const auto& check : scan.checks) ordered.push_back(&check);
  std::ranges::stable_sort(ordered, {}, [](const auto* check) { return Order(*check); });
  for (const auto* check : ordered) {
    const auto& [asserted, failing] = check->outcome.total;
    const bool has_rows = asserted > 0;
    std::string expects = !check->outcome.detail.empty()
                              ? check->outcome.detail
                              : PropertiesText(check->check.definition.properties);
    if (check->check.definition.filter) expects += " where " + *check->check.definition.filter;
    table.AddRow({
        ResultCell(*check),
        {.text = CheckName(*check), .tone = Tone::kStrong},
        {.text = has_rows ? FormatCount(asserted) : ""},
        {.text = has_rows ? FormatCount(failing) : "",
         .tone = failing > 0 ? Tone::kBad : Tone::kPlain},
        {.text = has_rows && failing > 0
                     ? FormatShare(static_cast<double>(failing) / static_cast<double>(asserted))
                     : ""},
        {.text = std::move(expects), .tone = Tone::kFaint},
    });
  }
  std::vector<std::string> reasons;
  for (const auto* check : ordered) {
    if (!check->error.empty())
      reasons.push_back(fmt::format("not run: {}: {}", CheckName(*check), check->error));
  }
  std::string text = table.Print(style, 2);
  if (!reasons.empty()) text += "\n" + PrintNotes(reasons, Tone::kWarning, style);
  return text;
}

std::string Where(const operations::Anomaly& anomaly) {
  if (anomaly.is_rolled_up || anomaly.type == operations::AnomalyType::kShape) {
    return anomaly.anomalous_records_count > 0
               ? FormatCountOf(anomaly.anomalous_records_count, "row")
               : "";
  }
  if (anomaly.source_records.empty() || anomaly.source_records.front().row_number < 0)
    return anomaly.relative_path;
  return fmt::format("{}, row {}", anomaly.source_records.front().relative_path,
                     FormatCount(anomaly.source_records.front().row_number + 1));
}

std::string AnomalyTable(const operations::ContainerScan& scan, const TerminalStyle& style) {
  TerminalTable table({
      {.title = "where", .min_width = 16, .max_width = 56},
      {.title = "what is wrong", .min_width = 30, .max_width = 110},
  });
  // What concerns many rows is shown before single rows.
  std::vector<const operations::Anomaly*> ordered;
  for (const auto& anomaly : scan.anomalies) ordered.push_back(&anomaly);
  std::ranges::stable_sort(ordered, std::ranges::greater(), [](const auto* anomaly) {
    return anomaly->anomalous_records_count;
  });
  for (size_t i = 0; i < ordered.size() && i < kMostAnomalies; ++i) {
    std::vector<std::string> messages;
    for (const auto& failed : ordered[i]->failed_checks) messages.push_back(failed.message);
    table.AddRow(
        {{.text = Where(*ordered[i])}, {.text = fmt::format("{}", fmt::join(messages, "; "))}});
  }
  std::string text = table.Print(style, 2);
  if (ordered.size() > kMostAnomalies) {
    text +=
        Paint(fmt::format("  and {} more; --html or --json shows all\n",
                          FormatCount(static_cast<int64_t>(ordered.size() - kMostAnomalies))),
              Tone::kFaint, style);
  }
  return text;
}

}  // namespace

Verdict VerdictOf(const ScanReport& report) {
  Verdict verdict;
  verdict.sources_not_read = static_cast<int64_t>(report.unread.size());
  for (const auto& scan : report.containers) {
    verdict.anomalies += static_cast<int64_t>(scan.anomalies.size());
    verdict.rows += scan.record_count;
    verdict.files_not_read += static_cast<int64_t>(scan.failures.size());
    for (const auto& check : scan.checks) {
      ++verdict.checks;
      switch (check.outcome.assertion) {
        case Assertion::kPassed: ++verdict.passed; break;
        case Assertion::kFailed: ++verdict.failed; break;
        case Assertion::kUnasserted:
          if (!check.error.empty()) {
            ++verdict.not_run;
          } else {
            ++verdict.passed;
            ++verdict.without_rows;
          }
          break;
      }
    }
  }
  return verdict;
}

std::string VerdictText(const Verdict& verdict) {
  std::string text;
  if (verdict.checks == 0) {
    text = "No checks were run";
  } else if (verdict.failed > 0) {
    text = fmt::format("{} of {} failed", FormatCount(verdict.failed),
                       FormatCountOf(verdict.checks, "check"));
  } else if (verdict.is_complete()) {
    text = verdict.checks == 1 ? "The check holds"
                               : fmt::format("All {} checks hold", FormatCount(verdict.checks));
  } else {
    text = fmt::format("{} of {} {}", FormatCount(verdict.passed),
                       FormatCountOf(verdict.checks, "check"),
                       verdict.checks == 1 ? "holds" : "hold");
  }
  if (verdict.without_rows > 0) {
    text += fmt::format(", {} without rows", FormatCount(verdict.without_rows));
  }
  if (verdict.not_run > 0) {
    text += fmt::format(", {} not asserted", FormatCount(verdict.not_run));
  }
  if (verdict.files_not_read > 0) {
    text += fmt::format(", {} not read", FormatCountOf(verdict.files_not_read, "file"));
  }
  if (verdict.sources_not_read > 0) {
    text += fmt::format(", {} not read", FormatCountOf(verdict.sources_not_read, "source"));
  }
  return text;
}

std::string PrintScans(const ScanReport& report, const TerminalStyle& style) {
  std::string text;
  for (const auto& scan : report.containers) {
    const std::vector<std::string> facts = {
        FormatCountOf(scan.record_count, "row"),
        FormatCountOf(static_cast<int64_t>(scan.files.size()), "file"),
        FormatCountOf(static_cast<int64_t>(scan.checks.size()), "check"),
    };
    text += PrintContainerHeading(scan.container, facts, style);
    if (!scan.checks.empty()) text += "\n" + CheckTable(scan, style);
    if (!scan.anomalies.empty()) text += "\n" + AnomalyTable(scan, style);
    if (!scan.failures.empty()) text += "\n" + PrintFileFailures(scan.failures, style);
    text += "\n";
  }
  if (!report.unread.empty()) text += PrintUnread(report.unread, style) + "\n";
  const Verdict verdict = VerdictOf(report);
  const Tone tone = verdict.failed > 0      ? Tone::kBad
                    : verdict.is_complete() ? Tone::kGood
                                            : Tone::kWarning;
  text += Paint(VerdictText(verdict), tone, style) + "\n";
  if (!report.enrichment_uri.empty()) {
    text += fmt::format("Results were written to {}\n", Printable(report.enrichment_uri));
  }
  return text;
}

std::string PrintSuggestions(const SuggestionReport& report, const TerminalStyle& style) {
  std::string text;
  for (const auto& container : report.containers) {
    if (!text.empty()) text += "\n";
    const std::vector<std::string> facts = {
        FormatCountOf(container.record_count, "row"),
        FormatCountOf(static_cast<int64_t>(container.checks.size()), "check"),
    };
    text += PrintContainerHeading(container.name, facts, style);
    if (container.checks.empty()) continue;
    TerminalTable table({
        {.title = "check", .min_width = 16, .max_width = 48},
        {.title = "level", .alignment = Alignment::kRight, .min_width = 5, .drop_order = 2},
        {.title = "tested on", .alignment = Alignment::kRight, .min_width = 9},
        {.title = "exceptions", .alignment = Alignment::kRight, .min_width = 10},
        {.title = "expects", .min_width = 12, .max_width = 80, .drop_order = 1},
    });
    for (const auto& check : container.checks) {
      table.AddRow({
          {.text = CheckName(check.definition), .tone = Tone::kStrong},
          {.text = fmt::format("{}", check.level)},
          {.text = FormatCount(check.holdout_rows)},
          {.text = FormatCount(check.holdout_exceptions),
           .tone = check.holdout_exceptions > 0 ? Tone::kWarning : Tone::kPlain},
          {.text = PropertiesText(check.definition.properties), .tone = Tone::kFaint},
      });
    }
    text += "\n" + table.Print(style, 2);
  }
  return text;
}

}  // namespace assay::report
