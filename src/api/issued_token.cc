#include "api/issued_token.h"

#include <chrono>

#include "base/id.h"

namespace assay::api {

Result<IssuedToken> IssueToken(store::Access& access, const auth::TokenSigner& signer,
                               store::Token token) {
  token.uuid = NewUuid();
  token.created = std::chrono::floor<std::chrono::seconds>(token.created);
  if (token.expiration) {
    token.expiration = std::chrono::floor<std::chrono::seconds>(*token.expiration);
  }
  ASSAY_TRY(Secret text, signer.Issue({.id = token.uuid,
                                       .user_id = token.user_id,
                                       .issued_at = token.created,
                                       .expires_at = token.expiration}));
  ASSAY_TRY(store::Token record, store::Tokens(access).Create(std::move(token)));
  return IssuedToken{.record = std::move(record), .text = std::move(text)};
}

}  // namespace assay::api
