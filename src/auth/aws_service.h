// Calls of AWS services that answer with one small document: STS, Secrets Manager.

#pragma once

#include <expected>
#include <stop_token>
#include <string>
#include <vector>

#include "auth/aws_credentials_provider.h"
#include "auth/aws_failure.h"
#include "base/clock.h"
#include "net/http_client.h"

namespace assay::auth {

struct AwsServiceOptions {
  std::string name;   // for people: "STS"
  std::string scope;  // as signed: "sts"
  std::string region;
  std::string endpoint;  // "https://sts.eu-west-1.amazonaws.com"
  std::string ca_bundle_path;
};

/// A request of either protocol: form parameters answered by XML, or JSON both ways.
struct AwsServiceRequest {
  std::vector<net::HttpHeader> headers;
  std::string body;
};

/// Thread-safe.
class AwsService {
 public:
  AwsService(AwsServiceOptions options, AwsCredentialsProvider credentials);

  /// Why a call failed. `answer` has status 0 when the service did not answer at all.
  struct Refusal {
    AwsFailure answer;
    Error error;
  };

  /// Signs and sends a POST, and again, twice at most, if the service is busy or failing. The
  /// body of the answer. Errors as ExplainAwsFailure, AwsCredentialsProvider::Keys and
  /// HttpClient::Send.
  std::expected<std::string, Refusal> Post(const AwsServiceRequest& request,
                                           const std::stop_token& stop) const;

  const AwsServiceOptions& options() const { return options_; }

 private:
  std::expected<std::string, Refusal> PostOnce(const AwsServiceRequest& request,
                                               const std::stop_token& stop) const;

  const AwsServiceOptions options_;
  const AwsCredentialsProvider credentials_;
  const net::HttpClient client_;
};

}  // namespace assay::auth
