#include "api/openid_login.h"

#include <algorithm>
#include <chrono>

namespace assay::api {
namespace {

constexpr std::chrono::minutes kTimeToLogIn{10};
constexpr size_t kMostPending = 1000;

}  // namespace

Result<auth::OpenIdRequest> OpenIdLogin::Begin(const std::stop_token& stop) {
  ASSAY_TRY(auth::OpenIdRequest request, provider_.Begin(stop));
  const Timestamp now = clock_.Now();
  const std::lock_guard lock(mutex_);
  while (!pending_.empty() &&
         (pending_.front().until <= now || pending_.size() >= kMostPending)) {
    pending_.pop_front();
  }
  pending_.push_back({.request = request, .until = now + kTimeToLogIn});
  return request;
}

Result<auth::OpenIdIdentity> OpenIdLogin::Finish(const std::string& state,
                                                 const std::string& code,
                                                 const std::stop_token& stop) {
  auth::OpenIdRequest request;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(
        pending_, state, [](const Pending& pending) { return pending.request.state; });
    if (found == pending_.end() || found->until <= clock_.Now()) {
      return Fail(ErrorKind::kUnauthenticated,
                  "this login was not begun here, or too long ago; begin again");
    }
    request = std::move(found->request);
    pending_.erase(found);
  }
  return provider_.Finish(request, code, stop);
}

}  // namespace assay::api
