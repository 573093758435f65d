#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <regex>
#include <thread>

#include "engine/duckdb/delimited_schema.h"
#include "engine/duckdb/encoding_detection.h"
#include "engine/duckdb/field_types.h"
#include "engine/duckdb/file_shapes.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/profile.h"
#include "engine/reader_sql.h"
#include "engine/table_reading.h"

namespace assay::engine {
namespace {

constexpr size_t kSampledFiles = 10;
constexpr int64_t kSampledRows = 10'000;
constexpr size_t kParallelFooters = 8;  // waiting for a store, not computing

/// Makes the listed version of a remote file the one that is read.
void Pin(Session& session, const DataFile& file) {
  if (file.uri.starts_with("s3://"))
    session.internals().file_system->Pin(file.uri, file.etag, file.size_bytes);
}

/// One file's shape; the encoding of text files is found first.
Result<FileShape> ReadShape(Session& session, const Dataset& dataset, size_t index,
                            const std::function<Result<FileShape>(size_t)>& read,
                            FileEncodings& encodings) {
  if (dataset.format != FileFormat::kParquet)
    ASSAY_RETURN_IF_ERROR(DetectEncoding(session, dataset, index, encodings));
  return ReadEscapingFaults(session, dataset, encodings, index, [&] { return read(index); });
}

/// Shapes of the given files, several at a time; what cannot be read becomes a failure.
Result<std::vector<FileShape>> ReadShapes(Session& session, const Dataset& dataset,
                                          const RunContext& context,
                                          const std::function<Result<FileShape>(size_t)>& read,
                                          DatasetSchema& schema) {
  std::vector<std::optional<Result<FileShape>>> outcomes(dataset.files.size());
  std::atomic<size_t> next = 0;
  const auto run = [&] {
    for (size_t i; (i = next.fetch_add(1)) < dataset.files.size();) {
      if (context.stop.stop_requested()) return;
      const DataFile& file = dataset.files[i];
      Pin(session, file);
      outcomes[i] = ReadShape(session, dataset, i, read, *schema.encodings);
      const std::optional<Error> cause = session.internals().file_system->TakeError(file.uri);
      if (!*outcomes[i] && cause) outcomes[i] = std::unexpected(*cause);
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (size_t i = 1; i < std::min(kParallelFooters, dataset.files.size()); ++i)
      helpers.emplace_back(run);
    run();
  }
  if (context.stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
  std::vector<FileShape> shapes;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    if (*outcomes[i]) {
      shapes.push_back(**std::move(outcomes[i]));
    } else {
      schema.failures.push_back(
          {.relative_path = dataset.files[i].relative_path, .error = outcomes[i]->error()});
    }
  }
  return shapes;
}

Result<FileShape> DetectedShape(Session& session, const Dataset& dataset,
                                const FileEncodings& encodings, size_t index) {
  ASSAY_TRY(
      QueryShape shape,
      DescribeQuery(session, "SELECT * FROM " + DetectingReaderSql(dataset, encodings, index)));
  // Rows of very many fields are no maps, though values inside of them may be.
  const bool rows_are_maps = dataset.format == FileFormat::kJson && shape.names.size() == 1 &&
                             shape.names[0] == "json" &&
                             shape.types[0].id() == duckdb::LogicalTypeId::MAP;
  if (rows_are_maps) {
    ASSAY_TRY(shape, DescribeQuery(session, "SELECT * FROM " +
                                                DetectingReaderSql(dataset, encodings, index,
                                                                   MapInference::kNo)));
  }
  return FileShape{
      .file_index = index, .names = std::move(shape.names), .types = std::move(shape.types)};
}

bool IsExcluded(const Dataset& dataset, const std::string& name) {
  return std::ranges::find(dataset.options.exclude_fields, name) !=
         dataset.options.exclude_fields.end();
}

/// A column whose values come as text and are typed by us.
plan::Field TextField(const std::string& name, const TextType& type) {
  const bool is_text = type.type == plan::FieldType::kString;
  return {.name = name,
          .path = {name},
          .type = type.type,
          .native_type = type.native_type,
          .origin = plan::TypeOrigin::kInferred,
          .reading = is_text ? plan::Reading::kDirect : plan::Reading::kTryCast};
}

/// The votes of the first rows of some files that can be read, on columns that are read as
/// text.
Result<std::vector<TextType>> VoteOnSamples(Session& session, const Dataset& dataset,
                                            const DatasetSchema& schema,
                                            const std::vector<std::string>& names,
                                            const RunContext& context) {
  TypeVote vote(names);
  size_t counted = 0;
  for (const size_t index : schema.readable) {
    if (names.empty() || counted == kSampledFiles) break;
    // A file that breaks here is reported by the pass, and only has no vote.
    const Status status = ReadEscapingFaults(session, dataset, *schema.encodings, index, [&] {
      return vote.Add(session, FileSql(dataset, schema, index, RowNumbers::kNo, kSampledRows),
                      context.stop);
    });
    if (!status && status.error().kind == ErrorKind::kCancelled)
      return std::unexpected(status.error());
    if (status) ++counted;
  }
  return vote.Finish();
}

Status ReadParquetSchema(Session& session, const Dataset& dataset, const RunContext& context,
                         DatasetSchema& schema) {
  ASSAY_TRY(const auto shapes,
            ReadShapes(
                session, dataset, context,
                [&](size_t i) { return DetectedShape(session, dataset, *schema.encodings, i); },
                schema));
  CommonShape common = FindCommonShape(shapes, dataset);
  schema.readable = std::move(common.readable);
  std::ranges::move(common.failures, std::back_inserter(schema.failures));
  for (size_t i = 0; i < common.shape.names.size(); ++i) {
    schema.columns.push_back(
        {.name = common.shape.names[i], .native_type = common.shape.types[i].ToString()});
    if (IsExcluded(dataset, common.shape.names[i])) continue;
    std::ranges::move(FieldsOf(common.shape.names[i], common.shape.types[i]),
                      std::back_inserter(schema.schema.fields));
  }
  return {};
}

/// The dialect of the first of the sampled files that has several columns by it, else of the
/// first in which one is found: a file that is not well formed may seem to have one column.
DelimitedDialect ChooseDialect(Session& session, const Dataset& dataset,
                               FileEncodings& encodings, const RunContext& context) {
  std::optional<DetectedDialect> chosen;
  for (size_t i = 0; i < dataset.files.size(); ++i) {
    const bool is_enough = chosen && (chosen->column_count > 1 || i >= kSampledFiles);
    if (is_enough || context.stop.stop_requested()) break;
    Pin(session, dataset.files[i]);
    if (!DetectEncoding(session, dataset, i, encodings)) continue;
    const auto found = ReadEscapingFaults(session, dataset, encodings, i, [&] {
      return DetectDialect(session, dataset, encodings, i, context.stop);
    });
    if (found && (!chosen || found->column_count > 1)) chosen = *found;
  }
  return chosen.value_or(DetectedDialect{}).dialect;
}

Status ReadDelimitedSchema(Session& session, const Dataset& dataset, const RunContext& context,
                           DatasetSchema& schema) {
  schema.dialect = ChooseDialect(session, dataset, *schema.encodings, context);
  ASSAY_TRY(const auto shapes,
            ReadShapes(
                session, dataset, context,
                [&](size_t i) { return DelimitedShape(session, dataset, schema, i); }, schema));
  CommonShape common = FindCommonShape(shapes, dataset);
  schema.readable = std::move(common.readable);
  std::ranges::move(common.failures, std::back_inserter(schema.failures));
  for (const FileShape& shape : shapes) {
    const bool is_readable = std::ranges::binary_search(schema.readable, shape.file_index);
    if (is_readable && shape.names != common.shape.names)
      schema.other_orders[shape.file_index] = shape.names;
  }
  std::vector<std::string> kept;
  for (const std::string& name : common.shape.names) {
    schema.columns.push_back({.name = name, .native_type = "VARCHAR"});
    if (!IsExcluded(dataset, name)) kept.push_back(name);
  }
  std::vector<TextType> types(kept.size());
  if (dataset.options.infer_datatypes.value_or(true)) {
    ASSAY_TRY(types, VoteOnSamples(session, dataset, schema, kept, context));
  }
  for (size_t i = 0; i < kept.size(); ++i)
    schema.schema.fields.push_back(TextField(kept[i], types[i]));
  return {};
}

/// JSON says which scalars are numbers and booleans, but not how large, and has no times: those
/// are texts that nearly all read as such.
TextType TypeOfJsonScalar(const duckdb::LogicalType& detected, const TextType& vote) {
  const plan::FieldType type = FieldTypeOf(detected);
  const bool is_time =
      vote.type == plan::FieldType::kDate || vote.type == plan::FieldType::kTimestamp;
  if (type == vote.type || (type == plan::FieldType::kString && is_time)) return vote;
  if (type == plan::FieldType::kUnknown || vote.type == plan::FieldType::kString) return {};
  return {.type = type};
}

/// Scalars of JSON are read as text, so that one odd value does not spoil a file; structs and
/// lists as detected.
Status ReadJsonSchema(Session& session, const Dataset& dataset, const RunContext& context,
                      DatasetSchema& schema) {
  ASSAY_TRY(const auto shapes,
            ReadShapes(
                session, dataset, context,
                [&](size_t i) { return DetectedShape(session, dataset, *schema.encodings, i); },
                schema));
  // Keys may be absent from some files: the container has them all, with the widest type of
  // each.
  FileShape all;
  for (const FileShape& shape : shapes) {
    schema.readable.push_back(shape.file_index);
    const DataFile& file = dataset.files[shape.file_index];
    if (KeyDetectionOf(file) == KeyDetection::kFirstRecords) {
      schema.remarks.push_back(
          {file.relative_path,
           fmt::format("the file is large: keys that none of its first {} records has were not "
                       "looked for and are left out; split it to have them found",
                       kSampledRecords)});
    }
    for (size_t i = 0; i < shape.names.size(); ++i) {
      const auto at = std::ranges::find(all.names, shape.names[i]) - all.names.begin();
      if (at == std::ssize(all.names)) {
        all.names.push_back(shape.names[i]);
        all.types.push_back(shape.types[i]);
      } else {
        auto& type = all.types[static_cast<size_t>(at)];
        type = duckdb::LogicalType::ForceMaxLogicalType(type, shape.types[i]);
      }
    }
  }
  std::vector<std::string> scalars;
  for (size_t i = 0; i < all.names.size(); ++i) {
    const bool is_nested = all.types[i].IsNested();
    schema.columns.push_back(
        {.name = all.names[i], .native_type = is_nested ? all.types[i].ToString() : "VARCHAR"});
    if (!is_nested && !IsExcluded(dataset, all.names[i])) scalars.push_back(all.names[i]);
  }
  std::vector<TextType> votes(scalars.size());
  if (dataset.options.infer_datatypes.value_or(true)) {
    ASSAY_TRY(votes, VoteOnSamples(session, dataset, schema, scalars, context));
  }
  auto vote = votes.begin();
  for (size_t i = 0; i < all.names.size(); ++i) {
    if (IsExcluded(dataset, all.names[i])) continue;
    if (all.types[i].IsNested()) {
      std::ranges::move(FieldsOf(all.names[i], all.types[i]),
                        std::back_inserter(schema.schema.fields));
    } else {
      schema.schema.fields.push_back(
          TextField(all.names[i], TypeOfJsonScalar(all.types[i], *vote++)));
    }
  }
  return {};
}

/// The columns as the server's catalogue has them, in the snapshot that the rows are read in.
Status ReadTableSchema(Session& session, const Dataset& dataset, const RunContext& context,
                       DatasetSchema& schema) {
  ASSAY_TRY(schema.table, TableReading::Open(session, dataset.table.value(), context.stop));
  const TableReading& table = *schema.table;
  auto shape = DescribeQuery(
      session, table, "SELECT * FROM " + table.RowsSql(AddressColumn::kNo, -1), context.stop);
  if (!shape) return std::unexpected(table.Explain(shape.error()));
  for (size_t i = 0; i < table.table().columns.size(); ++i) {
    const PostgresColumn& column = table.table().columns[i];
    const ColumnReading reading = ReadingOf(column);
    schema.columns.push_back({.name = column.name, .native_type = shape->types[i].ToString()});
    if (IsExcluded(dataset, column.name)) continue;
    if (reading.text_of.empty()) {
      std::ranges::move(FieldsOf(column.name, shape->types[i]),
                        std::back_inserter(schema.schema.fields));
    } else {
      schema.schema.fields.push_back({.name = column.name,
                                      .path = {column.name},
                                      .type = reading.type_of_text,
                                      .native_type = reading.text_of,
                                      .reading = plan::Reading::kTryCast});
    }
  }
  schema.readable = {0};
  return {};
}

/// Partition fields, typed by what all their values parse as.
void AddPartitionFields(const Dataset& dataset, DatasetSchema& schema) {
  static const std::regex integer("-?(0|[1-9][0-9]{0,17})"), date("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  std::vector<std::string> names;
  for (const size_t index : schema.readable) {
    for (const auto& [name, value] : dataset.files[index].partition_values) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  for (const std::string& name : names) {
    // A column of the same name holds the values already.
    if (schema.schema.Find(name)) continue;
    bool integers = true, dates = true;
    for (const size_t index : schema.readable) {
      for (const auto& [key, value] : dataset.files[index].partition_values) {
        if (key != name || value == "__HIVE_DEFAULT_PARTITION__") continue;
        integers = integers && std::regex_match(value, integer);
        dates = dates && std::regex_match(value, date);
      }
    }
    const plan::FieldType type = integers ? plan::FieldType::kIntegral
                                 : dates  ? plan::FieldType::kDate
                                          : plan::FieldType::kString;
    schema.schema.fields.push_back({.name = name,
                                    .path = {name},
                                    .type = type,
                                    .native_type = integers ? "BIGINT"
                                                   : dates  ? "DATE"
                                                            : "VARCHAR",
                                    .origin = plan::TypeOrigin::kInferred,
                                    .is_partition = true});
  }
}

/// The field that counts the rows of each file, on request.
Status AddLineField(const Dataset& dataset, DatasetSchema& schema) {
  if (!HasLineField(dataset)) return {};
  const std::string& name = *dataset.options.line_identifier_field;
  if (schema.schema.Find(name)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the line identifier needs a name that no field of {} has: {}",
                            dataset.name, name));
  }
  schema.schema.fields.push_back({.name = name,
                                  .path = {name},
                                  .type = plan::FieldType::kIntegral,
                                  .native_type = "BIGINT"});
  return {};
}

Status ReadFormatSchema(Session& session, const Dataset& dataset, const RunContext& context,
                        DatasetSchema& schema) {
  switch (dataset.format) {
    case FileFormat::kParquet: return ReadParquetSchema(session, dataset, context, schema);
    case FileFormat::kDelimited: return ReadDelimitedSchema(session, dataset, context, schema);
    case FileFormat::kJson: return ReadJsonSchema(session, dataset, context, schema);
    case FileFormat::kTable: return ReadTableSchema(session, dataset, context, schema);
  }
  return Fail(ErrorKind::kInternal, "unknown file format");
}

}  // namespace

Result<DatasetSchema> ReadSchema(Session& session, const Dataset& dataset,
                                 const RunContext& context) {
  session.internals().file_system->SetStop(context.stop);
  if (dataset.files.empty())
    return Fail(ErrorKind::kNotFound, fmt::format("{} has no files; sync again", dataset.name));
  DatasetSchema schema;
  ASSAY_RETURN_IF_ERROR(ReadFormatSchema(session, dataset, context, schema));
  if (schema.readable.empty()) {
    const FileFailure& first = schema.failures.front();
    return Fail(first.error.kind, fmt::format("none of the {} files of {} can be read; {}: {}",
                                              dataset.files.size(), dataset.name,
                                              first.relative_path, first.error.message));
  }
  AddPartitionFields(dataset, schema);
  ASSAY_RETURN_IF_ERROR(AddLineField(dataset, schema));
  return schema;
}

}  // namespace assay::engine
