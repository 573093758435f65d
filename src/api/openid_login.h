// Logins at an OpenID Connect provider that were begun and whose browser has not come back yet.

#pragma once

#include <list>
#include <mutex>
#include <stop_token>
#include <string>

#include "auth/openid_provider.h"

namespace assay::api {

/// Whom to let in.
struct OpenIdPolicy {
  enum class UnknownUsers { kRefuse, kCreate } unknown_users = UnknownUsers::kRefuse;
  /// Some providers do not say whether they verified an address. Whoever can choose one freely
  /// there is let in as the user who has it here.
  enum class UnverifiedEmail { kRefuse, kTrust } unverified_email = UnverifiedEmail::kRefuse;
};

/// Thread-safe.
class OpenIdLogin {
 public:
  OpenIdLogin(auth::OpenIdOptions options, OpenIdPolicy policy, Clock& clock)
      : policy_(policy), provider_(std::move(options), clock), clock_(clock) {}

  const OpenIdPolicy& policy() const { return policy_; }
  /// Remembers it for ten minutes, up to 1000 at a time: then the oldest is forgotten. Errors
  /// as auth::OpenIdProvider.
  Result<auth::OpenIdRequest> Begin(const std::stop_token& stop);
  /// Of the login that began with this state, which is then forgotten. kUnauthenticated when
  /// there is none; else as auth::OpenIdProvider.
  Result<auth::OpenIdIdentity> Finish(const std::string& state, const std::string& code,
                                      const std::stop_token& stop);

 private:
  struct Pending {
    auth::OpenIdRequest request;
    Timestamp until{};
  };

  const OpenIdPolicy policy_;
  auth::OpenIdProvider provider_;
  Clock& clock_;
  std::mutex mutex_;
  std::list<Pending> pending_;  // the oldest first; guarded by mutex_
};

}  // namespace assay::api
