// Computed containers: what users define, as the store keeps it (store::Container::definition)
// and the REST API shows it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "plan/join.h"
#include "plan/projection.h"
#include "rules/transformation.h"
#include "store/computed_fields.h"
#include "store/containers.h"
#include "store/fields.h"

namespace assay::operations {

inline constexpr const char* kComputedTable = "computed_table";
inline constexpr const char* kComputedFile = "computed_file";
inline constexpr const char* kComputedJoin = "computed_join";

/// Rows that the database of its datastore makes.
struct ComputedTableDefinition {
  std::string query;

  static const Fields<ComputedTableDefinition>& JsonFields();
};

/// Rows made of those of another container.
struct ComputedFileDefinition {
  int64_t source_container_id = 0;
  std::string select_clause;
  std::optional<std::string> where_clause, group_by_clause;

  static const Fields<ComputedFileDefinition>& JsonFields();
  plan::ProjectionText Text() const { return {select_clause, where_clause, group_by_clause}; }
};

/// Rows made of those of two containers, of any datastores.
struct ComputedJoinDefinition {
  int64_t left_container_id = 0;
  std::string left_join_field_name, left_prefix = "left";
  int64_t right_container_id = 0;
  std::string right_join_field_name, right_prefix = "right";
  std::string join_type = "inner";
  std::string select_clause;
  std::optional<std::string> where_clause;

  static const Fields<ComputedJoinDefinition>& JsonFields();
  plan::JoinText Text() const;
};

/// Whether containers of this type are computed of others.
bool IsComputed(const std::string& container_type);

/// The definition of a container of this type out of `body`, over `before` (null: there is
/// none): its keys, in their order, and no others. kInvalidInput naming a key, kUnsupported for
/// another type.
Result<Json> MergeDefinition(const std::string& container_type, const Json& before,
                             const Json& body);

/// The containers that a computed container is made of; none of one that is not computed or
/// that its database computes.
Result<std::vector<int64_t>> SourcesOf(const store::Container& container);

/// The fields as plans know them: those that can be read.
plan::Schema ToSchema(const std::vector<store::Field>& fields);

rules::ComputedFieldDefinition ToDefinition(const store::ComputedField& field);

/// The fields that a computed file or join will have, from the fields that its sources are
/// known to have: no row is read. Errors begin with the key at fault: kInvalidInput when a
/// source does not exist, was deleted, has no known fields, or is made of `container` itself;
/// as plan::ParseProjection and ParseJoin.
Result<std::vector<std::string>> PlanFields(store::Access& access,
                                            const store::Container& container);

/// A field that is made of others, and of which ones.
struct FieldOrigin {
  std::string field;
  int64_t container_id = 0;  // whose fields these are
  std::vector<std::string> source_fields;
};

/// What the fields of a computed file or join, and the computed fields of any container, are
/// made of, each container by itself; as far as the store knows the fields of the sources.
/// Nothing of what can no longer be computed.
Result<std::vector<FieldOrigin>> OriginsOf(store::Access& access,
                                           const store::Container& container);

/// Whether a field fits the other fields of its container. Errors as
/// rules::CompileComputedField. Nothing is checked while no field of the container is known.
Status CheckComputedField(store::Access& access, const store::ComputedField& field);

}  // namespace assay::operations
