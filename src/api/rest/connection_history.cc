// What was changed about a connection, and by whom.

#include "api/paging.h"
#include "api/route.h"
#include "api/shapes/audit_entry.h"
#include "store/connections.h"

namespace assay::api::rest {
namespace {

Answer<Reply> History(const Call& call) {
  API_TRY(const auto connection, store::Connections(call.database(), call.dependencies.cipher)
                                     .Get(call.id("connection_id")));
  store::AuditFilter filter;
  filter.entity_types = {store::EntityTypeName(store::EntityType::kConnection)};
  filter.entity_ids = {connection.id};
  const store::PageRequest page = PageOf(call.query);
  API_TRY(const auto found, store::AuditLog(call.database()).List(filter, page));
  std::vector<Json> items;
  for (const store::AuditEntry& entry : found.items) items.push_back(PrintAuditEntry(entry));
  return Ok(PrintPage(std::move(items), found.total, page));
}

}  // namespace

RouteGroup connection_history() {
  return {
      .title = "Connections",
      .routes = {{.method = "GET",
                  .path = "/api/connections/{connection_id}/history",
                  .summary = "Lists the changes of a connection, newest first; secrets are "
                             "shown as ***.",
                  .access = Access::kManager,
                  .query = PagingParameters(),
                  .answers = {{.description = "A page of changes.",
                               .shape = AuditEntryShape(),
                               .form = AnswerDocumentation::Form::kPage},
                              {.status = 404, .description = "There is no such connection."}},
                  .handle = History}}};
}

}  // namespace assay::api::rest
