#include "report/junit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

#include "report/html/markup.h"
#include "report/number_format.h"
#include "report/profile_facts.h"

namespace assay::report {
namespace {

using Assertion = engine::CheckOutcome::Assertion;

constexpr size_t kMostMessages = 20;

struct Suite {
  std::string name;
  int tests = 0, failures = 0, errors = 0, skipped = 0;
  double seconds = 0;
  std::string cases;

  void Add(std::string_view test, std::string_view inner) {
    ++tests;
    cases += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", EscapeMarkup(name),
                         EscapeMarkup(test));
    cases += inner.empty() ? "/>\n" : fmt::format(">{}</testcase>\n", inner);
  }
  void AddError(std::string_view test, std::string_view message) {
    ++errors;
    Add(test, fmt::format("<error message=\"{}\"/>", EscapeCut(message, 2000)));
  }
  std::string Attributes() const {
    return fmt::format(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"", tests,
        failures, errors, skipped, seconds);
  }
};

/// What the anomalies say about one check, a message a line.
std::vector<std::string> Messages(const operations::ContainerScan& scan, size_t check_index) {
  std::vector<std::string> messages;
  size_t left_out = 0;
  for (const auto& anomaly : scan.anomalies) {
    for (const auto& failed : anomaly.failed_checks) {
      if (failed.check_index != check_index) continue;
      if (messages.size() == kMostMessages) {
        ++left_out;
        continue;
      }
      std::string where;
      if (!anomaly.is_rolled_up && !anomaly.relative_path.empty() &&
          !anomaly.source_records.empty()) {
        where = fmt::format(" ({}, row {})", anomaly.relative_path,
                            anomaly.source_records.front().row_number + 1);
      }
      messages.push_back(failed.message + where);
    }
  }
  if (left_out > 0) messages.push_back(fmt::format("and {} more", left_out));
  return messages;
}

Suite SuiteOf(const operations::ContainerScan& scan) {
  Suite suite{.name = scan.container,
              .seconds = std::chrono::duration<double>(scan.end_time - scan.start_time).count(),
              .cases = {}};
  for (size_t i = 0; i < scan.checks.size(); ++i) {
    const operations::CheckResult& result = scan.checks[i];
    const std::string name = CheckName(result);
    switch (result.outcome.assertion) {
      case Assertion::kPassed: suite.Add(name, ""); break;
      case Assertion::kFailed: {
        ++suite.failures;
        const auto& [asserted, failing] = result.outcome.total;
        const std::string summary = asserted > 0
                                        ? fmt::format("{} of {} fail", FormatCount(failing),
                                                      FormatCountOf(asserted, "row"))
                                        : result.outcome.detail;
        suite.Add(
            name,
            fmt::format("<failure message=\"{}\">{}</failure>", EscapeCut(summary, 2000),
                        EscapeMarkup(fmt::format("{}", fmt::join(Messages(scan, i), "\n")))));
        break;
      }
      case Assertion::kUnasserted:
        if (!result.error.empty()) {
          suite.AddError(name, result.error);
        } else {
          ++suite.skipped;
          suite.Add(name, "<skipped message=\"no row was asserted\"/>");
        }
        break;
    }
  }
  for (const auto& failure : scan.failures) {
    suite.AddError("reading " + failure.relative_path, failure.error.message);
  }
  return suite;
}

}  // namespace

std::string JunitXml(const ScanReport& report) {
  std::vector<Suite> suites;
  for (const auto& scan : report.containers) suites.push_back(SuiteOf(scan));
  for (const auto& unread : report.unread) {
    Suite suite{.name = unread.name, .cases = {}};
    suite.AddError("reading", unread.error.message);
    suites.push_back(std::move(suite));
  }
  Suite total;
  std::string inner;
  for (const auto& suite : suites) {
    total.tests += suite.tests;
    total.failures += suite.failures;
    total.errors += suite.errors;
    total.skipped += suite.skipped;
    total.seconds += suite.seconds;
    inner += fmt::format("  <testsuite name=\"{}\" {} timestamp=\"{}\">\n{}  </testsuite>\n",
                         EscapeMarkup(suite.name), suite.Attributes(),
                         FormatTimestamp(report.time), suite.cases);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"assay scan\" "
      "{}>\n{}</testsuites>\n",
      total.Attributes(), inner);
}

}  // namespace assay::report
