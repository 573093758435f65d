#include "engine/duckdb/file_checks.h"

#include <fmt/format.h>

#include <type_traits>
#include <utility>

#include "engine/duckdb/file_facts.h"
#include "engine/scan/group_tally.h"

namespace assay::engine {
namespace {

using Check = plan::FileCheck;

template <class Expected>
constexpr bool kIsOfDelimited =
    std::is_same_v<Expected, Check::EvenRows> || std::is_same_v<Expected, Check::Header>;
template <class Expected>
constexpr bool kIsOfTexts =
    kIsOfDelimited<Expected> || std::is_same_v<Expected, Check::Encoding>;
template <class Expected>
constexpr bool kIsOfAllFiles =
    std::is_same_v<Expected, Check::Count> || std::is_same_v<Expected, Check::DistinctContent>;

/// Why the check says nothing of this dataset.
template <class Expected>
Status CheckApplies(const Dataset& dataset, const ScanOptions& options) {
  if (dataset.table) return Fail(ErrorKind::kUnsupported, "a table has no files");
  if (kIsOfDelimited<Expected> && dataset.format != FileFormat::kDelimited)
    return Fail(ErrorKind::kUnsupported, "only delimited files have rows of cells");
  if (kIsOfTexts<Expected> && dataset.format == FileFormat::kParquet)
    return Fail(ErrorKind::kUnsupported, "Parquet files are no texts");
  if (kIsOfAllFiles<Expected> && options.extent == ScanOptions::Extent::kPart) {
    return Fail(ErrorKind::kUnsupported,
                "it is about all files together, and only some were scanned; run a full scan");
  }
  return {};
}

CheckOutcome CountFiles(const Check::Count& expected, const Dataset& dataset) {
  const int64_t count = std::ssize(dataset.files);
  const bool is_within =
      count >= expected.min.value_or(0) && count <= expected.max.value_or(INT64_MAX);
  CheckOutcome outcome;
  outcome.measure = plan::Literal::Integer(count);
  outcome.detail = fmt::format("measured {}", count);
  outcome.assertion =
      is_within ? CheckOutcome::Assertion::kPassed : CheckOutcome::Assertion::kFailed;
  return outcome;
}

/// What is wrong with a file is also that its text cannot be read.
template <class Expected>
FileFacts::Fault FindFault(FileFacts& facts, const Expected& expected, size_t file) {
  FileFacts::Fault fault = facts.Find(expected, file);
  const bool is_damaged =
      kIsOfTexts<Expected> && !fault && fault.error().kind == ErrorKind::kCorruptData;
  if (is_damaged) return std::optional("cannot be read: " + fault.error().message);
  return fault;
}

template <class Expected>
Result<CheckOutcome> CheckEach(FileFacts& facts, const Expected& expected,
                               const Dataset& dataset, double coverage) {
  scan::GroupTally tally(coverage);
  for (size_t file = 0; file < dataset.files.size(); ++file) {
    const std::string& path = dataset.files[file].relative_path;
    const FileFacts::Fault fault = FindFault(facts, expected, file);
    if (!fault) return FailWithin(path, fault.error());
    if (*fault) {
      tally.Fail(fault->value().empty() ? path : path + " " + fault->value());
    } else {
      tally.Hold();
    }
  }
  return tally.Finish();
}

}  // namespace

Result<CheckOutcome> CheckFiles(Session& session, const Dataset& dataset,
                                const DatasetSchema& schema, const plan::Check& check,
                                const ScanOptions& options, const std::stop_token& stop) {
  FileFacts facts(session, dataset, schema, stop);
  return std::visit(
      [&]<class Expected>(const Expected& expected) -> Result<CheckOutcome> {
        ASSAY_RETURN_IF_ERROR((CheckApplies<Expected>(dataset, options)));
        if constexpr (std::is_same_v<Expected, Check::Count>) {
          return CountFiles(expected, dataset);
        } else {
          return CheckEach(facts, expected, dataset, check.coverage);
        }
      },
      std::get<Check>(check.form).expected);
}

}  // namespace assay::engine
