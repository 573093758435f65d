// A place outside that holds secrets: reads one secret, a map of keys to values.

#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"

namespace assay::auth {

/// One value of a secret. What is no text in the store (a number, an object) is kept as its
/// JSON, so that it can be used as either.
struct SecretValue {
  enum class Kind { kText, kJson };
  Secret text;
  Kind kind = Kind::kText;
};
using SecretValues = std::map<std::string, SecretValue>;

/// Thread-safe. Keeps nothing: each Read asks the store.
class SecretStore {
 public:
  virtual ~SecretStore() = default;

  /// Keys and values of the secret; keys without a value (null) are left out. Messages name the
  /// place and what to check, and never a value, a token or a payload.
  ///
  /// kUnauthenticated: the login was refused. kDenied: no right to read. kNotFound: no such
  /// secret, or it was deleted. kUnavailable: no connection, sealed, or failing. kTimeout.
  /// kCancelled. kCorruptData: the answer has another form than the settings say.
  virtual Result<SecretValues> Read(const std::stop_token& stop) const = 0;
};

/// The values of a JSON object.
SecretValues ToSecretValues(const Json& object);

}  // namespace assay::auth
