#include "auth/secret_stores/aws_store.h"

#include <fmt/format.h>

#include "auth/aws_environment.h"
#include "auth/aws_partition.h"
#include "auth/aws_service.h"

namespace assay::auth {
namespace {

constexpr const char* kWholeText = "SecretString";

/// "arn:aws:secretsmanager:eu-west-1:1:secret:lake" -> "eu-west-1"; empty for a name.
std::string RegionOfArn(std::string_view id) {
  if (!id.starts_with("arn:")) return {};
  for (int field = 0; field < 3; ++field) {
    const size_t colon = id.find(':');
    if (colon == std::string_view::npos) return {};
    id.remove_prefix(colon + 1);
  }
  return std::string(id.substr(0, id.find(':')));
}

class AwsStore final : public SecretStore {
 public:
  AwsStore(std::string secret_id, AwsServiceOptions options, AwsCredentialsProvider credentials)
      : secret_id_(std::move(secret_id)),
        service_(std::move(options), std::move(credentials)) {}

  Result<SecretValues> Read(const std::stop_token& stop) const override {
    const AwsServiceRequest request{
        .headers = {{"Content-Type", "application/x-amz-json-1.1"},
                    {"X-Amz-Target", "secretsmanager.GetSecretValue"}},
        .body = PrintJson({{"SecretId", secret_id_}})};
    auto answer = service_.Post(request, stop);
    if (!answer) return std::unexpected(Explain(answer.error()));
    const auto json = ParseJson(*answer);
    const auto corrupt = [&](const char* what) {
      return Fail(ErrorKind::kCorruptData, fmt::format("{}: {}", what, secret_id_));
    };
    if (!json || !json->is_object()) {
      return corrupt("Secrets Manager answered with something else than JSON");
    }
    const auto text = json->find("SecretString");
    if (text == json->end() || !text->is_string()) {
      return corrupt("the secret holds bytes and no text; store it as a text");
    }
    const auto object = ParseJson(text->get_ref<const std::string&>());
    if (object && object->is_object()) return ToSecretValues(*object);
    return SecretValues{{kWholeText, {.text = Secret(text->get<std::string>())}}};
  }

 private:
  Error Explain(const AwsService::Refusal& refusal) const {
    const std::string& code = refusal.answer.code;
    // A secret that waits for its deletion is an invalid request.
    if (code == "ResourceNotFoundException" || code == "InvalidRequestException") {
      return {ErrorKind::kNotFound,
              fmt::format("there is no such secret in region {}, or it was deleted; check "
                          "secret_id and region: {}",
                          service_.options().region, secret_id_)};
    }
    if (code == "DecryptionFailure") {
      return {ErrorKind::kDenied,
              fmt::format("the secret's KMS key may not be used; grant kms:Decrypt on it: {}",
                          secret_id_)};
    }
    if (code == "AccessDeniedException") {
      return {ErrorKind::kDenied,
              fmt::format("these credentials may not read the secret; grant "
                          "secretsmanager:GetSecretValue on it: {}",
                          secret_id_)};
    }
    return {refusal.error.kind,
            fmt::format("{}: secret {}", refusal.error.message, secret_id_)};
  }

  const std::string secret_id_;
  const AwsService service_;
};

}  // namespace

Result<std::unique_ptr<SecretStore>> OpenAwsStore(const AwsStoreOptions& options) {
  if (options.secret_id.empty()) {
    return Fail(ErrorKind::kInvalidInput, "secret_id: is required");
  }
  const AwsEnvironment environment = ReadAwsEnvironment(options.credentials.profile);
  AwsServiceOptions service{.name = "Secrets Manager",
                            .scope = "secretsmanager",
                            .region = options.region,
                            .endpoint = options.endpoint,
                            .ca_bundle_path = options.ca_bundle_path.empty()
                                                  ? environment.ca_bundle_path
                                                  : options.ca_bundle_path};
  if (service.region.empty()) service.region = RegionOfArn(options.secret_id);
  if (service.region.empty()) service.region = environment.region;
  if (service.region.empty()) {
    return Fail(ErrorKind::kInvalidInput,
                "region: is required, unless secret_id is an ARN or AWS_REGION is set");
  }
  if (service.endpoint.empty()) service.endpoint = environment.secrets_manager_endpoint_url;
  if (service.endpoint.empty()) {
    service.endpoint = RegionalEndpoint("secretsmanager", service.region);
  }
  ASSAY_TRY(AwsCredentialsProvider credentials,
            MakeAwsCredentialsProvider(options.credentials));
  return std::make_unique<AwsStore>(options.secret_id, std::move(service),
                                    std::move(credentials));
}

}  // namespace assay::auth
