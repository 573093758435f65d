#include "engine/duckdb/distribution.h"

#include <fmt/format.h>

#include "engine/duckdb/reference_copy.h"
#include "engine/scan/distribution_statistics.h"
#include "plan/dialects/duckdb.h"

namespace assay::engine {
namespace {

/// Groups of equal values whose counts are in memory at once.
constexpr int64_t kGroupsAtOnce = 1'000'000;

struct PrintedSides {
  RowCopy here, there;
};

/// The copy of the values that are not null, of rows that take part.
Result<RowCopy> PrintCopy(std::string value, const std::optional<plan::Expression>& filter,
                          const plan::Schema& schema) {
  RowCopy copy{.positions = RowCopy::Positions::kLeftOut};
  copy.condition = fmt::format("({}) IS NOT NULL", value);
  if (filter) {
    ASSAY_TRY(const std::string printed, plan::dialects::DuckDb().Print(*filter, schema));
    copy.condition += fmt::format(" AND ({}) IS TRUE", printed);
  }
  copy.values.push_back(std::move(value));
  return copy;
}

Result<PrintedSides> PrintSides(const plan::Check& check,
                                const plan::DistributionCheck& distribution,
                                const plan::Schema& here, const plan::Schema& there) {
  ASSAY_TRY(auto values, plan::dialects::DuckDb().PrintComparable(
                             distribution.value, here, distribution.reference_value, there));
  PrintedSides sides;
  ASSAY_TRY(sides.here, PrintCopy(std::move(values.a), check.filter, here));
  ASSAY_TRY(sides.there, PrintCopy(std::move(values.b), distribution.reference_filter, there));
  return sides;
}

/// How often each value is in both samples.
class ValueCounts {
 public:
  ValueCounts(Session& session, const DatasetSchema& schema, const std::stop_token& stop)
      : session_(session), schema_(schema), stop_(stop), groups_(session, schema) {}

  /// From the tables of both copies.
  Status Count(const std::string& here, const std::string& there) {
    ASSAY_RETURN_IF_ERROR(Run(fmt::format(
        "CREATE TABLE {} AS SELECT row_number() OVER (ORDER BY v) AS n, a, b FROM (SELECT v, "
        "CAST(sum(here) AS BIGINT) AS a, CAST(sum(there) AS BIGINT) AS b FROM (SELECT v0 AS v, "
        "1 "
        "AS here, 0 AS there FROM {} UNION ALL SELECT v0, 0, 1 FROM {}) GROUP BY v)",
        groups_.name(), here, there)));
    ASSAY_TRY(
        const auto sums,
        Run(fmt::format("SELECT CAST(coalesce(sum(a), 0) AS BIGINT), CAST(coalesce(sum(b), 0) "
                        "AS BIGINT), count(*) FROM {}",
                        groups_.name())));
    sizes_ = {sums->GetValue(0, 0).GetValue<int64_t>(),
              sums->GetValue(1, 0).GetValue<int64_t>()};
    group_count_ = sums->GetValue(2, 0).GetValue<int64_t>();
    return {};
  }

  Status AddTo(scan::DistributionStatistic& statistic) {
    for (int64_t first = 1; first <= group_count_; first += kGroupsAtOnce) {
      ASSAY_TRY(const auto rows,
                Run(fmt::format("SELECT a, b FROM {} WHERE n BETWEEN {} AND {} ORDER BY n",
                                groups_.name(), first, first + kGroupsAtOnce - 1)));
      for (const auto& row : rows->Collection().Rows()) {
        statistic.Add(row.GetValue(0).GetValue<int64_t>(), row.GetValue(1).GetValue<int64_t>());
      }
    }
    return {};
  }

  const scan::SampleSizes& sizes() const { return sizes_; }

 private:
  Result<QueryRows> Run(const std::string& sql) {
    return RunQuery(session_, schema_, sql, stop_);
  }

  Session& session_;
  const DatasetSchema& schema_;
  const std::stop_token& stop_;
  const ScratchTable groups_;
  scan::SampleSizes sizes_;
  int64_t group_count_ = 0;
};

/// Six digits, as people read them.
std::string Shown(double value) {
  return fmt::format("{:.6g}", value);
}

CheckOutcome OutcomeOf(const plan::DistributionCheck& check, const scan::SampleSizes& sizes,
                       const scan::DistributionMeasure& measure) {
  const bool is_p_value = check.measured == plan::DistributionCheck::Measured::kPValue;
  const double measured = is_p_value ? measure.p_value.value_or(0) : measure.statistic;
  CheckOutcome outcome;
  outcome.total.asserted_rows = sizes.here;
  outcome.detail = "measured " + Shown(measure.statistic);
  if (measure.p_value) outcome.detail += ", p-value " + Shown(*measure.p_value);
  outcome.measure = plan::Literal{plan::LiteralKind::kDouble, Shown(measured)};
  outcome.assertion = plan::IsWithin(plan::Literal::Double(measured), check.min, check.max)
                          ? CheckOutcome::Assertion::kPassed
                          : CheckOutcome::Assertion::kFailed;
  return outcome;
}

}  // namespace

Result<CheckOutcome> MeasureDistribution(Session& session, const Dataset& dataset,
                                         const DatasetSchema& schema,
                                         const std::vector<size_t>& files,
                                         const plan::Check& check, const ScanOptions& options,
                                         const std::stop_token& stop) {
  const auto& distribution = std::get<plan::DistributionCheck>(check.form);
  const auto reference = options.references.find(distribution.reference);
  if (reference == options.references.end())
    return Fail(ErrorKind::kUnsupported, "containers cannot be compared here");
  if (files.size() != dataset.files.size())
    return Fail(ErrorKind::kUnsupported, "it is of all rows, and not all files could be read");
  ASSAY_TRY(PrintedSides sides,
            PrintSides(check, distribution, schema.schema, reference->second.schema->schema));
  sides.here.max_rows_per_file = options.max_rows_per_file;
  const ScratchTable here(session, schema);
  ASSAY_RETURN_IF_ERROR(CopyRowsAgain(here, dataset, files, sides.here, "its values", stop));
  ASSAY_TRY(const auto database, ScratchDatabase::Open(session));
  ASSAY_TRY(const std::string there,
            CopyReference(session, reference->second, sides.there, *database, stop));
  ValueCounts counts(session, schema, stop);
  ASSAY_RETURN_IF_ERROR(counts.Count(here.name(), there));
  if (counts.sizes().here == 0) return Fail(ErrorKind::kUnsupported, "there are no values");
  if (counts.sizes().baseline == 0) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("{}, with which it compares, has no values",
                            reference->second.dataset->name));
  }
  scan::DistributionStatistic statistic(distribution, counts.sizes());
  ASSAY_RETURN_IF_ERROR(counts.AddTo(statistic));
  return OutcomeOf(distribution, counts.sizes(), statistic.Finish());
}

}  // namespace assay::engine
