#include "api/shapes/profile.h"

#include "api/shapes/field_tag.h"
#include "base/fields.h"

namespace assay::api {
namespace {

struct ContainerProfileView {
  int64_t id = 0;
  Timestamp created{};
  int64_t container_id = 0;
  std::optional<int64_t> operation_id;
  int64_t records_profiled = 0;
  std::optional<int64_t> total_records;
  std::optional<double> sampling;
  std::optional<double> completeness;
  int64_t fields_profiled = 0;
  int64_t files = 0;
  std::vector<std::string> failures;
};

const Fields<ContainerProfileView>& ViewFields() {
  using V = ContainerProfileView;
  static const Fields<ContainerProfileView> fields = {
      Required("id", &V::id, "Its id."),
      Required("created", &V::created, "When it was made."),
      Required("container_id", &V::container_id, "What was profiled."),
      Optional("operation_id", &V::operation_id, "By which operation."),
      Required("records_profiled", &V::records_profiled, "Rows read."),
      Optional("total_records", &V::total_records,
               "Rows there were, when rows were limited and it is known."),
      Optional("sampling", &V::sampling, "Share of rows read, when it is known."),
      Optional("completeness", &V::completeness, "Share of cells that are not null."),
      Required("fields_profiled", &V::fields_profiled, "Fields."),
      Required("files", &V::files, "Files read."),
      Required("failures", &V::failures, "Files left out, and why."),
  };
  return fields;
}

}  // namespace

Shape FieldProfileShape() {
  const Json integer = {{"type", "integer"}, {"format", "int64"}};
  const Json number = {{"type", "number"}, {"nullable", true}};
  const Json text = {{"type", "string"}};
  const Json objects = {{"type", "array"}, {"items", {{"type", "object"}}}};
  const Json exact = {{"nullable", true},
                      {"description", "A number, or a text where a number would lose digits."}};
  Json properties = {{"id", integer},
                     {"created", {{"type", "string"}, {"format", "date-time"}}},
                     {"container_id", integer},
                     {"field_id", {{"type", "integer"}, {"nullable", true}}},
                     {"name", text},
                     {"field_type", text},
                     {"type_declared", {{"type", "boolean"}}}};
  for (const char* name :
       {"completeness", "approximate_distinct_values", "unique_distinct_ratio", "entropy",
        "min_length", "max_length", "mean", "std_dev", "kurtosis", "skewness"}) {
    properties[name] = number;
  }
  for (const char* name : {"min", "max", "median", "q1", "q3", "sum"}) properties[name] = exact;
  for (const char* name : {"quality_check_count", "anomaly_count"}) properties[name] = integer;
  properties["is_not_normal"] = {{"type", "boolean"}, {"nullable", true}};
  properties["kll"] = {{"type", "object"}, {"nullable", true}};
  properties["histogram_buckets"] = objects;
  properties["field_correlations"] = objects;
  properties["field_tags"] = JsonCodec<std::vector<FieldTagView>>::Schema();
  properties["regression_models"] = objects;
  return {.name = "FieldProfile",
          .schema = {{"type", "object"},
                     {"properties", std::move(properties)},
                     {"additionalProperties", true}}};
}

Json PrintFieldProfile(const store::FieldProfile& profile, const store::FieldFindings& findings,
                       const std::vector<store::FieldTag>& tags) {
  Json json = {{"id", profile.id},
               {"created", FormatTimestamp(profile.created)},
               {"container_id", profile.container_id},
               {"field_id", JsonCodec<std::optional<int64_t>>::Print(profile.field_id)}};
  for (const auto& [key, value] : profile.profile.items()) json[key] = value;
  json["quality_check_count"] = findings.quality_checks;
  json["anomaly_count"] = findings.anomalies;
  json["field_tags"] = JsonCodec<std::vector<FieldTagView>>::Print(ViewTags(tags));
  return json;
}

Shape ContainerProfileShape() {
  return {.name = "ContainerProfile", .schema = ViewFields().Schema()};
}

Json PrintContainerProfile(const store::ContainerProfile& profile,
                           std::optional<double> completeness) {
  ContainerProfileView view{.id = profile.id,
                            .created = profile.created,
                            .container_id = profile.container_id,
                            .operation_id = profile.operation_id,
                            .records_profiled = profile.record_count,
                            .total_records = profile.total_record_count,
                            .sampling = {},
                            .completeness = completeness,
                            .fields_profiled = profile.field_count,
                            .files = profile.file_count,
                            .failures = profile.failures};
  if (profile.total_record_count.value_or(0) > 0) {
    view.sampling = static_cast<double>(profile.record_count) /
                    static_cast<double>(*profile.total_record_count);
  }
  return ViewFields().Print(view);
}

}  // namespace assay::api
