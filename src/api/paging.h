// Lists in pages: the query parameters that lists share, and the answer's shape.

#pragma once

#include <vector>

#include "api/query.h"
#include "base/json.h"
#include "store/page.h"

namespace assay::api {

/// "page" from 1 and "size" from 1 to 1000, 50 when absent: the parameters every paged list
/// has.
std::vector<QueryParameter> PagingParameters();

store::PageRequest PageOf(const Query& query);

/// "archived", which every list of things that can be archived has: only, include; neither:
/// without.
QueryParameter ArchivedParameter();
store::Archived ArchivedOf(const Query& query);

/// {items, total, page, size, pages}; pages is 0 when there is nothing.
Json PrintPage(std::vector<Json> items, int64_t total, const store::PageRequest& request);

/// Schema of such an answer around the schema of one item.
Json PageSchema(Json item_schema);

}  // namespace assay::api
