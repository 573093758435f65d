#include "api/computed_containers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/named_fault.h"
#include "operations/computed_definition.h"
#include "operations/computed_table.h"
#include "operations/requests.h"
#include "store/computed_fields.h"
#include "store/datastores.h"
#include "store/fields.h"
#include "store/operations.h"

namespace assay::api {
namespace {

constexpr const char* kForce = "force_drop_fields";
constexpr size_t kLongestName = 255;

std::vector<Json> Below(std::vector<Json> location, const char* key) {
  location.push_back(key);
  return location;
}

/// A text of the body; empty when there is none.
std::string TextOf(const Json& body, const char* key) {
  const auto found = body.find(key);
  return found != body.end() && found->is_string() ? found->get<std::string>() : "";
}

bool IsForced(const Call& call) {
  const bool in_body = call.body.is_object() && call.body.contains(kForce) &&
                       call.body[kForce].is_boolean() && call.body[kForce].get<bool>();
  return in_body || call.query.Boolean(kForce).value_or(false);
}

Answer<void> CheckType(const std::string& type, const std::vector<Json>& location) {
  constexpr std::array kComputed = {operations::kComputedTable, operations::kComputedFile,
                                    operations::kComputedJoin};
  if (std::ranges::find(kComputed, type) != kComputed.end()) return {};
  return Refuse(
      Problem::Invalid({{Below(location, "container_type"),
                         fmt::format("must be one of {}; other containers are found by a sync",
                                     fmt::join(kComputed, ", "))}}));
}

/// The names of the fields that it will have.
Answer<std::vector<std::string>> PlannedFields(const Call& call,
                                               const store::Container& container,
                                               const std::vector<Json>& location) {
  if (container.container_type != operations::kComputedTable)
    return AtNamedKey(location, operations::PlanFields(call.database(), container));
  API_TRY(const auto trial, call.dependencies.connection_trials.Begin(call.stop));
  const operations::DatastoreAccess datastores(call.database(), call.dependencies.cipher);
  auto names = operations::QueryFields(datastores, container, trial->token());
  if (!names) {
    names = std::unexpected(
        trial->Told(names.error(),
                    "the database did not plan the query in time; try again, or "
                    "when the tables in it are not locked"));
  }
  return AtNamedKey(location, std::move(names));
}

Answer<void> CheckName(const std::string& name, const std::vector<Json>& location) {
  if (!name.empty() && name.size() <= kLongestName) return {};
  return Refuse(Problem::Invalid(
      {{Below(location, "name"), fmt::format("must have 1 to {} bytes", kLongestName)}}));
}

/// The datastore that it belongs to: that of its source, of a join that of its left side, of a
/// table the one that is given.
Answer<int64_t> DatastoreOf(const Call& call, const store::Container& container,
                            const Json& body, const std::vector<Json>& location) {
  const auto given = body.find("datastore_id");
  const bool is_given = given != body.end() && given->is_number_integer();
  if (container.container_type == operations::kComputedTable) {
    if (!is_given) {
      return Refuse(Problem::Invalid(
          {{Below(location, "datastore_id"), "is required: whose database runs the query"}}));
    }
    API_TRY(const auto datastore,
            store::Datastores(call.database()).Get(given->get<int64_t>()));
    return datastore.id;
  }
  API_TRY(const auto sources, operations::SourcesOf(container));
  API_TRY(const auto source, store::Containers(call.database()).Get(sources.front()));
  if (is_given && given->get<int64_t>() != source.datastore_id) {
    return Refuse(Problem::Invalid(
        {{Below(location, "datastore_id"),
          fmt::format("must be the datastore of the container that it is made of: {}",
                      source.datastore_id)}}));
  }
  return source.datastore_id;
}

std::string Describe(const store::FieldUse& use) {
  std::vector<std::string> parts;
  const auto add = [&](int64_t count, const char* one, const char* many) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, count == 1 ? one : many));
  };
  add(use.checks, "check", "checks");
  add(use.anomalies, "anomaly", "anomalies");
  return fmt::format("{} ({})", use.name, fmt::join(parts, ", "));
}

/// Known fields that are neither among `names` nor members of those.
Answer<std::vector<std::string>> Vanishing(const Call& call, const store::Container& container,
                                           const std::vector<std::string>& names) {
  API_TRY(const auto known, store::FieldRecords(call.database()).OfContainer(container.id));
  API_TRY(const auto computed,
          store::ComputedFields(call.database()).OfContainer(container.id));
  std::vector<std::string> vanishing;
  for (const store::Field& field : known) {
    const auto stays = [&](const std::string& name) {
      return field.name == name || field.name.starts_with(name + ".");
    };
    if (std::ranges::any_of(names, stays)) continue;
    if (std::ranges::any_of(computed, stays, &store::ComputedField::name)) continue;
    vanishing.push_back(field.name);
  }
  return vanishing;
}

}  // namespace

QueryParameter ForceParameter() {
  return {.name = kForce,
          .type = ParameterType::kBoolean,
          .doc = "Whether fields may vanish that checks or anomalies are about."};
}

Answer<void> RefuseDroppingFields(const Call& call, int64_t container_id,
                                  const std::vector<std::string>& names) {
  if (IsForced(call)) return {};
  API_TRY(const auto uses, store::FieldRecords(call.database()).UsesOf(container_id, names));
  if (uses.empty()) return {};
  std::vector<std::string> described;
  for (const store::FieldUse& use : uses) described.push_back(Describe(use));
  return Refuse(Problem(
      409,
      fmt::format("fields would vanish that checks or anomalies are about; remove those, or "
                  "send {}: {}",
                  kForce, fmt::join(described, ", "))));
}

Answer<store::Container> ReadComputedContainer(const Call& call, const Json& body,
                                               std::vector<Json> location) {
  store::Container container;
  container.created = call.dependencies.clock.Now();
  container.container_type = TextOf(body, "container_type");
  container.name = TextOf(body, "name");
  API_RETURN_IF_ERROR(CheckType(container.container_type, location));
  API_TRY(container.definition, AtNamedKey(location, operations::MergeDefinition(
                                                         container.container_type, {}, body)));
  if (container.container_type == operations::kComputedTable) {
    API_TRY(container.datastore_id, DatastoreOf(call, container, body, location));
  }
  API_RETURN_IF_ERROR(PlannedFields(call, container, location));
  // Of others it is that of a source, of which PlannedFields made sure.
  API_TRY(container.datastore_id, DatastoreOf(call, container, body, location));
  return container;
}

Answer<store::Container> RedefineContainer(const Call& call, store::Container container) {
  const std::vector<Json> location = {"body"};
  if (call.body.contains("name") && call.body["name"].is_string())
    container.name = call.body["name"].get<std::string>();
  API_RETURN_IF_ERROR(CheckName(container.name, location));
  API_TRY(Json definition,
          AtNamedKey(location, operations::MergeDefinition(container.container_type,
                                                           container.definition, call.body)));
  if (definition == container.definition) return container;
  container.definition = std::move(definition);
  API_TRY(const auto names, PlannedFields(call, container, location));
  API_TRY(const auto vanishing, Vanishing(call, container, names));
  API_RETURN_IF_ERROR(RefuseDroppingFields(call, container.id, vanishing));
  API_TRY([[maybe_unused]] const int64_t datastore_id,
          DatastoreOf(call, container, Json::object({{"datastore_id", container.datastore_id}}),
                      location));
  return container;
}

Answer<void> RefuseWhileUsed(const Call& call, const store::Container& container) {
  API_TRY(const auto computed, store::Containers(call.database()).AllComputed());
  std::vector<std::string> users;
  for (const store::Container& other : computed) {
    API_TRY(const auto sources, operations::SourcesOf(other));
    if (std::ranges::find(sources, container.id) != sources.end()) users.push_back(other.name);
  }
  if (users.empty()) return {};
  return Refuse(
      Problem(409, fmt::format("containers are computed of it; delete those first: {}",
                               fmt::join(users, ", "))));
}

Status QueueProfile(const Call& call, store::Access& transaction,
                    const store::Container& container) {
  operations::ProfileRequest request;
  request.container_names = {container.name};
  store::Operation operation;
  operation.created = call.dependencies.clock.Now();
  operation.type = "profile";
  operation.datastore_id = container.datastore_id;
  operation.triggered_by = call.caller.signature();
  operation.settings = operations::ProfileRequest::JsonFields().Print(request);
  ASSAY_RETURN_IF_ERROR(store::Operations(transaction).Enqueue(operation));
  return {};
}

}  // namespace assay::api
