// Saved endpoints with their credentials.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/secret.h"
#include "store/access.h"
#include "store/cipher.h"
#include "store/page.h"

namespace assay::store {

struct Connection {
  int64_t id = 0;
  Timestamp created{};
  std::string name;  // unique
  std::string type;  // of the connector: "s3", "local"
  /// Everything that is not secret, under its REST name: "uri", "access_key", "host",
  /// "parameters", "secrets_manager" without its payload.
  Json properties = Json::object();
  /// Under their REST names: "secret_key", "password", ... Encrypted at rest.
  std::map<std::string, Secret> secrets;
};

struct ConnectionFilter {
  std::vector<int64_t> ids;  // empty lists and texts do not filter, here and in other filters
  std::string name;          // exact
  std::string search;        // part of the name, any case
  std::vector<std::string> types;
  enum class Sort { kId, kName, kCreated } sort = Sort::kId;
  SortOrder order = SortOrder::kAscending;
};

class Connections {
 public:
  Connections(Access& access, const Cipher& cipher) : access_(access), cipher_(cipher) {}

  /// Stores it under a new id and returns it with that. kConflict when the name is taken.
  Result<Connection> Create(Connection connection);
  /// kNotFound; kDenied when the secrets do not decrypt with this key.
  Result<Connection> Get(int64_t id);
  Result<Connection> FindByName(const std::string& name);
  /// Writes name, properties and secrets. kNotFound, kConflict when the name is taken.
  Status Update(const Connection& connection);
  /// kNotFound; kConflict while datastores use it, naming them.
  Status Delete(int64_t id);
  Result<Page<Connection>> List(const ConnectionFilter& filter, const PageRequest& page);

 private:
  Access& access_;
  const Cipher& cipher_;
};

}  // namespace assay::store
