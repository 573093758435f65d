#include "engine/duckdb/delimited_schema.h"

#include <fmt/format.h>

#include "engine/duckdb/profile_aggregate.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/file_detection.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

constexpr double kNearlyAll = 0.95;
constexpr size_t kHeadBytes = 65536;

/// The first bytes of a file, decompressed, through whatever file system it is on.
Result<std::string> ReadHead(Session& session, const std::string& uri) {
  try {
    auto& file_system = session.internals().database->instance->GetFileSystem();
    const auto handle = file_system.OpenFile(uri, duckdb::FileFlags::FILE_FLAGS_READ | duckdb::FileCompressionType::AUTO_DETECT);
    std::string head(kHeadBytes, '\0');
    size_t filled = 0;
    while (filled < head.size()) {
      const int64_t got = handle->Read(head.data() + filled, head.size() - filled);
      if (got <= 0) break;
      filled += static_cast<size_t>(got);
    }
    head.resize(filled);
    return head;
  } catch (const std::exception& exception) {
    const Error error = ToError(duckdb::ErrorData(exception));
    return Fail(error.kind, error.message);
  }
}

std::string OneCharacter(const duckdb::Value& value) {
  const std::string text = value.IsNull() ? "" : value.ToString();
  return text == "(empty)" || text == std::string(1, '\0') ? "" : text;
}

}  // namespace

Result<DelimitedDialect> DetectDialect(Session& session, const Dataset& dataset, size_t file_index, std::stop_token stop) {
  const DataFile& file = dataset.files[file_index];
  const ReadOptions& options = dataset.options;
  DelimitedDialect dialect;
  if (options.encoding) {
    dialect.encoding = *options.encoding;
  } else {
    ASSAY_TRY(const std::string head, ReadHead(session, file.uri));
    ASSAY_TRY(dialect.encoding, DetectEncodingName(head));
  }
  std::string sql = fmt::format("SELECT Delimiter, Quote, Escape, SkipRows, HasHeader FROM sniff_csv({}, sample_size = 20480", QuoteText(file.uri));
  if (dialect.encoding != "utf-8") sql += fmt::format(", encoding = {}", QuoteText(dialect.encoding));
  if (options.delimiter) sql += fmt::format(", delim = {}", QuoteText(*options.delimiter));
  if (options.escape_character) sql += fmt::format(", escape = {}", QuoteText(*options.escape_character));
  if (options.has_header) sql += fmt::format(", header = {}", *options.has_header);
  ASSAY_TRY(const auto rows, RunQuery(session, sql + ")", stop));
  dialect.delimiter = options.delimiter.value_or(OneCharacter(rows->GetValue(0, 0)));
  dialect.quote = OneCharacter(rows->GetValue(1, 0));
  if (dialect.quote.empty()) dialect.quote = "\"";
  dialect.escape = options.escape_character.value_or(OneCharacter(rows->GetValue(2, 0)));
  if (dialect.escape.empty()) dialect.escape = dialect.quote;
  dialect.skipped_lines = rows->GetValue(3, 0).GetValue<int64_t>();
  dialect.has_header = options.has_header.value_or(rows->GetValue(4, 0).GetValue<bool>());
  return dialect;
}

Result<FileShape> DelimitedShape(Session& session, const Dataset& dataset, const DelimitedDialect& dialect, size_t file_index) {
  std::string sql = fmt::format(
      "SELECT * FROM read_csv({}, all_varchar = true, header = {}, delim = {}, quote = {}, escape = {}, skip = {}, encoding = {}, sample_size = 16)",
      QuoteText(dataset.files[file_index].uri), dialect.has_header, QuoteText(dialect.delimiter), QuoteText(dialect.quote),
      QuoteText(dialect.escape), dialect.skipped_lines, QuoteText(dialect.encoding));
  ASSAY_TRY(QueryShape shape, DescribeQuery(session, sql));
  return FileShape{.file_index = file_index, .names = std::move(shape.names), .types = std::move(shape.types)};
}

Result<std::vector<plan::FieldType>> VoteTypes(Session& session, const std::vector<std::string>& sample_sql,
                                               const std::vector<std::string>& column_names, std::stop_token stop) {
  std::vector<profile::ProfiledColumn> columns;
  for (const std::string& name : column_names) {
    columns.push_back({.field = {.name = name}, .type = {profile::PhysicalType::kText, profile::ValueFormat::kText, 0}});
  }
  const auto plan = std::make_shared<const profile::ProfilePlan>(profile::ProfilePlan{.columns = columns, .correlated = {}});
  profile::ProfileState state(plan);
  for (const std::string& sample : sample_sql) {
    ProfileCollector collector{.plan = plan, .holdout = Holdout("", 0)};
    std::string sql = fmt::format("SELECT assay_profile(CAST({} AS UBIGINT), CAST(0 AS BIGINT)", reinterpret_cast<uintptr_t>(&collector));
    for (const std::string& name : column_names) sql += fmt::format(", NULLIF({}, '')", QuoteName(name));
    ASSAY_TRY(const auto rows, RunQuery(session, sql + ") FROM " + sample, stop));
    if (collector.training) state.Combine(*collector.training);
  }
  std::vector<plan::FieldType> types;
  for (const FieldProfile& field : state.Finish({})) {
    plan::FieldType chosen = plan::FieldType::kString;
    for (const plan::FieldType type : {plan::FieldType::kBoolean, plan::FieldType::kIntegral, plan::FieldType::kFractional,
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
      chosen = type;
      break;
    }
    types.push_back(chosen);
  }
  return types;
}

}  // namespace assay::engine
