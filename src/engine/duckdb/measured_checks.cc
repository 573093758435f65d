#include "engine/duckdb/measured_checks.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::engine {
namespace {

using Assertion = CheckOutcome::Assertion;

Assertion AssertionOf(bool holds) {
  return holds ? Assertion::kPassed : Assertion::kFailed;
}

bool IsNull(const plan::Literal& value) {
  return value.kind == plan::LiteralKind::kNull;
}

void CompareWithEarlier(const plan::MeasureCheck& check, const plan::Literal& measure,
                        const std::optional<plan::Literal>& earlier, CheckOutcome& outcome) {
  if (!earlier) {
    outcome.assertion = Assertion::kPassed;
    outcome.detail = fmt::format("measured {}, for the first time", measure.text);
    return;
  }
  outcome.compared_with = earlier;
  const std::optional<bool> holds =
      plan::IsChangeWithin(check.change->kind, *earlier, measure, check.min, check.max);
  outcome.detail = fmt::format("measured {}, {} before", measure.text, earlier->text);
  if (holds) {
    outcome.assertion = AssertionOf(*holds);
  } else {
    outcome.detail += ": a change from zero has no percentage";
  }
}

}  // namespace

CheckOutcome MeasureOutcome(const plan::MeasureCheck& check, plan::Literal measure,
                            const std::optional<plan::Literal>& earlier) {
  CheckOutcome outcome;
  if (IsNull(measure)) {
    // Nothing to assert.
  } else if (check.change) {
    CompareWithEarlier(check, measure, earlier, outcome);
  } else {
    outcome.assertion = AssertionOf(plan::IsWithin(measure, check.min, check.max));
    outcome.detail = "measured " + measure.text;
  }
  outcome.measure = std::move(measure);
  return outcome;
}

CheckOutcome ComparisonOutcome(const plan::ComparisonCheck& check, plan::Literal measure,
                               plan::Literal reference_measure,
                               const std::string& reference_name) {
  CheckOutcome outcome;
  if (IsNull(measure)) {
    outcome.detail = "there is no value to compare: it is null";
  } else if (IsNull(reference_measure)) {
    outcome.detail =
        fmt::format("there is no value to compare with: of {} it is null", reference_name);
  } else {
    outcome.assertion =
        AssertionOf(plan::Compares(measure, check.comparison, reference_measure));
    outcome.detail = fmt::format("measured {}, and {} of {}", measure.text,
                                 reference_measure.text, reference_name);
  }
  outcome.measure = std::move(measure);
  outcome.compared_with = std::move(reference_measure);
  return outcome;
}

CheckOutcome FreshnessOutcome(const plan::FreshnessCheck& check, plan::Literal last_update) {
  CheckOutcome outcome;
  if (IsNull(last_update)) {
    outcome.detail = "no row tells when it was last updated";
  } else {
    outcome.assertion = AssertionOf(plan::Compare(last_update, check.not_before) >= 0);
    outcome.detail = "last updated " + last_update.text;
  }
  outcome.measure = std::move(last_update);
  return outcome;
}

Result<CheckOutcome> FreshnessOfFiles(const plan::FreshnessCheck& check,
                                      const Dataset& dataset) {
  if (dataset.format == FileFormat::kTable) {
    return Fail(ErrorKind::kUnsupported,
                "tables do not tell when they were last updated; name a field of dates or "
                "times whose greatest value does (field_name)");
  }
  Timestamp newest{};
  for (const DataFile& file : dataset.files) newest = std::max(newest, file.last_modified);
  if (newest == Timestamp{}) {
    return Fail(ErrorKind::kUnsupported,
                "no file tells when it was modified; name a field of dates or times whose "
                "greatest value does (field_name)");
  }
  return FreshnessOutcome(check, plan::Literal::Time(newest));
}

Status RequireWhole(const ScanOptions& options, std::string_view subject) {
  if (options.extent == ScanOptions::Extent::kWhole && options.max_rows_per_file < 0) return {};
  return Fail(ErrorKind::kUnsupported,
              fmt::format("{}, and only a part was scanned; run a full scan", subject));
}

}  // namespace assay::engine
