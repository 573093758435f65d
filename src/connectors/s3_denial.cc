#include "connectors/s3_denial.h"

#include <fmt/format.h>

#include <array>

namespace assay::connectors {
namespace {

/// The word of `message` that begins with `start`: a KMS action or an ARN; empty if there is
/// none.
std::string WordOf(std::string_view message, std::string_view start) {
  const size_t begin = message.find(start);
  if (begin == std::string_view::npos) return {};
  const size_t end = message.find_first_of(" \t\r\n\"'),;", begin);
  return std::string(message.substr(begin, end == std::string_view::npos ? end : end - begin));
}

bool IsKms(const engine::S3Failure& failure) {
  return failure.code.starts_with("KMS.") || Says(failure.message, "kms:") ||
         Says(failure.message, "customer master key") || Says(failure.message, "KMS key");
}

/// The ARN of a KMS key; the first ARN of a message is the caller's.
std::string KeyArnIn(std::string_view message) {
  constexpr std::string_view kArn = "arn:aws";
  for (size_t at = message.find(kArn); at != std::string_view::npos;
       at = message.find(kArn, at + 1)) {
    std::string arn = WordOf(message.substr(at), kArn);
    if (Says(arn, ":kms:")) return arn;
  }
  return {};
}

}  // namespace

Diagnosis DiagnoseKms(const engine::S3Failure& failure, const S3Attempt& attempt) {
  if (IsOneOf(failure.code, {"KMS.DisabledException", "KMS.KMSInvalidStateException",
                             "KMS.InvalidStateException"}) ||
      Says(failure.message, "is disabled") || Says(failure.message, "pending deletion")) {
    return {Blame::kKms,
            "enable the KMS key (or cancel its deletion) in the account that owns it; no "
            "policy helps before that"};
  }
  if (failure.code == "KMS.NotFoundException") {
    return {Blame::kKms,
            "give the ARN of a KMS key that exists in the bucket's region (kms_key_id)"};
  }
  std::string action = WordOf(failure.message, "kms:");
  if (!Says(action, "Decrypt") && !Says(action, "GenerateDataKey")) {
    action = attempt.right == "s3:PutObject" ? "kms:GenerateDataKey" : "kms:Decrypt";
  }
  std::string key = KeyArnIn(failure.message);
  if (key.empty()) key = attempt.place.kms_key_arn;
  const std::string shown =
      key.empty() ? fmt::format("arn:{}:kms:REGION:ACCOUNT:key/KEY", attempt.place.partition)
                  : key;
  const std::array<std::string_view, 1> actions = {action};
  return {Blame::kKms,
          fmt::format("grant {} on the key, and see that the key's own policy allows the "
                      "account to use it",
                      action),
          KeyStatement(actions, shown)};
}

namespace {

Json PublicStatement(const S3Attempt& attempt) {
  Json statement = {{"Effect", "Allow"}, {"Principal", "*"}};
  statement.update(GrantStatement(attempt.right, attempt.place));
  return statement;
}

/// Which kind of policy the message names after `before`: "a service control policy".
std::string PolicyNamed(std::string_view message, std::string_view before) {
  const size_t at = message.find(before);
  if (at == std::string_view::npos) return {};
  std::string_view rest = message.substr(at + before.size());
  for (const std::string_view article : {"a ", "an "}) {
    if (rest.starts_with(article)) rest.remove_prefix(article.size());
  }
  for (const char* kind : {"resource-based policy", "identity-based policy",
                           "service control policy", "resource control policy",
                           "permissions boundary", "session policy", "VPC endpoint policy"}) {
    if (rest.starts_with(kind)) return kind;
  }
  return {};
}

Diagnosis ExplicitDeny(const std::string& policy, const S3Attempt& attempt) {
  if (policy == "resource-based policy") {
    return {Blame::kBucketPolicy,
            fmt::format("take the Deny of {} out of the bucket's policy, or except this caller "
                        "from it; no grant outweighs it",
                        attempt.right)};
  }
  return {Blame::kExplicitDeny,
          fmt::format("take the Deny of {} out of the {}, or except this caller from it; no "
                      "grant outweighs it",
                      attempt.right, policy.empty() ? "policy that has it" : policy)};
}

Diagnosis NotAllowed(const std::string& policy, const S3Attempt& attempt) {
  if (policy == "resource-based policy") {
    return {Blame::kBucketPolicy,
            fmt::format("let the bucket's policy allow {} to this caller, which it must where "
                        "bucket and caller are of different accounts",
                        attempt.right),
            GrantStatement(attempt.right, attempt.place)};
  }
  if (!policy.empty() && policy != "identity-based policy") {
    return {Blame::kGuardrail,
            fmt::format("let the {} allow {}; a grant to the identity alone does not suffice",
                        policy, attempt.right),
            GrantStatement(attempt.right, attempt.place)};
  }
  const S3PolicyPlace& place = attempt.place;
  const Json statement = GrantStatement(attempt.right, place);
  return {
      Blame::kPermission,
      fmt::format("grant {} on {}", attempt.right, statement["Resource"][0].get<std::string>()),
      statement};
}

}  // namespace

Diagnosis DiagnoseDenial(const engine::S3Failure& failure, const S3Attempt& attempt) {
  const std::string& message = failure.message;
  if (IsKms(failure)) return DiagnoseKms(failure, attempt);
  if (Says(message, "explicit deny"))
    return ExplicitDeny(PolicyNamed(message, "explicit deny in "), attempt);
  if (Says(message, "block public access") || Says(message, "Block Public Access") ||
      Says(message, "BlockPublic") || Says(message, "RestrictPublicBuckets")) {
    return {Blame::kPublicAccessBlock,
            "give credentials instead of public access, or change Block Public Access of the "
            "bucket and of its account"};
  }
  if (attempt.identity == S3Identity::kAnonymous) {
    return {Blame::kBucketPolicy,
            fmt::format("let the bucket's policy allow {} to everybody (and Block Public "
                        "Access must not forbid that), or give credentials",
                        attempt.right),
            PublicStatement(attempt)};
  }
  Diagnosis diagnosis = NotAllowed(PolicyNamed(message, "because no "), attempt);
  if (!Says(message, "because no ")) {
    diagnosis.remedy +=
        "; if it is granted already: look for a Deny in the bucket's policy, for the key by "
        "which objects are encrypted, and whether the bucket is Requester Pays";
  }
  return diagnosis;
}

}  // namespace assay::connectors
