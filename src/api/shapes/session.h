// A login as the API answers it.

#pragma once

#include "api/issued_token.h"
#include "api/route.h"
#include "store/users.h"

namespace assay::api {

/// {token, expires, user}.
Shape SessionShape();
Result<Json> PrintSession(store::Access& access, const IssuedToken& session,
                          const store::User& user);

}  // namespace assay::api
