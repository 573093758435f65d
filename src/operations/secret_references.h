// ${key} in the properties of a connection: the value of that key in its secrets manager.

#pragma once

#include <stop_token>

#include "store/connections.h"

namespace assay::operations {

/// Whether a text has a reference.
bool HasReference(const std::string& text);

/// kInvalidInput, naming the property, for a "${" without a key or without "}". A connection
/// without a secrets manager has no references.
Status CheckReferences(const store::Connection& connection);

/// `connection` with every ${key} in place: in texts of its properties at any depth and in its
/// secrets, but not in the settings of the secrets manager itself. A property that is one
/// reference and nothing else takes a number or boolean of the secret as such.
///
/// Asks the secrets manager, blocking, each time and only if anything refers to it. Fails as
/// SecretStore::Read, naming a property and its key; kNotFound if the secret has no such key.
/// The result is for opening the connection and must not be stored or shown.
Result<store::Connection> ResolveReferences(const store::Connection& connection,
                                            const std::stop_token& stop);

}  // namespace assay::operations
