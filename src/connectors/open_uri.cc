#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>

#include "auth/aws_environment.h"
#include "connectors/connector_type.h"
#include "connectors/file_ending.h"
#include "connectors/left_out.h"
#include "connectors/local_connector.h"
#include "connectors/relative_path.h"
#include "connectors/s3_connector.h"
#include "connectors/s3_uri.h"

namespace assay::connectors {
namespace {

Result<OpenedUri> OpenLocalUri(const std::string& uri) {
  ASSAY_TRY(const std::string path, PathOfLocalUri(uri));
  struct stat info{};
  if (stat(path.c_str(), &info) != 0)
    return std::unexpected(LocalError("cannot open", path, errno));
  ConnectionSettings settings;
  settings.type = "local";
  settings.uri = path;
  OpenedUri opened;
  if (!S_ISDIR(info.st_mode)) {
    const size_t slash = path.rfind('/');
    settings.uri = slash == 0 ? "/" : path.substr(0, slash);
    opened.only_file = path.substr(slash + 1);
  }
  ASSAY_TRY(opened.connector, OpenLocalConnector(settings));
  return opened;
}

/// Whether a key without '/' at its end is an object, not a folder. Costs one request.
Result<bool> IsObject(engine::ObjectStore& store, const std::string& key,
                      std::stop_token stop) {
  const Result<engine::ObjectInfo> info = store.Head(key, std::move(stop));
  if (info) return info->size_bytes > 0;
  switch (info.error().kind) {
    case ErrorKind::kNotFound: return false;
    case ErrorKind::kCancelled: return std::unexpected(info.error());
    // S3 answers "denied" for a missing object to those who may not list: the name has to tell.
    // Whatever else is wrong, the next request says it too.
    default: return ReadFileEnding(SplitAtName(key).name).has_value();
  }
}

Result<OpenedUri> OpenS3Uri(const std::string& text, const std::stop_token& stop) {
  ASSAY_TRY(const S3Uri uri, ParseS3Uri(text));
  const auth::AwsEnvironment environment = auth::ReadAwsEnvironment();
  ConnectionSettings settings;
  settings.type = "s3";
  settings.uri = "s3://" + uri.bucket;
  settings.endpoint = environment.s3_endpoint_url;
  settings.region = environment.region;
  settings.ca_bundle_path = environment.ca_bundle_path;
  ASSAY_TRY(OpenedBucket bucket, OpenBucket(settings, uri.bucket, stop));

  OpenedUri opened;
  std::string root = TrimSlashes(uri.key);
  if (!root.empty() && !uri.key.ends_with('/')) {
    ASSAY_TRY(const bool is_object, IsObject(*bucket.store, uri.key, stop));
    if (is_object) {
      const SplitPath path = SplitAtName(uri.key);
      opened.only_file = path.name;
      root = path.folder;
    }
  }
  opened.connector =
      std::make_unique<S3Connector>(std::move(bucket), root.empty() ? "" : root + "/");
  return opened;
}

}  // namespace

const ConnectorType* FindConnectorType(std::string_view name) {
  for (const ConnectorType& type : AllConnectorTypes()) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

StoreFamily FamilyOfType(std::string_view name) {
  const ConnectorType* type = FindConnectorType(name);
  return type == nullptr ? StoreFamily::kFiles : type->family;
}

const char* StoreFamilyName(StoreFamily family) {
  switch (family) {
    case StoreFamily::kFiles: return "dfs";
    case StoreFamily::kTables: return "jdbc";
  }
  return "";
}

Result<OpenedUri> OpenUri(const std::string& uri, std::stop_token stop) {
  if (IsS3Uri(uri)) return OpenS3Uri(uri, stop);
  if (IsLocalUri(uri)) return OpenLocalUri(uri);
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format(
          "not a place that can be opened (s3://bucket/prefix, file:///dir or a path): '{}'",
          uri));
}

}  // namespace assay::connectors
