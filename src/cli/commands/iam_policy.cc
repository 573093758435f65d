// `assay iam-policy`: the least policy that a use of a place needs.

#include <fmt/format.h>

#include <memory>

#include "auth/aws_environment.h"
#include "auth/aws_partition.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "connectors/file_ending.h"
#include "connectors/relative_path.h"
#include "connectors/s3_rights.h"
#include "connectors/s3_uri.h"

namespace assay::cli::commands {
namespace {

struct Options {
  std::string uri;
  connectors::Access access = connectors::Access::kRead;
  enum class Kind { kLeast, kVendor } kind = Kind::kLeast;
  std::string kms_key_arn;
  std::string partition;
};

/// The folder that a URI's key names; of a file the one that it lies in.
std::string PrefixOf(const std::string& key) {
  std::string folder = connectors::TrimSlashes(key);
  if (!folder.empty() && !key.ends_with('/')) {
    const size_t slash = folder.rfind('/');
    const std::string name = slash == std::string::npos ? folder : folder.substr(slash + 1);
    if (connectors::ReadFileEnding(name)) folder.resize(slash == std::string::npos ? 0 : slash);
  }
  return folder.empty() ? "" : folder + "/";
}

Result<ExitCode> Run(const Options& options, const CommandContext& context) {
  ASSAY_TRY(const connectors::S3Uri uri, connectors::ParseS3Uri(options.uri));
  connectors::S3PolicyPlace place{.bucket = uri.bucket,
                                  .prefix = PrefixOf(uri.key),
                                  .partition = options.partition,
                                  .kms_key_arn = options.kms_key_arn};
  if (place.partition.empty())
    place.partition = auth::PartitionOfRegion(auth::ReadAwsEnvironment().region);
  const Json policy = options.kind == Options::Kind::kVendor
                          ? connectors::VendorPolicy(place, options.access)
                          : connectors::LeastPolicy(place, options.access);
  ASSAY_RETURN_IF_ERROR(context.console.Print(PrintJsonIndented(policy) + "\n"));
  return ExitCode::kOk;
}

/// Empty if the text may be the ARN of a KMS key.
std::string CheckKeyArn(const std::string& text) {
  const bool is_key = text.starts_with("arn:aws") && text.find(":kms:") != std::string::npos &&
                      text.find(":key/") != std::string::npos;
  return is_key ? ""
                : "must be a key's ARN, arn:aws:kms:REGION:ACCOUNT:key/ID (policies take no "
                  "alias), not " +
                      text;
}

}  // namespace

Command iam_policy() {
  return {.name = "iam-policy",
          .summary = "Print the least IAM policy that reading or writing a place in S3 needs.",
          .examples =
              "  assay iam-policy s3://lake/raw/\n"
              "  assay iam-policy s3://lake/quality/ --write\n"
              "  assay iam-policy s3://lake/quality/ --write --kms-key "
              "arn:aws:kms:eu-west-1:123456789012:key/1a2b\n"
              "  assay iam-policy s3://lake --vendor\n"
              "  aws iam put-user-policy --user-name assay --policy-name assay \\\n"
              "    --policy-document \"$(assay iam-policy s3://lake/raw/)\"\n",
          .declare = [](CLI::App& app) -> CommandRunner {
            const auto options = std::make_shared<Options>();
            app.add_option("uri", options->uri,
                           "s3://bucket/prefix/; access points by their ARN")
                ->required()
                ->type_name("URI");
            app.add_flag_callback(
                "--write", [options] { options->access = connectors::Access::kWrite; },
                "Also what writing results there needs");
            auto* vendor = app.add_flag_callback(
                "--vendor", [options] { options->kind = Options::Kind::kVendor; },
                "The broader policy of Qualytics' page on Amazon S3, for the whole bucket");
            app.add_option("--kms-key", options->kms_key_arn,
                           "Key by which the objects are encrypted")
                ->type_name("ARN")
                ->check(Quiet(CLI::Validator(CheckKeyArn, "ARN")))
                ->excludes(vendor);
            app.add_option("--partition", options->partition,
                           "aws, aws-cn or aws-us-gov; else that of the AWS settings' region")
                ->type_name("NAME")
                ->check(Quiet(CLI::IsMember({"aws", "aws-cn", "aws-us-gov"})));
            return [options](const CommandContext& context) { return Run(*options, context); };
          }};
}

}  // namespace assay::cli::commands
