#include "engine/duckdb/delimited_schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/duckdb/profile_aggregate.h"
#include "engine/duckdb/query.h"
#include "engine/profile/text_shape.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

constexpr double kNearlyAll = 0.95;

std::string OneCharacter(const duckdb::Value& value) {
  const std::string text = value.IsNull() ? "" : value.ToString();
  return text == "(empty)" || text == std::string(1, '\0') ? "" : text;
}

plan::FieldType ChooseByVotes(const FieldProfile& field) {
  for (const plan::FieldType type :
       {plan::FieldType::kBoolean, plan::FieldType::kIntegral, plan::FieldType::kFractional,
        plan::FieldType::kDate, plan::FieldType::kTimestamp}) {
    const auto vote = field.type_votes.find(type);
    if (vote == field.type_votes.end() || vote->second < kNearlyAll) continue;
    // A wider type that covers more of the values is the better description.
    const auto covers = [&](plan::FieldType wider) {
      const auto other = field.type_votes.find(wider);
      return other != field.type_votes.end() && other->second > vote->second;
    };
    if (type == plan::FieldType::kIntegral && covers(plan::FieldType::kFractional)) continue;
    if (type == plan::FieldType::kDate && covers(plan::FieldType::kTimestamp)) continue;
    return type;
  }
  return plan::FieldType::kString;
}

TextType ChooseType(const FieldProfile& field) {
  constexpr int kBigintDigits = 18, kDecimalDigits = 38;
  TextType chosen{.type = ChooseByVotes(field)};
  const TextNumbers& numbers = field.text_numbers;
  if (chosen.type == plan::FieldType::kIntegral && numbers.integer_digits > kBigintDigits)
    chosen.native_type = "HUGEINT";
  if (chosen.type == plan::FieldType::kFractional && !numbers.fit_double) {
    if (numbers.integer_digits + numbers.fraction_digits > kDecimalDigits) return {};
    chosen.native_type = fmt::format("DECIMAL({},{})", kDecimalDigits, numbers.fraction_digits);
  }
  return chosen;
}

std::shared_ptr<const profile::ProfilePlan> PlanOfTexts(const std::vector<std::string>& names) {
  profile::ProfilePlan plan;
  for (const std::string& name : names) {
    plan.columns.push_back(
        {.field = {.name = name},
         .type = {profile::PhysicalType::kText, profile::ValueFormat::kText, 0}});
  }
  return std::make_shared<const profile::ProfilePlan>(std::move(plan));
}

/// Whether the only row of a file that seems to have no header is one: names, each once, none
/// of which could be a number or a time.
bool LooksLikeAHeader(duckdb::MaterializedQueryResult& rows) {
  std::vector<std::string> names;
  for (size_t column = 0; column < rows.names.size(); ++column) {
    const duckdb::Value cell = rows.GetValue(column, 0);
    const std::string name = cell.IsNull() ? "" : cell.ToString();
    if (name.empty() || (profile::TypesOf(name) & ~profile::kParsesAsBoolean) != 0 ||
        std::ranges::find(names, name) != names.end())
      return false;
    names.push_back(name);
  }
  return true;
}

enum class OddLines { kRefused, kLeftOut };

/// What DuckDB's detection finds in the file that the arguments `file` name.
Result<DetectedDialect> Sniff(Session& session, const ReadOptions& options,
                              const std::string& file, OddLines odd_lines,
                              const std::stop_token& stop) {
  std::string sql = fmt::format(
      "SELECT Delimiter, Quote, Escape, SkipRows, HasHeader, len(Columns) FROM sniff_csv({}, "
      "sample_size = 20480, ignore_errors = {}, {}",
      file, odd_lines == OddLines::kLeftOut, kLineLimits);
  if (options.delimiter) sql += fmt::format(", delim = {}", QuoteText(*options.delimiter));
  if (options.escape_character)
    sql += fmt::format(", escape = {}", QuoteText(*options.escape_character));
  if (options.has_header) sql += fmt::format(", header = {}", *options.has_header);
  ASSAY_TRY(const auto rows, RunQuery(session, sql + ")", stop));
  DetectedDialect sniffed{.column_count = rows->GetValue(5, 0).GetValue<int64_t>()};
  DelimitedDialect& dialect = sniffed.dialect;
  dialect.delimiter = options.delimiter.value_or(OneCharacter(rows->GetValue(0, 0)));
  dialect.quote = OneCharacter(rows->GetValue(1, 0));
  if (dialect.quote.empty()) dialect.quote = "\"";
  dialect.escape = options.escape_character.value_or(OneCharacter(rows->GetValue(2, 0)));
  if (dialect.escape.empty()) dialect.escape = dialect.quote;
  dialect.skipped_lines = rows->GetValue(3, 0).GetValue<int64_t>();
  dialect.has_header = options.has_header.value_or(rows->GetValue(4, 0).GetValue<bool>());
  return sniffed;
}

/// Whether at least nine of ten lines have as many cells as were found, as those of a table do,
/// and sentences with commas do not. Lines with quotes may be parts of rows and do not count.
Result<bool> FitsNearlyAll(Session& session, const std::string& file,
                           const DetectedDialect& sniffed, const std::stop_token& stop) {
  ASSAY_TRY(
      const auto rows,
      RunQuery(
          session,
          fmt::format(
              "SELECT count(*) FILTER (length(line) - length(replace(line, {0}, '')) = {1}) >= "
              "0.9 * count(*) FROM (FROM read_csv({2}, auto_detect = false, header = false, "
              "delim = '', quote = '', escape = '', columns = {{'line': 'VARCHAR'}}, {3}) "
              "LIMIT 20480) WHERE line <> '' AND NOT contains(line, {4})",
              QuoteText(sniffed.dialect.delimiter),
              static_cast<size_t>(sniffed.column_count - 1) * sniffed.dialect.delimiter.size(),
              file, kLineLimits, QuoteText(sniffed.dialect.quote)),
          stop));
  return rows->GetValue(0, 0).GetValue<bool>();
}

}  // namespace

Result<DetectedDialect> DetectDialect(Session& session, const Dataset& dataset,
                                      const FileEncodings& encodings, size_t file_index,
                                      std::stop_token stop) {
  const ReadOptions& options = dataset.options;
  const std::string file = TextFileArguments(dataset, encodings, file_index);
  ASSAY_TRY(DetectedDialect sniffed, Sniff(session, options, file, OddLines::kRefused, stop));
  // One line with another number of cells than the rest makes each line a single cell: then the
  // dialect of the rest is looked for, and the line is reported when it is read.
  if (sniffed.column_count == 1 && !options.delimiter) {
    ASSAY_TRY(DetectedDialect of_the_rest,
              Sniff(session, options, file, OddLines::kLeftOut, stop));
    if (of_the_rest.column_count > 1) {
      ASSAY_TRY(const bool fits, FitsNearlyAll(session, file, of_the_rest, stop));
      if (fits) sniffed = std::move(of_the_rest);
    }
  }
  DelimitedDialect& dialect = sniffed.dialect;
  if (!dialect.has_header && !options.has_header) {
    ASSAY_TRY(const auto first,
              RunQuery(session,
                       fmt::format("SELECT * FROM read_csv({}, all_varchar = true, header = "
                                   "false, {}, sample_size = 16, "
                                   "ignore_errors = true) LIMIT 2",
                                   file, DialectArguments(dialect)),
                       stop));
    dialect.has_header = first->RowCount() == 1 && LooksLikeAHeader(*first);
  }
  return sniffed;
}

Result<FileShape> DelimitedShape(Session& session, const Dataset& dataset,
                                 const DatasetSchema& schema, size_t file_index) {
  // Lines with faults are the pass's to report; here they would hide the names.
  const std::string sql = fmt::format(
      "SELECT * FROM read_csv({}, all_varchar = true, header = {}, {}, sample_size = 16, "
      "ignore_errors = true)",
      TextFileArguments(dataset, *schema.encodings, file_index), schema.dialect.has_header,
      DialectArguments(schema.dialect));
  ASSAY_TRY(QueryShape shape, DescribeQuery(session, sql));
  return FileShape{.file_index = file_index,
                   .names = std::move(shape.names),
                   .types = std::move(shape.types)};
}

TypeVote::TypeVote(std::vector<std::string> column_names)
    : column_names_(std::move(column_names)),
      plan_(PlanOfTexts(column_names_)),
      state_(plan_) {}

Status TypeVote::Add(Session& session, const std::string& sample_sql, std::stop_token stop) {
  ProfileCollector collector{.plan = plan_, .holdout = Holdout("", 0)};
  std::string sql = fmt::format("SELECT assay_profile(CAST({} AS UBIGINT), CAST(0 AS BIGINT)",
                                reinterpret_cast<uintptr_t>(&collector));
  for (const std::string& name : column_names_)
    sql += fmt::format(", NULLIF({}, '')", QuoteName(name));
  ASSAY_TRY(const auto rows, RunQuery(session, sql + ") FROM " + sample_sql, stop));
  if (collector.training) state_.Combine(*collector.training);
  return {};
}

std::vector<TextType> TypeVote::Finish() {
  std::vector<TextType> types;
  for (const FieldProfile& field : state_.Finish({})) types.push_back(ChooseType(field));
  return types;
}

}  // namespace assay::engine
