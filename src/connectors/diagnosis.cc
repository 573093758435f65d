#include "connectors/diagnosis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace assay::connectors {

using std::chrono::seconds;

bool IsOneOf(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

bool Says(std::string_view message, std::string_view phrase) {
  return message.find(phrase) != std::string_view::npos;
}

bool IsClockCode(std::string_view code, const std::optional<seconds>& clock_ahead,
                 seconds tolerance) {
  if (IsOneOf(code, {"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"}))
    return true;
  return IsOneOf(code, {"SignatureDoesNotMatch", "InvalidSignatureException"}) && clock_ahead &&
         std::chrono::abs(*clock_ahead) > tolerance;
}

Diagnosis DiagnoseClock(const std::optional<seconds>& clock_ahead) {
  const int64_t difference = clock_ahead ? clock_ahead->count() : 0;
  if (difference == 0) {
    return {Blame::kClock, "set this machine's clock; it is too far from the store's"};
  }
  return {Blame::kClock,
          fmt::format("set this machine's clock; it is {} seconds {} the server's",
                      std::abs(difference), difference > 0 ? "ahead of" : "behind")};
}

Diagnosis DiagnoseKey(S3Identity identity) {
  if (identity == S3Identity::kWithoutToken) {
    return {Blame::kSessionToken,
            "give the session token too (session_token, AWS_SESSION_TOKEN): the key id is one "
            "of temporary keys, which are worth nothing without it"};
  }
  return {Blame::kKey,
          "check the access key id for typing errors and, in IAM, that it is active; else "
          "create a new key pair; check that it belongs to the endpoint"};
}

Diagnosis DiagnoseSignature(S3Identity identity) {
  std::string remedy =
      "enter the secret access key again, whole and without blanks around it; if it was "
      "rotated, enter key id and secret of the new pair";
  if (identity == S3Identity::kWithoutToken)
    remedy += "; these are temporary keys: give their session token too";
  return {Blame::kSignature, std::move(remedy)};
}

Diagnosis DiagnoseSessionToken(std::string_view code) {
  if (IsOneOf(code, {"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"})) {
    return {Blame::kSessionToken,
            "get new temporary keys, all three parts, or let a role be assumed, whose keys "
            "renew themselves"};
  }
  return {Blame::kSessionToken,
          "enter the session token again, whole; it must come from the same answer as key id "
          "and secret, and long-lived keys have none"};
}

Diagnosis DiagnoseTransport(engine::TransportFault fault) {
  switch (fault) {
    case engine::TransportFault::kDns:
      return {Blame::kDns,
              "check the endpoint, the region and the bucket's name, then the DNS"};
    case engine::TransportFault::kRefused:
      return {Blame::kConnection, "check host and port of the endpoint and that it runs"};
    case engine::TransportFault::kTls:
      return {Blame::kTls,
              "check that the endpoint speaks https and that its certificate is trusted; give "
              "the PEM file of its CA (ca_bundle, AWS_CA_BUNDLE)"};
    case engine::TransportFault::kTimeout:
      return {Blame::kTimeout,
              "check the endpoint, firewalls, proxies and VPC endpoints on the way"};
    case engine::TransportFault::kNone:
    case engine::TransportFault::kOther: break;
  }
  return {Blame::kNetwork, "check the endpoint and the network on the way to it"};
}

}  // namespace assay::connectors
