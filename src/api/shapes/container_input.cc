#include "api/shapes/container_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/schema_check.h"
#include "base/fields.h"
#include "engine/dataset.h"
#include "operations/computed_definition.h"

namespace assay::api {
namespace {

struct ContainerInput {
  std::optional<std::string> container_type;
  std::optional<std::string> file_name;
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> tags;
  std::optional<bool> favorite;
  std::optional<std::map<std::string, Json>> additional_metadata;
  std::optional<std::vector<Json>> group_by_fields;
};

const Fields<ContainerInput>& InputFields() {
  using I = ContainerInput;
  static const Fields<ContainerInput> fields = {
      Optional("container_type", &I::container_type,
               "computed_table, computed_file or computed_join for a new one; cannot change."),
      Optional("file_name", &I::file_name,
               "Pattern in place of the automatic one, relative to the datastore's root: "
               "orders/2024/*_v?.csv. The next sync groups by it."),
      Optional("description", &I::description, "For people."),
      Optional("tags", &I::tags, "Names of tags; unknown ones are made."),
      Optional("favorite", &I::favorite, "Marked by users."),
      Optional("additional_metadata", &I::additional_metadata, "Any object; kept as it is."),
      Optional("group_by_fields", &I::group_by_fields, "Must be empty."),
  };
  return fields;
}

/// What computed containers are made of, all of it optional: of which type one is decides.
struct DefinitionInput {
  std::optional<std::string> name;
  std::optional<int64_t> datastore_id;
  std::optional<bool> force_drop_fields;
};

const Fields<DefinitionInput>& DefinitionFields() {
  using I = DefinitionInput;
  static const Fields<I> fields = {
      Optional("name", &I::name, "Of a computed container: its name, unique in its datastore."),
      Optional("datastore_id", &I::datastore_id,
               "Of a computed table: whose database runs the query. Of others that of the "
               "source, of a join of its left side; may be absent."),
      Optional("force_drop_fields", &I::force_drop_fields,
               "Whether fields may vanish that checks or anomalies are about."),
  };
  return fields;
}

void AddDefinition(Json& schema) {
  for (const Json& part :
       {DefinitionFields().Schema(), operations::ComputedTableDefinition::JsonFields().Schema(),
        operations::ComputedFileDefinition::JsonFields().Schema(),
        operations::ComputedJoinDefinition::JsonFields().Schema()}) {
    for (const auto& [key, property] : part["properties"].items())
      schema["properties"][key] = property;
  }
}

Status CheckPattern(const std::string& pattern) {
  if (pattern.starts_with('/')) {
    return Fail(ErrorKind::kInvalidInput, "must be relative to the datastore's root");
  }
  for (size_t start = 0; start <= pattern.size();) {
    const size_t end = std::min(pattern.find('/', start), pattern.size());
    const std::string_view level = std::string_view(pattern).substr(start, end - start);
    if (level.empty() || level == "." || level == "..") {
      return Fail(ErrorKind::kInvalidInput, "must not have empty, '.' or '..' levels");
    }
    start = end + 1;
  }
  return {};
}

/// The stored read options with those of the body over them; null ones are dropped.
Json MergeOptions(Json options, const Json& body) {
  const Json schema = engine::ReadOptions::JsonFields().Schema();
  for (const auto& [key, unused] : schema["properties"].items()) {
    const auto given = body.find(key);
    if (given == body.end()) continue;
    options.erase(key);
    if (!given->is_null()) options[key] = *given;
  }
  return options;
}

std::set<std::string> ExcludedNames(const Json& read_options) {
  std::set<std::string> names;
  for (const Json& name : read_options.value("exclude_fields", Json::array())) {
    names.insert(name.get<std::string>());
  }
  return names;
}

Answer<void> CheckExcluded(const Json& before, const Json& after,
                           const std::vector<store::Field>& fields) {
  const std::set<std::string> known_before = ExcludedNames(before);
  std::vector<Fault> faults;
  size_t position = 0;
  for (const Json& name : after.value("exclude_fields", Json::array())) {
    const bool is_known = known_before.contains(name.get<std::string>()) ||
                          std::ranges::any_of(fields, [&](const store::Field& field) {
                            return field.name == name.get<std::string>();
                          });
    if (!is_known) {
      faults.push_back({{"body", "exclude_fields", position},
                        fmt::format("there is no field {}", name.dump())});
    }
    ++position;
  }
  if (!faults.empty()) return Refuse(Problem::Invalid(std::move(faults)));
  return {};
}

}  // namespace

Shape ComputedContainerShape(Naming naming) {
  Json schema = InputFields().Schema();
  AddDefinition(schema);
  Json required = Json::array({"container_type"});
  if (naming == Naming::kRequired) required.push_back("name");
  schema["required"] = std::move(required);
  return {.name = "ComputedContainerCreate",
          .schema = Constrain(AllowNullForOptional(std::move(schema)),
                              {{"name", {{"minLength", 1}, {"maxLength", 255}}},
                               {"description", {{"maxLength", 1000}}}})};
}

Shape ContainerUpdateShape() {
  Json updated = InputFields().Schema();
  AddDefinition(updated);
  Json schema = Constrain(AllowNullForOptional(std::move(updated)),
                          {{"name", {{"minLength", 1}, {"maxLength", 255}}},
                           {"file_name", {{"minLength", 1}, {"maxLength", 1024}}},
                           {"description", {{"maxLength", 1000}}}});
  const Json options = AllowNullForOptional(engine::ReadOptions::JsonFields().Schema());
  for (const auto& [key, option] : options["properties"].items()) {
    schema["properties"][key] = option;
  }
  return {.name = "ContainerUpdate", .schema = std::move(schema)};
}

Answer<void> ApplyToContainer(const Json& body, const std::vector<store::Field>& fields,
                              store::Container& container) {
  API_TRY(const ContainerInput input,
          At({"body"}, InputFields().Parse(body, UnknownKeys::kIgnore)));
  if (input.container_type && *input.container_type != container.container_type) {
    return Refuse(Problem::InvalidKey(
        "container_type", fmt::format("cannot change from {}", container.container_type)));
  }
  if (input.group_by_fields && !input.group_by_fields->empty()) {
    return Refuse(Problem(400,
                          "group_by_fields: this version profiles containers as a whole; leave "
                          "it empty"));
  }
  if (input.file_name) {
    API_RETURN_IF_ERROR(At({"body", "file_name"}, CheckPattern(*input.file_name)));
  }
  // Clients send back all they read: the automatic pattern is no override.
  const bool is_automatic = input.file_name == container.name && !container.file_name_override;
  const bool has_files = !operations::IsComputed(container.container_type);
  if (body.contains("file_name") && !is_automatic && has_files)
    container.file_name_override = input.file_name;
  Json options = MergeOptions(container.read_options, body);
  API_RETURN_IF_ERROR(At({"body"}, engine::ReadOptions::JsonFields().Parse(options)));
  API_RETURN_IF_ERROR(CheckExcluded(container.read_options, options, fields));
  container.read_options = std::move(options);
  if (input.description) container.description = input.description;
  if (input.tags) container.tags = *input.tags;
  if (input.favorite) container.favorite = *input.favorite;
  if (input.additional_metadata) container.additional_metadata = body["additional_metadata"];
  return {};
}

std::vector<store::Field> StatusChanges(const std::vector<store::Field>& fields,
                                        const Json& read_options) {
  const std::set<std::string> excluded = ExcludedNames(read_options);
  std::vector<store::Field> changed;
  for (store::Field field : fields) {
    const bool should_be_excluded = excluded.contains(field.name);
    const bool is_excluded = field.status == "Excluded";
    if (should_be_excluded == is_excluded) continue;
    field.status = should_be_excluded ? "Excluded" : "Active";
    changed.push_back(std::move(field));
  }
  return changed;
}

}  // namespace assay::api
