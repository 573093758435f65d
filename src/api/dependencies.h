// What the REST API works on; built by the composition root.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/connection_trials.h"
#include "auth/login_throttle.h"
#include "auth/password.h"
#include "auth/token.h"
#include "base/clock.h"
#include "operations/options.h"
#include "store/cipher.h"
#include "store/database.h"

namespace assay::api {

class OpenIdLogin;

/// All borrowed; must outlive the server. Each is thread-safe. A handler gets a database that
/// logs what it changes as done by the caller.
struct Dependencies {
  store::Database& database;
  const store::Cipher& cipher;
  const auth::TokenSigner& signer;
  const auth::Passwords& passwords;
  auth::LoginThrottle& throttle;
  Clock& clock;
  ConnectionTrials& connection_trials;
  /// Called after an operation was queued or an abort was asked for, so that workers look at
  /// once.
  std::function<void()> wake_workers;
  /// Receives what callers are not told: reasons of 500s. One line each, without secrets.
  std::function<void(const std::string&)> log;
  OpenIdLogin* openid = nullptr;               // null: not set up
  operations::OperationsOptions operations{};  // of what a request runs in its own time
  /// From where data stores see this server, as its operator says; empty: not said.
  std::vector<std::string> egress_addresses{};
};

}  // namespace assay::api
