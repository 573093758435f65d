// Which enrichment datastore a datastore's scans write to.

#include "api/enrichment_link.h"
#include "api/route.h"
#include "api/shapes/datastore.h"

namespace assay::api::rest {
namespace {

Answer<Reply> Link(const Call& call) {
  const int64_t id = call.id("datastore_id");
  const int64_t enrichment_id = call.id("enrichment_id");
  store::Datastores datastores(call.database());
  API_TRY([[maybe_unused]] const auto source, datastores.Get(id));
  API_TRY([[maybe_unused]] const auto enrichment, datastores.Get(enrichment_id));
  API_RETURN_IF_ERROR(call.database().InTransaction([&](store::Access& transaction) {
    return LinkEnrichment(transaction, id, enrichment_id);
  }));
  API_TRY(const auto linked, datastores.Get(id));
  API_TRY(std::vector<Json> printed, PrintDatastores(call.dependencies, {linked}));
  return Ok(std::move(printed.front()));
}

Answer<Reply> Unlink(const Call& call) {
  const int64_t id = call.id("datastore_id");
  store::Datastores datastores(call.database());
  API_TRY([[maybe_unused]] const auto source, datastores.Get(id));
  API_RETURN_IF_ERROR(datastores.UnlinkEnrichment(id));
  return NoContent();
}

}  // namespace

RouteGroup enrichment_links() {
  const AnswerDocumentation missing{.status = 404,
                                    .description = "There is no such datastore."};
  return {
      .title = "Enrichment",
      .routes = {
          {.method = "PATCH",
           .path = "/api/datastores/{datastore_id}/enrichment/{enrichment_id}",
           .summary = "Lets a datastore's scans write to an enrichment datastore.",
           .permission = store::Permission::kEditor,
           .answers = {{.description = "The datastore.", .shape = DatastoreShape()},
                       {.status = 400, .description = "The second is no enrichment datastore."},
                       missing,
                       {.status = 409,
                        .description =
                            "The first is an enrichment datastore itself, is linked to "
                            "another one, or its prefix is taken there."}},
           .handle = Link},
          {.method = "DELETE",
           .path = "/api/datastores/{datastore_id}/enrichment",
           .summary = "Ends the link. What was written stays.",
           .access = Access::kAdmin,
           .answers = {{.status = 204, .description = "There is no link."}, missing},
           .handle = Unlink}}};
}

}  // namespace assay::api::rest
