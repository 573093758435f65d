#include "operations/computed_definition.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/parser.h"

namespace assay::operations {
namespace {

/// Containers that are computed of computed ones, of computed ones, ...
constexpr size_t kDeepestChain = 8;

Status RequireText(const char* key, const std::string& text) {
  if (text.find_first_not_of(" \t\r\n") != std::string::npos) return {};
  return Fail(ErrorKind::kInvalidInput, fmt::format("{}: must not be empty", key));
}

Status RequireId(const char* key, int64_t id) {
  if (id != 0) return {};
  return Fail(ErrorKind::kInvalidInput, fmt::format("{}: is required", key));
}

/// A clause of nothing is none.
void DropBlank(std::optional<std::string>& clause) {
  if (clause && clause->find_first_not_of(" \t\r\n") == std::string::npos) clause.reset();
}

/// Definitions are read out of bodies that hold other keys, and out of the store.
template <class T>
Result<T> Parse(const Json& json) {
  return T::JsonFields().Parse(json, UnknownKeys::kIgnore);
}

template <class T>
Result<T> Merge(const Json& before, const Json& body) {
  T definition;
  if (before.is_object()) {
    ASSAY_TRY(definition, Parse<T>(before));
  }
  Json merged = T::JsonFields().Print(definition);
  for (const auto& [key, value] : body.items()) {
    if (merged.contains(key)) merged[key] = value;
  }
  return Parse<T>(merged);
}

Result<Json> MergeTable(const Json& before, const Json& body) {
  ASSAY_TRY(ComputedTableDefinition definition, Merge<ComputedTableDefinition>(before, body));
  ASSAY_RETURN_IF_ERROR(RequireText("query", definition.query));
  return ComputedTableDefinition::JsonFields().Print(definition);
}

Result<Json> MergeFile(const Json& before, const Json& body) {
  ASSAY_TRY(ComputedFileDefinition definition, Merge<ComputedFileDefinition>(before, body));
  ASSAY_RETURN_IF_ERROR(RequireId("source_container_id", definition.source_container_id));
  ASSAY_RETURN_IF_ERROR(RequireText("select_clause", definition.select_clause));
  DropBlank(definition.where_clause);
  DropBlank(definition.group_by_clause);
  return ComputedFileDefinition::JsonFields().Print(definition);
}

Result<Json> MergeJoin(const Json& before, const Json& body) {
  ASSAY_TRY(ComputedJoinDefinition definition, Merge<ComputedJoinDefinition>(before, body));
  ASSAY_RETURN_IF_ERROR(RequireId("left_container_id", definition.left_container_id));
  ASSAY_RETURN_IF_ERROR(RequireId("right_container_id", definition.right_container_id));
  ASSAY_RETURN_IF_ERROR(RequireText("select_clause", definition.select_clause));
  const auto type = plan::ParseJoinType(definition.join_type);
  if (!type) return FailWithin("join_type", type.error());
  definition.join_type = plan::JoinTypeName(*type);
  DropBlank(definition.where_clause);
  return ComputedJoinDefinition::JsonFields().Print(definition);
}

/// Whether the column at the front of the name is a struct among `fields`, and where its member
/// begins: "a.b" is a member of a, unless it is a column itself.
const plan::Field* StructAbove(const std::string& name, const plan::Schema& schema) {
  const plan::Field* above = nullptr;
  for (const plan::Field& field : schema.fields) {
    const bool is_struct = field.native_type.starts_with("STRUCT");
    const bool is_above = name.size() > field.name.size() + 1 && name.starts_with(field.name) &&
                          name[field.name.size()] == '.';
    if (is_struct && is_above && (above == nullptr || field.name.size() > above->name.size()))
      above = &field;
  }
  return above;
}

/// The fields that a source is known to have.
Result<plan::Schema> KnownFields(store::Access& access, const char* key, int64_t id) {
  const auto source = store::Containers(access).Get(id);
  if (!source && source.error().kind != ErrorKind::kNotFound)
    return std::unexpected(source.error());
  if (!source || source->deleted_at) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("{}: there is no container {}; name another one", key, id));
  }
  ASSAY_TRY(const auto fields, store::FieldRecords(access).OfContainer(id));
  plan::Schema schema = ToSchema(fields);
  if (!schema.fields.empty()) return schema;
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("{}: no field of {} is known yet; {} it first", key, source->name,
                          IsComputed(source->container_type) ? "profile" : "sync"));
}

/// Refuses a container that is made, through others, of itself.
Status CheckChain(store::Access& access, const store::Container& container,
                  std::vector<int64_t> chain) {
  if (chain.size() >= kDeepestChain) {
    return Fail(
        ErrorKind::kInvalidInput,
        fmt::format("containers can be computed of each other {} levels deep", kDeepestChain));
  }
  if (container.id != 0) chain.push_back(container.id);
  ASSAY_TRY(const auto sources, SourcesOf(container));
  for (const int64_t id : sources) {
    const auto source = store::Containers(access).Get(id);
    if (!source) continue;  // told of where it is a direct source
    if (std::ranges::find(chain, id) != chain.end()) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("a container cannot be computed of itself: {}", source->name));
    }
    ASSAY_RETURN_IF_ERROR(CheckChain(access, *source, chain));
  }
  return {};
}

Result<plan::Schema> SchemaOf(store::Access& access, int64_t container_id) {
  ASSAY_TRY(const auto fields, store::FieldRecords(access).OfContainer(container_id));
  return ToSchema(fields);
}

Status AddOriginsOfFile(store::Access& access, const store::Container& container,
                        std::vector<FieldOrigin>& origins) {
  ASSAY_TRY(const auto definition, Parse<ComputedFileDefinition>(container.definition));
  ASSAY_TRY(const plan::Schema source, SchemaOf(access, definition.source_container_id));
  const auto projection = plan::ParseProjection(definition.Text(), source);
  if (!projection) return {};
  for (const plan::NamedExpression& column : projection->columns) {
    origins.push_back({column.name, definition.source_container_id, column.value.FieldNames()});
  }
  return {};
}

Status AddOriginsOfJoin(store::Access& access, const store::Container& container,
                        std::vector<FieldOrigin>& origins) {
  ASSAY_TRY(const auto definition, Parse<ComputedJoinDefinition>(container.definition));
  ASSAY_TRY(const plan::Schema left, SchemaOf(access, definition.left_container_id));
  ASSAY_TRY(const plan::Schema right, SchemaOf(access, definition.right_container_id));
  const auto join = plan::ParseJoin(definition.Text(), left, right);
  if (!join) return {};
  const plan::Schema joined =
      plan::JoinedSchema(join->type, join->left_prefix, left, join->right_prefix, right);
  for (const plan::NamedExpression& column : join->projection.columns) {
    FieldOrigin of_left{column.name, definition.left_container_id, {}};
    FieldOrigin of_right{column.name, definition.right_container_id, {}};
    const std::vector<std::string> used = column.value.FieldNames();
    for (size_t i = 0; i < joined.fields.size(); ++i) {
      if (std::ranges::find(used, joined.fields[i].name) == used.end()) continue;
      if (i < left.fields.size()) {
        of_left.source_fields.push_back(left.fields[i].name);
      } else {
        of_right.source_fields.push_back(right.fields[i - left.fields.size()].name);
      }
    }
    origins.push_back(std::move(of_left));
    origins.push_back(std::move(of_right));
  }
  return {};
}

/// What a profile found of a computed field is no other field.
plan::Schema Without(const std::string& name, plan::Schema schema) {
  std::erase_if(schema.fields, [&](const plan::Field& field) { return field.name == name; });
  return schema;
}

/// Computed fields that no profile has found yet, as far as they can be computed of those in
/// the schema and of each other.
void AddNotYetFound(std::vector<store::ComputedField> fields, plan::Schema& schema) {
  std::erase_if(fields, [&](const store::ComputedField& field) {
    return schema.Find(field.name) != nullptr;
  });
  for (bool is_further = true; is_further;) {
    is_further = false;
    std::erase_if(fields, [&](const store::ComputedField& field) {
      const auto compiled = rules::CompileComputedField(ToDefinition(field), schema);
      if (!compiled) return false;
      const auto type = plan::TypeOf(compiled->value, schema);
      schema.fields.push_back({.name = field.name,
                               .path = {field.name},
                               .type = type.value_or(plan::FieldType::kUnknown)});
      is_further = true;
      return true;
    });
  }
}

std::vector<std::string> NamesOf(const plan::Projection& projection) {
  std::vector<std::string> names;
  for (const plan::NamedExpression& column : projection.columns) names.push_back(column.name);
  return names;
}

}  // namespace

const Fields<ComputedTableDefinition>& ComputedTableDefinition::JsonFields() {
  using D = ComputedTableDefinition;
  static const Fields<D> fields = {
      Optional("query", &D::query,
               "One SELECT that its database runs whenever it is read; names without a schema "
               "mean those of the datastore's."),
  };
  return fields;
}

const Fields<ComputedFileDefinition>& ComputedFileDefinition::JsonFields() {
  using D = ComputedFileDefinition;
  static const Fields<D> fields = {
      Required("source_container_id", &D::source_container_id, "Of whose rows it is made."),
      Optional("select_clause", &D::select_clause,
               "Its fields, as Spark SQL has them: id, amount * 2 AS twice, *."),
      Optional("where_clause", &D::where_clause, "Which rows take part; absent: all."),
      Optional("group_by_clause", &D::group_by_clause,
               "What rows of a group share; the fields may then be aggregates."),
  };
  return fields;
}

const Fields<ComputedJoinDefinition>& ComputedJoinDefinition::JsonFields() {
  using D = ComputedJoinDefinition;
  static const Fields<D> fields = {
      Required("left_container_id", &D::left_container_id, "One side."),
      Optional("left_join_field_name", &D::left_join_field_name, "Its key."),
      Optional("left_prefix", &D::left_prefix,
               "What its fields begin with, followed by an underscore. Default: left."),
      Required("right_container_id", &D::right_container_id,
               "The other side, of any datastore."),
      Optional("right_join_field_name", &D::right_join_field_name, "Its key."),
      Optional("right_prefix", &D::right_prefix, "As left_prefix. Default: right."),
      Optional("join_type", &D::join_type,
               "inner, left, right, outer (or full), left_semi or left_anti. Default: inner."),
      Optional("select_clause", &D::select_clause,
               "Its fields, over those of both sides: left_id, right_name AS name."),
      Optional("where_clause", &D::where_clause, "Which joined rows it has; absent: all."),
  };
  return fields;
}

plan::JoinText ComputedJoinDefinition::Text() const {
  return {.join_type = join_type,
          .left_join_field_name = left_join_field_name,
          .right_join_field_name = right_join_field_name,
          .left_prefix = left_prefix,
          .right_prefix = right_prefix,
          .projection = {select_clause, where_clause, {}}};
}

bool IsComputed(const std::string& container_type) {
  return container_type.starts_with("computed_");
}

Result<Json> MergeDefinition(const std::string& container_type, const Json& before,
                             const Json& body) {
  if (container_type == kComputedTable) return MergeTable(before, body);
  if (container_type == kComputedFile) return MergeFile(before, body);
  if (container_type == kComputedJoin) return MergeJoin(before, body);
  return Fail(ErrorKind::kUnsupported,
              fmt::format("container_type: must be {}, {} or {}, not {}", kComputedTable,
                          kComputedFile, kComputedJoin, container_type));
}

Result<std::vector<int64_t>> SourcesOf(const store::Container& container) {
  if (container.container_type == kComputedFile) {
    ASSAY_TRY(const auto definition, Parse<ComputedFileDefinition>(container.definition));
    return std::vector{definition.source_container_id};
  }
  if (container.container_type == kComputedJoin) {
    ASSAY_TRY(const auto definition, Parse<ComputedJoinDefinition>(container.definition));
    return std::vector{definition.left_container_id, definition.right_container_id};
  }
  return std::vector<int64_t>();
}

plan::Schema ToSchema(const std::vector<store::Field>& fields) {
  plan::Schema schema;
  for (const store::Field& record : fields) {
    if (record.status == "Missing" || record.status == "Excluded") continue;
    plan::Field& field = schema.fields.emplace_back();
    field.name = record.name;
    field.type = plan::ParseFieldType(record.type).value_or(plan::FieldType::kUnknown);
    field.native_type = record.native_type;
    field.is_partition = record.is_partition;
    field.path = {record.name};
  }
  for (plan::Field& field : schema.fields) {
    const plan::Field* above = StructAbove(field.name, schema);
    if (above != nullptr) field.path = {above->name, field.name.substr(above->name.size() + 1)};
  }
  return schema;
}

rules::ComputedFieldDefinition ToDefinition(const store::ComputedField& field) {
  return {.name = field.name,
          .transformation = field.transformation,
          .source_fields = field.source_fields,
          .properties = field.properties};
}

Result<std::vector<std::string>> PlanFields(store::Access& access,
                                            const store::Container& container) {
  ASSAY_RETURN_IF_ERROR(CheckChain(access, container, {}));
  if (container.container_type == kComputedFile) {
    ASSAY_TRY(const auto definition, Parse<ComputedFileDefinition>(container.definition));
    ASSAY_TRY(const plan::Schema source,
              KnownFields(access, "source_container_id", definition.source_container_id));
    ASSAY_TRY(const auto projection, plan::ParseProjection(definition.Text(), source));
    return NamesOf(projection);
  }
  ASSAY_TRY(const auto definition, Parse<ComputedJoinDefinition>(container.definition));
  ASSAY_TRY(const plan::Schema left,
            KnownFields(access, "left_container_id", definition.left_container_id));
  ASSAY_TRY(const plan::Schema right,
            KnownFields(access, "right_container_id", definition.right_container_id));
  ASSAY_TRY(const auto join, plan::ParseJoin(definition.Text(), left, right));
  return NamesOf(join.projection);
}

Result<std::vector<FieldOrigin>> OriginsOf(store::Access& access,
                                           const store::Container& container) {
  std::vector<FieldOrigin> origins;
  if (container.container_type == kComputedFile) {
    ASSAY_RETURN_IF_ERROR(AddOriginsOfFile(access, container, origins));
  } else if (container.container_type == kComputedJoin) {
    ASSAY_RETURN_IF_ERROR(AddOriginsOfJoin(access, container, origins));
  }
  ASSAY_TRY(const auto computed, store::ComputedFields(access).OfContainer(container.id));
  if (computed.empty()) return origins;
  ASSAY_TRY(const auto known, store::FieldRecords(access).OfContainer(container.id));
  const plan::Schema schema = ToSchema(known);
  for (const store::ComputedField& field : computed) {
    const auto compiled =
        rules::CompileComputedField(ToDefinition(field), Without(field.name, schema));
    if (!compiled) continue;
    origins.push_back({field.name, container.id, compiled->value.FieldNames()});
  }
  return origins;
}

Status CheckComputedField(store::Access& access, const store::ComputedField& field) {
  ASSAY_TRY(const auto known, store::FieldRecords(access).OfContainer(field.container_id));
  plan::Schema schema = ToSchema(known);
  ASSAY_TRY(auto others, store::ComputedFields(access).OfContainer(field.container_id));
  if (field.id != 0) {
    ASSAY_TRY(const auto stored, store::ComputedFields(access).Get(field.id));
    // It may have been found under the name that it has in the store.
    schema = Without(stored.name, std::move(schema));
  }
  // That a name is taken by another computed field is told when it is stored.
  std::erase_if(others, [&](const store::ComputedField& other) {
    return other.id == field.id || other.name == field.name;
  });
  if (schema.fields.empty()) return {};
  AddNotYetFound(std::move(others), schema);
  ASSAY_RETURN_IF_ERROR(rules::CompileComputedField(ToDefinition(field), schema));
  return {};
}

}  // namespace assay::operations
