// The whole server: a data directory, workers and the REST API, from start to stop.

#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "api/installation.h"
#include "api/openid_login.h"
#include "net/http_server.h"
#include "operations/options.h"

namespace assay::api {

/// Login with OpenID Connect.
struct OpenIdSetup {
  auth::OpenIdOptions provider;
  OpenIdPolicy policy;
};

struct ServeOptions {
  InstallationOptions installation;
  net::HttpServerOptions http;
  /// Its data_directory is that of the installation, whatever it says.
  operations::OperationsOptions operations;
  std::optional<OpenIdSetup> openid;
  std::vector<std::string> egress_addresses;  // see egress.h
};

/// What to tell the one who started it.
struct ServeEvents {
  /// On the first start only, and before requests are answered: the user "admin".
  std::function<void(const FirstAdmin&)> on_first_admin;
  /// Once, when requests are answered: "http://127.0.0.1:8080".
  std::function<void(const std::string& url)> on_started;
  /// One line each of what only the operator should know, from any thread.
  std::function<void(const std::string&)> log;
};

/// Opens or makes the data directory, then serves until `stop` is requested, and returns when
/// everything has stopped; operations that ran go back into the queue. Enrichment that an
/// earlier process left half-published is published before operations run, and its temporary
/// files are removed.
///
/// kConflict when another server has the data directory or the port; else as
/// Installation::Open.
Status Serve(const ServeOptions& options, Clock& clock, const ServeEvents& events,
             const std::stop_token& stop);

}  // namespace assay::api
