#include "engine/computed.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/duckdb/field_copy.h"
#include "engine/duckdb/field_types.h"
#include "engine/duckdb/query.h"
#include "engine/reader_sql.h"
#include "engine/table_reading.h"
#include "plan/dialects/duckdb.h"
#include "plan/letter_case.h"

namespace assay::engine {
namespace {

const plan::Dialect& Sql() {
  return plan::dialects::DuckDb();
}

std::string Joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, ", "));
}

bool IsExcluded(const ComputedName& name, const std::string& field) {
  return std::ranges::find(name.exclude_fields, field) != name.exclude_fields.end();
}

/// Looks at the fields from `first` on; those before it are there whatever they are called.
Status CheckNames(const plan::Schema& schema, size_t first = 0) {
  std::set<std::string> names;
  for (size_t i = 0; i < schema.fields.size(); ++i) {
    const plan::Field& field = schema.fields[i];
    const bool is_taken = !names.insert(plan::LowerAscii(field.name)).second;
    if (i < first) continue;
    if (field.name == kRowNumberColumn) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("this name cannot be used for a field: '{}'", field.name));
    }
    if (!is_taken) continue;
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("two fields cannot have one name: '{}'", field.name));
  }
  return {};
}

/// Columns of computed rows and the fields that they hold.
struct DerivedColumns {
  std::vector<std::string> sql;  // "x AS y"
  plan::Schema schema;
};

/// The whole column that an expression is, as it is stored; nullptr when it is more than that.
const plan::Field* StoredColumnOf(const plan::Expression& value, const plan::Schema& schema) {
  if (value.kind() != plan::Expression::Kind::kColumn) return nullptr;
  const plan::Field* field = schema.Find(value.name());
  return field != nullptr && field->path.size() == 1 ? field : nullptr;
}

/// Hands a column on under another name. Its values stay as they are stored, so that those that
/// are not of the type of their field are told from nulls.
void HandOn(const std::string& column, const std::string& name, const plan::Schema& source,
            DerivedColumns& derived) {
  derived.sql.push_back(fmt::format("{} AS {}", QuoteName(column), QuoteName(name)));
  for (plan::Field field : source.fields) {
    if (field.path.front() != column) continue;
    const bool is_whole = field.path.size() == 1;
    // Members, and elements of lists, are called after their column.
    field.name = is_whole && !field.name.ends_with("[]")
                     ? name
                     : name + field.name.substr(column.size());
    field.path.front() = name;
    derived.schema.fields.push_back(std::move(field));
  }
}

/// Adds columns that are computed of `schema`.
Status AddComputed(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                   const std::vector<plan::NamedExpression>& columns, DerivedColumns& derived) {
  std::vector<std::string> values;
  for (const plan::NamedExpression& column : columns) {
    auto printed = Sql().Print(column.value, schema.schema);
    if (!printed) return FailWithin(column.name, printed.error());
    values.push_back(*std::move(printed));
  }
  if (values.empty()) return {};
  ASSAY_TRY(const QueryShape shape,
            DescribeQuery(session, fmt::format("SELECT {} FROM {}", Joined(values),
                                               ShapeSql(dataset, schema))));
  for (size_t i = 0; i < columns.size(); ++i) {
    derived.sql.push_back(fmt::format("{} AS {}", values[i], QuoteName(columns[i].name)));
    std::ranges::move(FieldsOf(columns[i].name, shape.types[i]),
                      std::back_inserter(derived.schema.fields));
  }
  return {};
}

Result<DatasetSchema> Derive(const DatasetSchema& source, DerivedColumns columns,
                             std::string condition) {
  DatasetSchema derived = source;
  derived.schema = std::move(columns.schema);
  derived.derivation = std::make_shared<const Derivation>(
      Derivation{.source = std::make_shared<const DatasetSchema>(source),
                 .columns = std::move(columns.sql),
                 .condition = std::move(condition)});
  return derived;
}

/// Rows that `statement` gives, one column for each name, as a dataset of their own.
Result<ComputedDataset> Materialise(Session& session, const std::string& statement,
                                    const std::vector<std::string>& names,
                                    const ComputedName& name, const std::stop_token& stop) {
  ComputedDataset computed;
  computed.dataset.name = name.name;
  computed.dataset.format = FileFormat::kTable;
  computed.dataset.options.exclude_fields = name.exclude_fields;
  computed.dataset.files = {{.uri = "", .relative_path = name.name}};
  DatasetSchema& schema = computed.schema;
  ASSAY_TRY(schema.table, TableReading::Copy(session, statement, stop));
  ASSAY_TRY(
      const QueryShape shape,
      DescribeQuery(session, "SELECT * FROM " + schema.table->RowsSql(AddressColumn::kNo, -1)));
  for (size_t i = 0; i < names.size(); ++i) {
    schema.columns.push_back({.name = names[i], .native_type = shape.types[i].ToString()});
    if (IsExcluded(name, names[i])) continue;
    std::ranges::move(FieldsOf(names[i], shape.types[i]),
                      std::back_inserter(schema.schema.fields));
  }
  ASSAY_RETURN_IF_ERROR(CheckNames(schema.schema));
  schema.readable = {0};
  return computed;
}

/// "value AS c0, ..." of columns over a schema, whose names are added to `names`.
Result<std::string> ResultColumns(const std::vector<plan::NamedExpression>& columns,
                                  const plan::Schema& schema, std::vector<std::string>& names) {
  std::vector<std::string> printed;
  for (const plan::NamedExpression& column : columns) {
    auto value = Sql().Print(column.value, schema);
    if (!value) return FailWithin(column.name, value.error());
    printed.push_back(fmt::format("{} AS c{}", *value, printed.size()));
    names.push_back(column.name);
  }
  return Joined(printed);
}

/// Each value under its name, over a copy.
Result<std::vector<std::string>> NamedValues(const std::vector<plan::NamedExpression>& values,
                                             const plan::Schema& schema) {
  std::vector<std::string> printed;
  for (const plan::NamedExpression& value : values) {
    ASSAY_TRY(const std::string sql, Sql().Print(value.value, schema));
    printed.push_back(fmt::format("{} AS {}", sql, QuoteName(value.name)));
  }
  return printed;
}

Result<ComputedDataset> ProjectGroups(Session& session, const Dataset& source,
                                      const DatasetSchema& source_schema,
                                      const plan::Projection& projection,
                                      const ComputedName& name, const RunContext& context) {
  ASSAY_TRY(const plan::Grouping grouping, plan::GroupingOf(projection));
  plan::Projection without_condition = projection;
  without_condition.where.reset();
  auto copy = CopyFields(session, source, source_schema, plan::FieldNames(without_condition),
                         projection.where, {}, context.stop);
  if (!copy) return FailWithin("reading " + source.name, copy.error());
  ASSAY_TRY(std::vector<std::string> values, NamedValues(grouping.keys, copy->schema));
  ASSAY_TRY(const auto aggregates, NamedValues(grouping.aggregates, copy->schema));
  values.insert(values.end(), aggregates.begin(), aggregates.end());
  std::string groups = fmt::format(
      "SELECT {} FROM {}", values.empty() ? "1 AS nothing" : Joined(values), copy->table);
  std::vector<std::string> keys;
  for (size_t i = 1; i <= grouping.keys.size(); ++i) keys.push_back(std::to_string(i));
  if (!keys.empty()) groups += " GROUP BY " + Joined(keys);
  ASSAY_TRY(const QueryShape shape, DescribeQuery(session, groups));
  plan::Schema group_schema;
  for (size_t i = 0; i < values.size(); ++i) {
    group_schema.fields.push_back({.name = shape.names[i],
                                   .path = {shape.names[i]},
                                   .type = FieldTypeOf(shape.types[i]),
                                   .native_type = shape.types[i].ToString()});
  }
  std::vector<std::string> names;
  ASSAY_TRY(const std::string columns, ResultColumns(grouping.columns, group_schema, names));
  return Materialise(session, fmt::format("SELECT {} FROM ({})", columns, groups), names, name,
                     context.stop);
}

const char* JoinSql(plan::Join::Type type) {
  switch (type) {
    case plan::Join::Type::kInner: return "JOIN";
    case plan::Join::Type::kLeft: return "LEFT JOIN";
    case plan::Join::Type::kRight: return "RIGHT JOIN";
    case plan::Join::Type::kOuter: return "FULL JOIN";
    case plan::Join::Type::kLeftSemi: return "SEMI JOIN";
    case plan::Join::Type::kLeftAnti: return "ANTI JOIN";
  }
  return "JOIN";
}

/// One side of a join, copied, with the columns that the join's expressions see.
struct CopiedSide {
  FieldCopy copy;
  std::string rows;     // a subquery with a column for each field and the key
  plan::Schema schema;  // the fields under their joined names
};

Result<CopiedSide> CopySide(Session& session, const JoinSide& side, const std::string& key,
                            const std::string& letter, const plan::Schema& joined,
                            const std::vector<std::string>& used, size_t first_field,
                            const std::stop_token& stop) {
  std::vector<std::string> names;
  CopiedSide copied;
  for (size_t i = 0; i < side.schema.schema.fields.size(); ++i) {
    if (first_field + i >= joined.fields.size()) break;  // of a semi or anti join
    const plan::Field& field = joined.fields[first_field + i];
    if (std::ranges::find(used, field.name) == used.end()) continue;
    names.push_back(side.schema.schema.fields[i].name);
    copied.schema.fields.push_back(field);
  }
  auto copy = CopyFields(session, side.dataset, side.schema, names, std::nullopt, {key}, stop);
  if (!copy) return FailWithin("reading " + side.dataset.name, copy.error());
  copied.copy = *std::move(copy);
  std::vector<std::string> columns = {
      fmt::format("{} AS {}", copied.copy.further.front(), letter + "_key")};
  for (size_t i = 0; i < names.size(); ++i) {
    plan::Field& field = copied.schema.fields[i];
    const plan::Field& stored = copied.copy.schema.fields[i];
    const std::string column = fmt::format("{}{}", letter, i);
    columns.push_back(fmt::format("{} AS {}", stored.path.front(), column));
    field = {.name = field.name,
             .path = {column},
             .type = stored.type,
             .native_type = stored.native_type};
  }
  copied.rows = fmt::format("(SELECT {} FROM {})", Joined(columns), copied.copy.table);
  return copied;
}

}  // namespace

Result<DatasetSchema> AddFields(Session& session, const Dataset& dataset,
                                const DatasetSchema& schema,
                                const std::vector<plan::NamedExpression>& fields) {
  DerivedColumns columns;
  std::set<std::string> handed_on;
  for (const plan::Field& field : schema.schema.fields) {
    const std::string& column = field.path.front();
    if (handed_on.insert(column).second) columns.sql.push_back(QuoteName(column));
  }
  columns.schema = schema.schema;
  ASSAY_RETURN_IF_ERROR(AddComputed(session, dataset, schema, fields, columns));
  ASSAY_RETURN_IF_ERROR(CheckNames(columns.schema, schema.schema.fields.size()));
  return Derive(schema, std::move(columns), "");
}

Result<ComputedDataset> Project(Session& session, const Dataset& source,
                                const DatasetSchema& source_schema,
                                const plan::Projection& projection, const ComputedName& name,
                                const RunContext& context) {
  if (projection.IsGrouped())
    return ProjectGroups(session, source, source_schema, projection, name, context);
  DerivedColumns columns;
  for (const plan::NamedExpression& column : projection.columns) {
    if (IsExcluded(name, column.name)) continue;
    if (const plan::Field* stored = StoredColumnOf(column.value, source_schema.schema)) {
      HandOn(stored->path.front(), column.name, source_schema.schema, columns);
    } else {
      ASSAY_RETURN_IF_ERROR(AddComputed(session, source, source_schema, {column}, columns));
    }
  }
  ASSAY_RETURN_IF_ERROR(CheckNames(columns.schema));
  std::string condition;
  if (projection.where) {
    ASSAY_TRY(condition, Sql().Print(*projection.where, source_schema.schema));
  }
  ComputedDataset computed{.dataset = source};
  computed.dataset.name = name.name;
  ASSAY_TRY(computed.schema, Derive(source_schema, std::move(columns), std::move(condition)));
  return computed;
}

Result<ComputedDataset> JoinDatasets(Session& session, const JoinSide& left,
                                     const JoinSide& right, const plan::Join& join,
                                     const ComputedName& name, const RunContext& context) {
  const plan::Schema joined = plan::JoinedSchema(
      join.type, join.left_prefix, left.schema.schema, join.right_prefix, right.schema.schema);
  const std::vector<std::string> used = plan::FieldNames(join.projection);
  ASSAY_TRY(const auto keys, Sql().PrintComparable(join.left_key, left.schema.schema,
                                                   join.right_key, right.schema.schema));
  ASSAY_TRY(const CopiedSide left_copy,
            CopySide(session, left, keys.a, "l", joined, used, 0, context.stop));
  ASSAY_TRY(const CopiedSide right_copy,
            CopySide(session, right, keys.b, "r", joined, used,
                     left.schema.schema.fields.size(), context.stop));
  plan::Schema schema = left_copy.schema;
  std::ranges::copy(right_copy.schema.fields, std::back_inserter(schema.fields));
  std::vector<std::string> names;
  ASSAY_TRY(const std::string columns, ResultColumns(join.projection.columns, schema, names));
  std::string statement = fmt::format("SELECT {} FROM {} {} {} ON l_key = r_key", columns,
                                      left_copy.rows, JoinSql(join.type), right_copy.rows);
  if (join.projection.where) {
    ASSAY_TRY(const std::string condition, Sql().Print(*join.projection.where, schema));
    statement += " WHERE " + condition;
  }
  return Materialise(session, statement, names, name, context.stop);
}

}  // namespace assay::engine
