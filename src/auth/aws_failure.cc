#include "auth/aws_failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "auth/aws_xml.h"
#include "base/json.h"

namespace assay::auth {
namespace {

constexpr std::chrono::seconds kMostClockSkew = std::chrono::minutes(5);  // of signatures
constexpr size_t kMostQuotedBytes = 300;

bool IsOneOf(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

void ReadXml(const std::string& body, AwsFailure& failure) {
  const auto root = ParseXml(body, {"Error"});
  if (!root) return;
  const XmlElement* inner = root->Find("Error");
  const XmlElement& error = inner == nullptr ? *root : *inner;
  failure.code = error.Text("Code");
  failure.message = error.Text("Message");
}

void ReadJson(const std::string& body, AwsFailure& failure) {
  const auto json = ParseJson(body);
  if (!json || !json->is_object()) return;
  const auto text = [&](const char* key) {
    const auto found = json->find(key);
    return found != json->end() && found->is_string() ? found->get<std::string>()
                                                      : std::string();
  };
  failure.code = text("__type");
  // Some services put a namespace in front: "com.amazonaws...#AccessDeniedException".
  if (const size_t hash = failure.code.find('#'); hash != std::string::npos) {
    failure.code.erase(0, hash + 1);
  }
  failure.message = json->contains("message") ? text("message") : text("Message");
}

/// Signatures are compared with the server's clock before anything else of them.
bool IsClock(const AwsFailure& failure) {
  if (IsOneOf(failure.code, {"RequestExpired", "RequestTimeTooSkewed"})) return true;
  if (!IsOneOf(failure.code, {"SignatureDoesNotMatch", "InvalidSignatureException"})) {
    return false;
  }
  const bool is_far = failure.clock_ahead && (*failure.clock_ahead > kMostClockSkew ||
                                              *failure.clock_ahead < -kMostClockSkew);
  return is_far || failure.message.starts_with("Signature expired") ||
         failure.message.starts_with("Signature not yet current");
}

std::string ClockText(const AwsFailure& failure) {
  if (!failure.clock_ahead) return {};
  const auto minutes = std::chrono::round<std::chrono::minutes>(*failure.clock_ahead).count();
  if (minutes == 0) return {};
  return fmt::format(" ({} minutes {} the server's)", std::abs(minutes),
                     minutes > 0 ? "ahead of" : "behind");
}

}  // namespace

AwsFailure ReadAwsFailure(const net::HttpResponse& response, Timestamp now) {
  AwsFailure failure;
  failure.status = response.status;
  const size_t first = response.body.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && response.body[first] == '{') {
    ReadJson(response.body, failure);
  } else {
    ReadXml(response.body, failure);
  }
  if (const auto server = net::ParseHttpDate(response.Header("Date"))) {
    failure.clock_ahead = std::chrono::floor<std::chrono::seconds>(now - *server);
  }
  return failure;
}

Error ExplainAwsFailure(const AwsFailure& failure, const std::string& service,
                        const std::string& endpoint) {
  const std::string& code = failure.code;
  const std::string shown = code.empty() ? fmt::format("HTTP {}", failure.status) : code;
  const auto error = [&](ErrorKind kind, std::string_view text) {
    return Error{kind, fmt::format("{}: {} at {}", text, service, endpoint)};
  };
  if (IsClock(failure)) {
    return error(ErrorKind::kUnauthenticated,
                 fmt::format("the request is refused because this machine's clock is wrong{}; "
                             "set it",
                             ClockText(failure)));
  }
  if (IsOneOf(code,
              {"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"})) {
    return error(ErrorKind::kUnauthenticated,
                 "the access key id is not known, was deactivated or deleted, or its session "
                 "token is wrong or missing; check them and that they belong to this endpoint");
  }
  if (IsOneOf(code,
              {"SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature"})) {
    return error(ErrorKind::kUnauthenticated,
                 "the signature is not accepted; check the secret access key");
  }
  if (IsOneOf(code, {"ExpiredToken", "ExpiredTokenException"})) {
    return error(ErrorKind::kUnauthenticated,
                 "the session token has expired; get new credentials");
  }
  if (IsOneOf(code, {"MissingAuthenticationToken", "MissingAuthenticationTokenException"})) {
    return error(ErrorKind::kUnauthenticated, "the request was not signed; give credentials");
  }
  if (code == "RegionDisabledException") {
    return error(
        ErrorKind::kDenied,
        "the service is not activated in this region for the account; activate it (IAM, "
        "account settings) or give another region");
  }
  if (IsOneOf(code, {"Throttling", "ThrottlingException", "TooManyRequestsException",
                     "RequestLimitExceeded"}) ||
      failure.status == 429) {
    return error(ErrorKind::kRateLimited,
                 "the service asks to slow down, also after retries; try later");
  }
  if (IsOneOf(code, {"ValidationError", "ValidationException", "InvalidParameterValue",
                     "InvalidParameterException", "InvalidRequestException"})) {
    return error(ErrorKind::kInvalidInput,
                 fmt::format("a parameter is refused ({})",
                             failure.message.substr(0, kMostQuotedBytes)));
  }
  if (failure.status >= 500) {
    return error(ErrorKind::kUnavailable,
                 fmt::format("the service fails ({}), also after retries; try later", shown));
  }
  if (IsOneOf(code, {"AccessDenied", "AccessDeniedException"})) {
    return error(ErrorKind::kDenied, "access denied: these credentials lack a permission");
  }
  if (failure.status == 404 || code.empty()) {
    return error(
        ErrorKind::kUnsupported,
        fmt::format("what answers there ({}) is not this service; check the endpoint", shown));
  }
  return error(failure.status == 403 ? ErrorKind::kDenied : ErrorKind::kInvalidInput,
               fmt::format("the service refuses the request ({})", shown));
}

}  // namespace assay::auth
