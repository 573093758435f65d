#include "api/subjects.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace assay::api {
namespace {

using store::Thing;
using Names = std::pair<std::string_view, Thing>;

constexpr std::array kInPath = {Names{"datastore_id", Thing::kDatastore},
                                Names{"enrichment_id", Thing::kDatastore},
                                Names{"container_id", Thing::kContainer},
                                Names{"anomaly_id", Thing::kAnomaly},
                                Names{"computed_field_id", Thing::kComputedField},
                                Names{"quality_check_id", Thing::kQualityCheck},
                                Names{"operation_id", Thing::kOperation}};

constexpr std::array kInQuery = {Names{"datastore", Thing::kDatastore},
                                 Names{"container", Thing::kContainer}};

constexpr std::array kInBody = {Names{"datastore_id", Thing::kDatastore},
                                Names{"enrichment_datastore_id", Thing::kDatastore},
                                Names{"container_id", Thing::kContainer},
                                Names{"source_container_id", Thing::kContainer},
                                Names{"left_container_id", Thing::kContainer},
                                Names{"right_container_id", Thing::kContainer}};

/// Keys of a body whose objects name things as a body does.
constexpr std::array<std::string_view, 2> kNested = {"container", "quality_check"};

bool NamesOne(const QueryParameter& parameter, const Names& names) {
  return !parameter.repeats && parameter.name == names.first;
}

void AddFromObject(const Json& object, std::vector<Subject>& subjects) {
  for (const auto& [name, thing] : kInBody) {
    const auto found = object.find(name);
    if (found != object.end() && found->is_number_integer()) {
      subjects.push_back({thing, found->get<int64_t>()});
    }
  }
}

void AddFromBody(const BodyDocumentation& documentation, const Json& body,
                 std::vector<Subject>& subjects) {
  if (body.is_object()) {
    AddFromObject(body, subjects);
    for (const std::string_view key : kNested) {
      const auto nested = body.find(key);
      if (nested != body.end() && nested->is_object()) AddFromObject(*nested, subjects);
    }
  }
  if (!body.is_array()) return;
  for (const Json& item : body) {
    if (!item.is_object()) continue;
    AddFromObject(item, subjects);
    if (documentation.item_ids && item.contains("id") && item["id"].is_number_integer()) {
      subjects.push_back({*documentation.item_ids, item["id"].get<int64_t>()});
    }
  }
}

}  // namespace

std::vector<Subject> SubjectsOf(const Route& route, const Call& call) {
  std::vector<Subject> subjects;
  for (const auto& [name, thing] : kInPath) {
    const auto found = call.ids.find(std::string(name));
    if (found != call.ids.end()) subjects.push_back({thing, found->second});
  }
  for (const QueryParameter& parameter : route.query) {
    for (const Names& names : kInQuery) {
      if (!NamesOne(parameter, names)) continue;
      if (const auto id = call.query.Integer(parameter.name)) {
        subjects.push_back({names.second, *id});
      }
    }
  }
  if (route.body) AddFromBody(*route.body, call.body, subjects);
  return subjects;
}

bool NamesSubjects(const Route& route) {
  const auto in_path = [&](const Names& names) {
    return route.path.find("{" + std::string(names.first) + "}") != std::string::npos;
  };
  const auto in_query = [&](const Names& names) {
    return std::ranges::any_of(route.query, [&](const QueryParameter& parameter) {
      return NamesOne(parameter, names);
    });
  };
  const auto in_body = [&](const Names& names) {
    if (!route.body) return false;
    const Json properties = route.body->shape.schema.value("properties", Json::object());
    const auto names_one = [&](const Json& of) { return of.contains(names.first); };
    return names_one(properties) || std::ranges::any_of(kNested, [&](std::string_view key) {
             return names_one(properties.value(key, Json::object())
                                  .value("properties", Json::object()));
           });
  };
  return std::ranges::any_of(kInPath, in_path) || std::ranges::any_of(kInQuery, in_query) ||
         std::ranges::any_of(kInBody, in_body) || (route.body && route.body->item_ids);
}

}  // namespace assay::api
