#include "auth/sts.h"

#include <fmt/format.h>

#include "auth/aws_xml.h"
#include "net/url.h"

namespace assay::auth {
namespace {

// Of the query protocol: the version of the service's interface.
constexpr std::string_view kVersion = "2011-06-15";

AwsServiceRequest FormRequest(std::string body) {
  return {.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
          .body = std::move(body)};
}

std::string Parameter(std::string_view name, std::string_view value) {
  return fmt::format("&{}={}", name, net::PercentEncode(value, net::SlashEncoding::kEncode));
}

/// "User: arn:aws:iam::1:user/base is not authorized to perform ..." -> the ARN; empty if the
/// message is another.
std::string PrincipalOf(const std::string& message) {
  constexpr std::string_view kBefore = "User: ";
  constexpr std::string_view kAfter = " is not authorized";
  if (!message.starts_with(kBefore)) return {};
  const size_t end = message.find(kAfter);
  if (end == std::string::npos || end <= kBefore.size()) return {};
  return message.substr(kBefore.size(), end - kBefore.size());
}

}  // namespace

std::string AssumeRoleBody(const AssumeRoleRequest& request) {
  std::string body = fmt::format("Action=AssumeRole&Version={}", kVersion);
  body += Parameter("RoleArn", request.role_arn);
  body += Parameter("RoleSessionName", request.session_name);
  if (!request.external_id.empty()) body += Parameter("ExternalId", request.external_id);
  if (request.duration_seconds != 0) {
    body += Parameter("DurationSeconds", std::to_string(request.duration_seconds));
  }
  return body;
}

Result<AwsKeys> ParseAssumedRole(const std::string& body) {
  ASSAY_TRY(const XmlElement root, ParseXml(body, {"AssumeRoleResult", "Credentials"}));
  const XmlElement* result = root.Find("AssumeRoleResult");
  const XmlElement* found = result == nullptr ? nullptr : result->Find("Credentials");
  if (found == nullptr || found->Text("AccessKeyId").empty() ||
      found->Text("SecretAccessKey").empty() || found->Text("SessionToken").empty()) {
    return Fail(ErrorKind::kCorruptData,
                "STS answered without credentials; check that the endpoint speaks STS");
  }
  AwsKeys keys{.access_key_id = found->Text("AccessKeyId"),
               .secret_access_key = Secret(found->Text("SecretAccessKey")),
               .session_token = Secret(found->Text("SessionToken")),
               .expires = {}};
  ASSAY_TRY(keys.expires, ParseTimestamp(found->Text("Expiration")));
  return keys;
}

Result<CallerIdentity> ParseCallerIdentity(const std::string& body) {
  ASSAY_TRY(const XmlElement root, ParseXml(body, {"GetCallerIdentityResult"}));
  const XmlElement* result = root.Find("GetCallerIdentityResult");
  if (result == nullptr || result->Text("Arn").empty()) {
    return Fail(ErrorKind::kCorruptData,
                "STS answered without an identity; check that the endpoint speaks STS");
  }
  return CallerIdentity{.arn = result->Text("Arn"),
                        .account = result->Text("Account"),
                        .user_id = result->Text("UserId")};
}

Sts::Sts(const Options& options, AwsCredentialsProvider credentials)
    : service_({.name = "STS",
                .scope = "sts",
                .region = options.region,
                .endpoint = options.endpoint,
                .ca_bundle_path = options.ca_bundle_path},
               std::move(credentials)) {}

Result<AwsKeys> Sts::AssumeRole(const AssumeRoleRequest& request,
                                const std::stop_token& stop) const {
  auto keys = TryAssumeRole(request, stop);
  if (!keys) return std::unexpected(std::move(keys).error().error);
  return *std::move(keys);
}

std::expected<AwsKeys, AwsService::Refusal> Sts::TryAssumeRole(
    const AssumeRoleRequest& request, const std::stop_token& stop) const {
  auto answer = service_.Post(FormRequest(AssumeRoleBody(request)), stop);
  if (!answer) {
    AwsService::Refusal refusal = std::move(answer).error();
    refusal.error = ExplainRefusal(request, refusal, stop);
    return std::unexpected(std::move(refusal));
  }
  Result<AwsKeys> keys = ParseAssumedRole(*answer);
  if (!keys) return std::unexpected(AwsService::Refusal{.answer = {}, .error = keys.error()});
  return *std::move(keys);
}

Result<CallerIdentity> Sts::GetCallerIdentity(const std::stop_token& stop) const {
  auto answer = service_.Post(
      FormRequest(fmt::format("Action=GetCallerIdentity&Version={}", kVersion)), stop);
  if (!answer) return std::unexpected(answer.error().error);
  return ParseCallerIdentity(*answer);
}

Error Sts::ExplainRefusal(const AssumeRoleRequest& request, const AwsService::Refusal& refusal,
                          const std::stop_token& stop) const {
  if (refusal.answer.code != "AccessDenied") {
    return {refusal.error.kind,
            fmt::format("cannot assume role {}: {}", request.role_arn, refusal.error.message)};
  }
  // STS gives one answer for all of these, so that nobody can find out which roles exist.
  std::string caller = PrincipalOf(refusal.answer.message);
  if (caller.empty()) {
    const Result<CallerIdentity> identity = GetCallerIdentity(stop);
    caller = identity ? identity->arn : "unknown";
  }
  std::string reasons;
  if (refusal.answer.message.find("no identity-based policy allows") != std::string::npos) {
    reasons = "the caller's own policies do not allow sts:AssumeRole on it; grant that";
  } else {
    reasons = fmt::format(
        "either there is no such role, or its trust policy does not name the caller or {}, or "
        "the caller's own policies do not allow sts:AssumeRole on it",
        request.external_id.empty()
            ? "demands an external id, and none is given (external_id)"
            : "expects another external id than the one given (external_id)");
  }
  return {ErrorKind::kDenied, fmt::format("the role cannot be assumed: {}: role {}, caller {}",
                                          reasons, request.role_arn, caller)};
}

}  // namespace assay::auth
