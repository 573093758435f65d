// Statistics of containers and their fields.

#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/profile.h"
#include "api/sorting.h"
#include "operations/completeness.h"
#include "store/containers.h"

namespace assay::api::rest {
namespace {

Answer<Reply> ListFieldProfiles(const Call& call) {
  API_TRY(const auto container,
          store::Containers(call.database()).Get(call.id("container_id")));
  store::FieldProfileFilter filter;
  filter.container_ids = {container.id};
  filter.name = call.query.Text("name");
  ApplySort(call.query,
            {{"sort_name", store::FieldProfileFilter::Sort::kName},
             {"sort_created", store::FieldProfileFilter::Sort::kCreated}},
            filter);
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::Profiles(call.database()).ListFields(filter, page));
  API_TRY(auto findings, store::Profiles(call.database()).FindingsByField(container.id));
  API_TRY(auto tags, store::FieldTags(call.database()).OfContainer(container.id));
  std::vector<Json> items;
  for (const store::FieldProfile& profile : found.items) {
    items.push_back(PrintFieldProfile(profile, findings[profile.name], tags[profile.name]));
  }
  return Ok(PrintPage(std::move(items), found.total, page));
}

/// Of the newest profile; nothing when that has no fields.
Answer<std::optional<double>> Completeness(const Call& call, int64_t container_id) {
  store::FieldProfileFilter filter;
  filter.container_ids = {container_id};
  operations::CellCount count;
  for (store::PageRequest page{.page = 1, .size = 1000};; ++page.page) {
    API_TRY(const auto found, store::Profiles(call.database()).ListFields(filter, page));
    for (const store::FieldProfile& profile : found.items) {
      count.Add(profile.name, profile.record_count, profile.null_count);
    }
    if (found.total == 0) return std::optional<double>();
    if (page.page * page.size >= found.total) break;
  }
  return count.completeness();
}

Answer<Reply> GetProfile(const Call& call) {
  API_TRY(const auto container,
          store::Containers(call.database()).Get(call.id("container_id")));
  API_TRY(const auto profile, store::Profiles(call.database()).Latest(container.id));
  if (!profile) return Refuse(Problem(404, "this container was not profiled yet"));
  API_TRY(const auto completeness, Completeness(call, container.id));
  return Ok(PrintContainerProfile(*profile, completeness));
}

}  // namespace

RouteGroup container_profiles() {
  std::vector<QueryParameter> parameters = PagingParameters();
  parameters.push_back({.name = "name", .doc = "Only the field of exactly this name."});
  AppendSorts({"sort_name", "sort_created"}, parameters);
  return {.title = "Profiles",
          .routes = {
              {.method = "GET",
               .path = "/api/containers/{container_id}/field-profiles",
               .summary = "Lists the statistics of each field in the newest profile.",
               .permission = store::Permission::kReporter,
               .query = std::move(parameters),
               .answers = {{.description = "A page of field profiles.",
                            .shape = FieldProfileShape(),
                            .form = AnswerDocumentation::Form::kPage},
                           {.status = 404, .description = "There is no such container."}},
               .handle = ListFieldProfiles},
              {.method = "GET",
               .path = "/api/containers/{container_id}/profile",
               .summary = "Shows the totals of the newest profile.",
               .permission = store::Permission::kReporter,
               .answers = {{.description = "The profile.", .shape = ContainerProfileShape()},
                           {.status = 404,
                            .description = "There is no such container, or no profile of it."}},
               .handle = GetProfile}}};
}

}  // namespace assay::api::rest
