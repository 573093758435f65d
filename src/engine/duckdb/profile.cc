#include "engine/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <thread>

#include "engine/duckdb/field_types.h"
#include "engine/duckdb/file_pass.h"
#include "engine/duckdb/profile_aggregate.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/profile/profile_passes.h"
#include "engine/reader_sql.h"
#include "engine/table_reading.h"
#include "plan/dialects/duckdb.h"

namespace assay::engine {
namespace {

/// The columns of each pass, as indexes: the states of a pass take up to half of the memory.
std::vector<std::vector<size_t>> PassesFor(const Session::Internals& internals,
                                           const std::vector<profile::ProfiledColumn>& columns,
                                           const ProfileOptions& options) {
  // One for each thread, those of the file and of the container, and those that are held out.
  constexpr int64_t kFurtherCopies = 4;
  const int threads = internals.options.threads > 0
                          ? internals.options.threads
                          : static_cast<int>(std::thread::hardware_concurrency());
  return profile::CutIntoPasses(columns, options, internals.options.memory_limit_bytes / 2,
                                threads + kFurtherCopies);
}

/// What to profile for each field, by the types that the reader yields.
Result<std::vector<ProfileExpression>> MakeExpressions(Session& session, const Dataset& dataset,
                                                       const DatasetSchema& schema) {
  std::vector<std::string> values;
  for (const plan::Field& field : schema.schema.fields) {
    ASSAY_TRY(std::string value, plan::dialects::DuckDb().PrintField(field));
    values.push_back(std::move(value));
  }
  if (values.empty()) return std::vector<ProfileExpression>();
  ASSAY_TRY(const QueryShape shape,
            DescribeQuery(session, fmt::format("SELECT {} FROM {}", fmt::join(values, ", "),
                                               ShapeSql(dataset, schema))));
  std::vector<ProfileExpression> expressions;
  for (size_t i = 0; i < values.size(); ++i) {
    std::ranges::move(ProfileExpressionsOf(schema.schema.fields[i], values[i], shape.types[i]),
                      std::back_inserter(expressions));
  }
  return expressions;
}

/// The states of some columns, over all files that could be read.
class Pass {
 public:
  Pass(std::vector<ProfileExpression> expressions, const ProfileOptions& options)
      : expressions_(std::move(expressions)) {
    std::vector<profile::ProfiledColumn> columns;
    for (const ProfileExpression& expression : expressions_)
      columns.push_back(expression.column);
    for (size_t i = 0; i < expressions_.size(); ++i) {
      if (columns[i].field.reading == plan::Reading::kTryCast) typed_texts_.push_back(i);
    }
    cell_counts_.resize(typed_texts_.size());
    plan_ = std::make_shared<const profile::ProfilePlan>(
        profile::ProfilePlan::Make(std::move(columns), options));
    training_ = std::make_unique<profile::ProfileState>(plan_);
    held_out_ = std::make_unique<profile::ProfileState>(plan_);
  }

  Result<FileWork> ReadFile(Session& session, const Dataset& dataset,
                            const DatasetSchema& schema, size_t index,
                            const ProfileOptions& options, const std::stop_token& stop,
                            const ShareCallback& progress) {
    const auto collector = std::make_shared<ProfileCollector>();
    collector->plan = plan_;
    collector->holdout = Holdout(dataset.files[index].relative_path, options.holdout_share);
    const bool numbered = !collector->holdout.is_empty();
    if (numbered && schema.table)
      ASSAY_RETURN_IF_ERROR(schema.table->MakeAddressable(options.max_rows_per_file, stop));
    std::string sql = fmt::format("SELECT assay_profile(CAST({} AS UBIGINT), {}",
                                  reinterpret_cast<uintptr_t>(collector.get()),
                                  numbered ? QuoteName(kRowNumberColumn) : "CAST(0 AS BIGINT)");
    for (const ProfileExpression& expression : expressions_) sql += ", " + expression.sql;
    sql += ")";
    for (const size_t i : typed_texts_)
      sql += fmt::format(", count({})", QuoteName(expressions_[i].column.field.path.front()));
    sql += " FROM " + FileSql(dataset, schema, index,
                              numbered ? RowNumbers::kYes : RowNumbers::kNo,
                              options.max_rows_per_file);
    ASSAY_TRY(const auto rows, RunQuery(session, schema, sql, stop, progress));
    std::vector<int64_t> cell_counts;
    for (size_t i = 0; i < typed_texts_.size(); ++i)
      cell_counts.push_back(rows->GetValue(i + 1, 0).GetValue<int64_t>());
    return FileWork{.row_count = rows->GetValue(0, 0).GetValue<int64_t>(),
                    .add = [this, collector, cell_counts]() -> Status {
                      if (collector->training) training_->Combine(*collector->training);
                      if (collector->held_out) held_out_->Combine(*collector->held_out);
                      std::ranges::transform(cell_counts_, cell_counts, cell_counts_.begin(),
                                             std::plus<>());
                      return {};
                    }};
  }

  /// The profiles of the columns, in their order.
  struct Finished {
    std::vector<FieldProfile> fields, training_fields;  // the latter empty without a holdout
  };
  Finished Finish(const ProfileOptions& options) {
    Finished finished;
    if (options.holdout_share > 0) {
      // Finishing settles the samples, which does not change what they combine to.
      finished.training_fields = training_->Finish(options);
      training_->Combine(*held_out_);
    }
    std::vector<FieldProfile> fields = training_->Finish(options);
    for (size_t i = 0; i < typed_texts_.size(); ++i) {
      FieldProfile& field = fields[typed_texts_[i]];
      field.unparsable_count = cell_counts_[i] - (field.record_count - field.null_count);
    }
    finished.fields = std::move(fields);
    return finished;
  }

 private:
  std::vector<ProfileExpression> expressions_;
  std::vector<size_t>
      typed_texts_;  // indexes of the expressions that read texts as another type
  std::vector<int64_t> cell_counts_;  // of those, cells that are not null
  std::shared_ptr<const profile::ProfilePlan> plan_;
  std::unique_ptr<profile::ProfileState> training_, held_out_;
};

/// Rows of the files that were read, with those beyond the limit: nothing where only reading on
/// would tell.
Result<std::optional<int64_t>> CountAllRows(Session& session, const Dataset& dataset,
                                            const DatasetSchema& schema,
                                            const std::vector<size_t>& read,
                                            const ContainerProfile& profile,
                                            int64_t max_rows_per_file,
                                            const RunContext& context) {
  int64_t total = 0;
  for (size_t i = 0; i < read.size(); ++i) {
    if (profile.files[i].row_count < max_rows_per_file) {
      total += profile.files[i].row_count;
    } else if (dataset.format == FileFormat::kParquet && !LeavesRowsOut(schema)) {
      // The footer says it: no column is read.
      const std::string rows = DetectingReaderSql(dataset, *schema.encodings, read[i]);
      ASSAY_TRY(const auto count,
                RunQuery(session, "SELECT count(*) FROM " + rows, context.stop));
      total += count->GetValue(0, 0).GetValue<int64_t>();
    } else {
      return std::nullopt;
    }
  }
  return total;
}

}  // namespace

Result<ContainerProfile> Profile(Session& session, const Dataset& dataset,
                                 const DatasetSchema& schema, const ProfileOptions& options,
                                 const RunContext& context) {
  ASSAY_TRY(std::vector<ProfileExpression> expressions,
            MakeExpressions(session, dataset, schema));
  ContainerProfile profile{
      .name = dataset.name, .schema = schema.schema, .failures = schema.failures};
  DatasetSchema remaining = schema;
  std::vector<profile::ProfiledColumn> all_columns;
  for (const ProfileExpression& expression : expressions)
    all_columns.push_back(expression.column);
  ProfileOptions pass_options = options;
  if (!profile::AreCorrelated(all_columns, options)) pass_options.max_correlated_fields = 0;
  profile.fields.resize(expressions.size());
  if (options.holdout_share > 0) profile.training_fields.resize(expressions.size());
  bool is_first = true;
  for (const std::vector<size_t>& columns :
       PassesFor(session.internals(), all_columns, options)) {
    std::vector<ProfileExpression> chosen;
    for (const size_t column : columns) chosen.push_back(expressions[column]);
    Pass pass(std::move(chosen), pass_options);
    ASSAY_TRY(PassReport report,
              ForEachFile(session, dataset, remaining, "profiling " + dataset.name, context,
                          [&](size_t index, const ShareCallback& progress) {
                            return pass.ReadFile(session, dataset, schema, index, options,
                                                 context.stop, progress);
                          }));
    if (!is_first && !report.failures.empty()) {
      // Earlier passes counted this file; only a run without it is consistent.
      return Fail(ErrorKind::kConflict,
                  fmt::format("{} could be read at first and then not: {}; run again",
                              report.failures.front().relative_path,
                              report.failures.front().error.message));
    }
    remaining.readable = std::move(report.read);
    std::ranges::move(report.failures, std::back_inserter(profile.failures));
    profile.files = std::move(report.files);
    Pass::Finished finished = pass.Finish(options);
    for (size_t i = 0; i < columns.size(); ++i) {
      profile.fields[columns[i]] = std::move(finished.fields[i]);
      if (options.holdout_share > 0)
        profile.training_fields[columns[i]] = std::move(finished.training_fields[i]);
    }
    is_first = false;
  }
  if (profile.files.empty()) {
    const FileFailure& first = profile.failures.front();
    if (schema.table) return std::unexpected(first.error);
    return Fail(first.error.kind, fmt::format("none of the {} files of {} can be read; {}: {}",
                                              dataset.files.size(), dataset.name,
                                              first.relative_path, first.error.message));
  }
  for (const FileSummary& file : profile.files) profile.record_count += file.row_count;
  if (options.max_rows_per_file >= 0) {
    ASSAY_TRY(profile.total_record_count,
              CountAllRows(session, dataset, schema, remaining.readable, profile,
                           options.max_rows_per_file, context));
  }
  return profile;
}

}  // namespace assay::engine
