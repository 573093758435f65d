// Connections as the API reads and prints them. Secrets go in and never come out.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/problem.h"
#include "api/route.h"
#include "api/shapes/references.h"
#include "store/connections.h"

namespace assay::api {

/// Body of POST and PUT. With PUT what is absent keeps its value.
struct ConnectionInput {
  std::optional<std::string> name;  // POST: the URI or host when absent
  std::optional<std::string> type;  // fixed after POST
  std::optional<std::string> uri;
  std::optional<std::string> access_key;
  std::optional<Secret> secret_key;
  std::optional<Secret> session_token;
  std::optional<std::string> host;
  std::optional<int64_t> port;
  std::optional<std::string> username;
  std::optional<Secret> password;
  Json parameters;  // replaces the stored ones; keys of secrets are taken out and encrypted
  Json
      secrets_manager;  // replaces the stored one, but for secrets it leaves out; {} removes it

  static const Fields<ConnectionInput>& JsonFields();
};

Shape ConnectionCreateShape();  // type is required; uri or host, too, by the type
Shape ConnectionUpdateShape();

/// A new connection. `location` is where the body stands in the request, for faults.
/// 422 for an unknown type, no URI or host, one that the type refuses, or settings that do not
/// go together.
Answer<store::Connection> ReadNewConnection(const Json& body,
                                            const std::vector<Json>& location);

/// Changes `connection` as the body says. 422 as above, and for another type.
Answer<void> ApplyToConnection(const Json& body, const std::vector<Json>& location,
                               store::Connection& connection);

/// A connection as printed.
struct ConnectionView {
  int64_t id = 0;
  Timestamp created{};
  std::string name;
  std::string type;
  std::string connection_type;
  std::optional<std::string> uri;
  std::optional<std::string> access_key;
  std::optional<std::string> host;
  std::optional<int64_t> port;
  std::optional<std::string> username;
  Json parameters = Json::object();
  Json secrets_manager;
  std::vector<DatastoreReference> datastores;

  static const Fields<ConnectionView>& JsonFields();
};
Shape ConnectionShape();

/// One object a connection, in order, each with the datastores within `scope` that use it.
Result<std::vector<Json>> PrintConnections(store::Access& access,
                                           const std::vector<store::Connection>& connections,
                                           const std::optional<store::DatastoreScope>& scope);

}  // namespace assay::api
