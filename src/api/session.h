// Logins: a session is a token that lives for hours and is not listed.

#pragma once

#include <chrono>
#include <string>

#include "api/dependencies.h"
#include "api/issued_token.h"
#include "api/problem.h"
#include "store/users.h"

namespace assay::api {

inline constexpr std::chrono::hours kSessionLength{8};

/// Starts one for a user who has shown who they are by `method` ("password"), and logs it.
Result<IssuedToken> StartSession(const Dependencies& dependencies, const store::User& user,
                                 const std::string& method, const std::string& address);

/// 429 with Retry-After, for who has sent too many wrong passwords.
Problem TooManyPasswords(std::chrono::seconds wait);

}  // namespace assay::api
