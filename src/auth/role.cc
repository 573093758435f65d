#include "auth/role.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/aws_partition.h"
#include "auth/sts.h"

namespace assay::auth {
namespace {

constexpr int64_t kShortestDurationSeconds = 900;
constexpr int64_t kLongestDurationSeconds = 43200;
constexpr std::string_view kDefaultSessionName = "assay";

/// The fields of "arn:partition:service:region:account:resource" before the resource.
std::string_view ArnField(std::string_view arn, int index) {
  for (; index > 0 && !arn.empty(); --index) {
    const size_t colon = arn.find(':');
    arn = colon == std::string_view::npos ? std::string_view() : arn.substr(colon + 1);
  }
  return arn.substr(0, arn.find(':'));
}

bool IsRoleArn(std::string_view arn) {
  const std::string_view account = ArnField(arn, 4);
  const std::string_view resource = ArnField(arn, 5);
  return arn.size() <= 2048 && ArnField(arn, 0) == "arn" &&
         ArnField(arn, 1).starts_with("aws") && ArnField(arn, 2) == "iam" &&
         ArnField(arn, 3).empty() && !account.empty() &&
         std::ranges::all_of(account, [](char c) { return c >= '0' && c <= '9'; }) &&
         resource.starts_with("role/") && resource.size() > 5;
}

/// Letters, digits and `others`, the characters of the API reference of AssumeRole.
bool Consists(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [others](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.contains(c);
  });
}

}  // namespace

Status CheckRole(const AwsRoleOptions& role) {
  if (!IsRoleArn(role.arn)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("role_arn: must be of the form "
                            "arn:aws:iam::123456789012:role/NAME, not '{}'",
                            role.arn));
  }
  const std::string& id = role.external_id;
  if (!id.empty() && (id.size() < 2 || id.size() > 1224 || !Consists(id, "_+=,.@:/-"))) {
    return Fail(ErrorKind::kInvalidInput,
                "external_id: must be 2 to 1224 letters, digits or characters of _+=,.@:/-");
  }
  const std::string& name = role.session_name;
  if (!name.empty() && (name.size() < 2 || name.size() > 64 || !Consists(name, "_+=,.@-"))) {
    return Fail(ErrorKind::kInvalidInput,
                "session_name: must be 2 to 64 letters, digits or characters of _+=,.@-");
  }
  const int64_t duration = role.duration_seconds;
  if (duration != 0 &&
      (duration < kShortestDurationSeconds || duration > kLongestDurationSeconds)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("duration_seconds: must be from {} to {}, not {}",
                            kShortestDurationSeconds, kLongestDurationSeconds, duration));
  }
  return {};
}

StsPlace ChooseSts(const AwsRoleOptions& role, const AwsEnvironment& environment) {
  StsPlace place{.region = role.region, .endpoint = role.sts_endpoint};
  if (place.region.empty()) place.region = environment.region;
  if (place.region.empty()) place.region = DefaultRegion(ArnField(role.arn, 1));
  if (place.endpoint.empty()) place.endpoint = environment.sts_endpoint_url;
  if (place.endpoint.empty()) place.endpoint = RegionalEndpoint("sts", place.region);
  return place;
}

namespace {

std::shared_ptr<const Sts> OpenSts(const AwsRoleOptions& role, const std::string& profile,
                                   AwsCredentialsProvider source) {
  const AwsEnvironment environment = ReadAwsEnvironment(profile);
  const StsPlace place = ChooseSts(role, environment);
  return std::make_shared<const Sts>(
      Sts::Options{.region = place.region,
                   .endpoint = place.endpoint,
                   .ca_bundle_path = role.ca_bundle_path.empty() ? environment.ca_bundle_path
                                                                 : role.ca_bundle_path},
      std::move(source));
}

AssumeRoleRequest RequestFor(const AwsRoleOptions& role) {
  return {.role_arn = role.arn,
          .external_id = role.external_id,
          .session_name =
              role.session_name.empty() ? std::string(kDefaultSessionName) : role.session_name,
          .duration_seconds = role.duration_seconds};
}

}  // namespace

Result<RenewedKeys::Fetch> MakeRoleFetch(const AwsRoleOptions& role, const std::string& profile,
                                         AwsCredentialsProvider source) {
  ASSAY_RETURN_IF_ERROR(CheckRole(role));
  const auto sts = OpenSts(role, profile, std::move(source));
  return [sts, request = RequestFor(role)](std::stop_token stop) {
    return sts->AssumeRole(request, stop);
  };
}

std::expected<AwsKeys, AwsService::Refusal> TryRole(const AwsCredentialsOptions& options,
                                                    const std::stop_token& stop) {
  AwsCredentialsOptions caller = options;
  caller.role.reset();
  Result<AwsCredentialsProvider> source = MakeAwsCredentialsProvider(caller);
  if (!source)
    return std::unexpected(AwsService::Refusal{.answer = {}, .error = source.error()});
  return OpenSts(*options.role, options.profile, *std::move(source))
      ->TryAssumeRole(RequestFor(*options.role), stop);
}

}  // namespace assay::auth
