#include "api/paging.h"

namespace assay::api {

std::vector<QueryParameter> PagingParameters() {
  return {{.name = "page",
           .type = ParameterType::kInteger,
           .doc = "Which page, from 1.",
           .minimum = 1,
           .maximum = 1'000'000'000},
          {.name = "size",
           .type = ParameterType::kInteger,
           .doc = "Items a page; 50 when absent.",
           .minimum = 1,
           .maximum = 1000}};
}

store::PageRequest PageOf(const Query& query) {
  return {.page = query.Integer("page").value_or(1),
          .size = query.Integer("size").value_or(50)};
}

QueryParameter ArchivedParameter() {
  return {.name = "archived",
          .doc = "Whether archived ones are listed too, or only they; not at all when absent.",
          .allowed = {"include", "only"}};
}

store::Archived ArchivedOf(const Query& query) {
  const std::string archived = query.Text("archived");
  if (archived == "only") return store::Archived::kOnly;
  return archived == "include" ? store::Archived::kInclude : store::Archived::kExclude;
}

Json PrintPage(std::vector<Json> items, int64_t total, const store::PageRequest& request) {
  const int64_t pages = total / request.size + (total % request.size == 0 ? 0 : 1);
  return {{"items", Json(std::move(items))},
          {"total", total},
          {"page", request.page},
          {"size", request.size},
          {"pages", pages}};
}

Json PageSchema(Json item_schema) {
  const Json count = {{"type", "integer"}, {"format", "int64"}};
  return {{"type", "object"},
          {"properties",
           {{"items", {{"type", "array"}, {"items", std::move(item_schema)}}},
            {"total", count},
            {"page", count},
            {"size", count},
            {"pages", count}}},
          {"required", {"items", "total", "page", "size", "pages"}}};
}

}  // namespace assay::api
