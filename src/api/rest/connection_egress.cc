// From where a data store sees this server, for its list of allowed addresses.

#include "api/route.h"
#include "base/fields.h"
#include "net/local_address.h"
#include "operations/datastore_access.h"
#include "store/connections.h"

namespace assay::api::rest {
namespace {

constexpr std::chrono::seconds kTimeToConnect{5};

struct EgressView {
  std::vector<std::string> egress_addresses;
  std::string source;
};

const Fields<EgressView>& EgressFields() {
  static const Fields<EgressView> fields = {
      Required("egress_addresses", &EgressView::egress_addresses,
               "What to allow; empty for a connection that leads over no network."),
      Required("source", &EgressView::source,
               "setting: as the server's configuration says. local_address: of this machine on "
               "the connection that was made; a gateway that translates addresses makes it "
               "another one. none: there is no network in between."),
  };
  return fields;
}

/// Of this machine, towards the connection's server; nothing when there is no server.
Result<std::optional<std::string>> LocalAddress(const store::Connection& connection,
                                                const std::stop_token& stop) {
  ASSAY_TRY(const auto connector, operations::OpenConnection(connection, {}, stop));
  const auto server = connector->server();
  if (!server) return std::optional<std::string>();
  ASSAY_TRY(std::string address, net::LocalAddressTowards(*server, kTimeToConnect, stop));
  return std::optional(std::move(address));
}

Answer<Reply> Egress(const Call& call) {
  API_TRY(const auto connection, store::Connections(call.database(), call.dependencies.cipher)
                                     .Get(call.id("connection_id")));
  EgressView view{.egress_addresses = call.dependencies.egress_addresses, .source = "setting"};
  if (view.egress_addresses.empty()) {
    API_TRY(const auto trial, call.dependencies.connection_trials.Begin(call.stop));
    const auto address = LocalAddress(connection, trial->token());
    if (!address) return Refuse(Problem(400, address.error().message));
    view.source = *address ? "local_address" : "none";
    if (*address) view.egress_addresses = {**address};
  }
  return Ok(EgressFields().Print(view));
}

}  // namespace

RouteGroup connection_egress() {
  return {.title = "Connections",
          .routes = {
              {.method = "GET",
               .path = "/api/connections/{connection_id}/egress",
               .summary = "Tells the addresses from which the connection's data store "
                          "sees this server.",
               .access = Access::kManager,
               .answers = {{.description = "The addresses, and how they are known.",
                            .shape = Shape{"Egress", EgressFields().Schema()}},
                           {.status = 400, .description = "No connection can be made."},
                           {.status = 404, .description = "There is no such connection."},
                           {.status = 429,
                            .description = "Too many data stores are being tried right now."}},
               .handle = Egress}}};
}

}  // namespace assay::api::rest
