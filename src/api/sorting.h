// The order of lists: query parameters such as "sort_created=desc".

#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "api/query.h"
#include "store/page.h"

namespace assay::api {

/// Declares each of `names` as a parameter that takes asc or desc.
void AppendSorts(std::initializer_list<const char*> names,
                 std::vector<QueryParameter>& parameters);

/// Sets `filter.sort` and `filter.order` of a store's filter to the first of `sorts` that the
/// query gives; without one the filter keeps its own.
template <class Filter>
void ApplySort(const Query& query,
               std::initializer_list<std::pair<const char*, decltype(Filter::sort)>> sorts,
               Filter& filter) {
  for (const auto& [name, sort] : sorts) {
    const std::string order = query.Text(name);
    if (order.empty()) continue;
    filter.sort = sort;
    filter.order =
        order == "asc" ? store::SortOrder::kAscending : store::SortOrder::kDescending;
    return;
  }
}

}  // namespace assay::api
