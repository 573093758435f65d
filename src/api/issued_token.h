// Making access tokens: the text for its owner, and the record by which it is revoked.

#pragma once

#include "auth/token.h"
#include "store/tokens.h"

namespace assay::api {

struct IssuedToken {
  store::Token record;
  Secret text;  // to be shown once; it is not kept
};

/// A new token with what `token` says of user, name, kind, creation and expiration, whose times
/// are cut to seconds. Errors of the signer and the store.
Result<IssuedToken> IssueToken(store::Access& access, const auth::TokenSigner& signer,
                               store::Token token);

}  // namespace assay::api
